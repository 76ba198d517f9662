// The quantum Fourier transform and its inverse, with an addition in between.
//
// In the transformed basis, adding a number is a layer of phase rotations (Draper,
// quant-ph/0008033). Transforming 11, adding 3 and transforming back gives 14, always.
//
// expect: 1110 1.0

OPENQASM 3.0;
include "stdgates.inc";

const uint n = 4;
const uint start = 11;
const uint addend = 3;

// The Fourier transform without its final swaps: qubit k ends with the phase of k + 1 low bits.
gate fourier q0, q1, q2, q3 {
    h q3;
    cp(pi / 2) q2, q3;
    cp(pi / 4) q1, q3;
    cp(pi / 8) q0, q3;
    h q2;
    cp(pi / 2) q1, q2;
    cp(pi / 4) q0, q2;
    h q1;
    cp(pi / 2) q0, q1;
    h q0;
}

qubit[n] q;
bit[n] sum;

for uint i in [0:n - 1] {
    if (((start >> i) & 1) == 1) x q[i];
}

fourier q[0], q[1], q[2], q[3];
for uint k in [0:n - 1] {
    p(pi * addend / 2 ** k) q[k];
}
inv @ fourier q[0], q[1], q[2], q[3];

sum = measure q;
