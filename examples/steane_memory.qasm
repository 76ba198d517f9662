// A logical qubit in the [[7,1,3]] code of Steane survives an error on any of its seven qubits.
//
// Three coins choose the victim, 1 to 7, or nobody (0), and it suffers a Y error: a bit flip and a
// phase flip. Two syndromes of three bits are measured, and each names the victim. Corrections
// follow from the syndromes alone. At the end the logical qubit is un-prepared: the last bit,
// `lost`, is always 0. From left to right a result shows both syndromes, the victim, and `lost`.
//
// expect: 0000000000 0.125  0010010010 0.125  0100100100 0.125  0110110110 0.125
// expect: 1001001000 0.125  1011011010 0.125  1101101100 0.125  1111111110 0.125

OPENQASM 3.0;
include "stdgates.inc";

// From the state in d2 to the code. Qubit k, from 0, is number k + 1 of the Hamming code.
gate encode d0, d1, d2, d3, d4, d5, d6 {
    cx d2, d4;
    cx d2, d5;
    h d0; h d1; h d3;
    cx d0, d2; cx d0, d4; cx d0, d6;
    cx d1, d2; cx d1, d5; cx d1, d6;
    cx d3, d4; cx d3, d5; cx d3, d6;
}

// Adds the parity of Z on four qubits to s.
gate parity_z a, b, c, d, s {
    cx a, s; cx b, s; cx c, s; cx d, s;
}

// Adds the parity of X on four qubits to s.
gate parity_x a, b, c, d, s {
    h s;
    cx s, a; cx s, b; cx s, c; cx s, d;
    h s;
}

qubit[7] data;
qubit[3] helper;
bit lost;
bit[3] victim;
bit[3] flips;
bit[3] phases;

// The logical state: an eigenstate of Y.
h data[2];
s data[2];
encode data[0], data[1], data[2], data[3], data[4], data[5], data[6];

h helper;
victim = measure helper;
for uint k in [1:7] {
    if (victim == k) y data[k - 1];
}

// Which bits flipped?
reset helper;
parity_z data[0], data[2], data[4], data[6], helper[0];
parity_z data[1], data[2], data[5], data[6], helper[1];
parity_z data[3], data[4], data[5], data[6], helper[2];
flips = measure helper;

// Which phases flipped?
reset helper;
parity_x data[0], data[2], data[4], data[6], helper[0];
parity_x data[1], data[2], data[5], data[6], helper[1];
parity_x data[3], data[4], data[5], data[6], helper[2];
phases = measure helper;

for uint k in [1:7] {
    if (flips == k) x data[k - 1];
    if (phases == k) z data[k - 1];
}

inv @ encode data[0], data[1], data[2], data[3], data[4], data[5], data[6];
sdg data[2];
h data[2];
lost = measure data[2];
