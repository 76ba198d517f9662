// A ripple-carry adder (Cuccaro, Draper, Kutin, Moulton, quant-ph/0410184).
//
// It adds a = 11 to b = 6 in place, with one spare qubit. The five bits on the left are the sum, 17;
// the four on the right show that a is still 11.
//
// expect: 100011011 1.0

OPENQASM 3.0;
include "stdgates.inc";

// Makes the carry of three bits in c, on the way up.
gate majority a, b, c {
    cx c, b;
    cx c, a;
    ccx a, b, c;
}

// Takes the carry back and leaves the sum in b, on the way down.
gate unmajority a, b, c {
    ccx a, b, c;
    cx c, a;
    cx a, b;
}

qubit carry;
qubit[4] a;
qubit[4] b;
qubit carry_out;
bit[4] kept;
bit[5] sum;

// a = 1011, b = 0110
x a[0];
x a[1];
x a[3];
x b[1];
x b[2];

majority carry, b[0], a[0];
for uint i in [1:3] {
    majority a[i - 1], b[i], a[i];
}
cx a[3], carry_out;
for uint i in [3:-1:1] {
    unmajority a[i - 1], b[i], a[i];
}
unmajority carry, b[0], a[0];

kept = measure a;
sum[0:3] = measure b;
sum[4] = measure carry_out;
