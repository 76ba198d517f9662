// A GHZ state of five qubits: all results are 0, or all are 1.
//
// expect: 00000 0.5  11111 0.5

OPENQASM 3.0;
include "stdgates.inc";

const uint n = 5;
qubit[n] q;
bit[n] c;

h q[0];
for uint i in [1:n - 1] {
    cx q[i - 1], q[i];
}

c = measure q;
