// A Bell pair: two qubits that always agree, although neither result is settled beforehand.
//
// expect: 00 0.5  11 0.5

OPENQASM 3.0;
include "stdgates.inc";

qubit[2] q;
bit[2] c;

h q[0];
cx q[0], q[1];

c = measure q;
