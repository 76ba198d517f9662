// A W state of three qubits, in OpenQASM 2: exactly one qubit is 1, and nobody knows which.
//
// expect: 001 0.333333333333  010 0.333333333333  100 0.333333333333

OPENQASM 2.0;
include "qelib1.inc";

qreg q[3];
creg c[3];

// 1.910... is 2 arccos(1/sqrt 3): qubit 0 is 0 with probability 1/3.
ry(1.9106332362490186) q[0];
ch q[0],q[1];
cx q[1],q[2];
cx q[0],q[1];
x q[0];

measure q -> c;
