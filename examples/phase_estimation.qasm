// Quantum phase estimation: read off the eigenvalue of a gate.
//
// The gate turns its eigenstate 1 by 5/16 of a full turn. Four counting qubits hold that fraction
// exactly, so the result is always 0101, which is 5.
//
// expect: 0101 1.0

OPENQASM 3.0;
include "stdgates.inc";

const uint n = 4;
const float fraction = 5.0 / 16.0;

gate turn q {
    p(2 * pi * fraction) q;
}

// The inverse Fourier transform, for counting qubits in the order in which it leaves them.
gate fourier_inverse q0, q1, q2, q3 {
    h q0;
    cp(-pi / 2) q0, q1;
    h q1;
    cp(-pi / 4) q0, q2;
    cp(-pi / 2) q1, q2;
    h q2;
    cp(-pi / 8) q0, q3;
    cp(-pi / 4) q1, q3;
    cp(-pi / 2) q2, q3;
    h q3;
}

qubit[n] counting;
qubit eigenstate;
bit[n] estimate;

x eigenstate;
h counting;
ctrl @ pow(8) @ turn counting[0], eigenstate;
ctrl @ pow(4) @ turn counting[1], eigenstate;
ctrl @ pow(2) @ turn counting[2], eigenstate;
ctrl @ turn counting[3], eigenstate;

fourier_inverse counting[0], counting[1], counting[2], counting[3];

estimate = measure counting;
