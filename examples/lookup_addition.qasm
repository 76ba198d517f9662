// Lookup addition on 47 qubits: the step that arithmetic with a table (QROM) repeats.
//
// An address in superposition of 0 to 7 looks up the number 12345 i^3 + 678 i, which is added to
// 777777 with a ripple-carry adder; looking it up again clears the table's register. The result is
// the sum, 21 bits, and its address, 3 bits: eight results of equal probability. A vector of all
// 2^47 amplitudes would not fit any machine; only 8 of them differ from 0.
//
//     ./qmk run examples/lookup_addition.qasm --simulator sparse
//
// expect: 010111101111000110001000 0.125 011000001000100010000001 0.125
// expect: 011010110010101000101010 0.125 100001111110000100110011 0.125
// expect: 101111111011100001001100 0.125 100110111011101000100101 0.125
// expect: 101001001111000101101110 0.125 011001000110100011010111 0.125

OPENQASM 3.0;
include "stdgates.inc";

const uint n = 20;
const uint start = 777777;

gate majority p, q, r {
    cx r, q;
    cx r, p;
    ccx p, q, r;
}

gate unmajority p, q, r {
    ccx p, q, r;
    cx r, p;
    cx p, q;
}

qubit[3] address;
qubit both;
qubit hit;
qubit[n] entry;
qubit[n] sum;
qubit carry;
qubit carry_out;
bit[3] which;
bit[n + 1] result;

h address;
for uint j in [0:n - 1] if (((start >> j) & 1) == 1) x sum[j];

for uint pass in [0:1] {
    for uint i in [0:7] {
        uint number = 12345 * i * i * i + 678 * i;
        // hit: the address is i.
        for uint k in [0:2] if (((i >> k) & 1) == 0) x address[k];
        ccx address[0], address[1], both;
        ccx both, address[2], hit;
        for uint j in [0:n - 1] if (((number >> j) & 1) == 1) cx hit, entry[j];
        ccx both, address[2], hit;
        ccx address[0], address[1], both;
        for uint k in [0:2] if (((i >> k) & 1) == 0) x address[k];
    }
    if (pass == 0) {
        majority carry, sum[0], entry[0];
        for uint j in [1:n - 1] majority entry[j - 1], sum[j], entry[j];
        cx entry[n - 1], carry_out;
        for uint j in [n - 1:-1:1] unmajority entry[j - 1], sum[j], entry[j];
        unmajority carry, sum[0], entry[0];
    }
}

which = measure address;
result[0:n - 1] = measure sum;
result[n] = measure carry_out;
