// Repeat until success (Paetznick and Svore, arXiv:1311.1074), in at most three rounds.
//
// A round applies (1 + i sqrt(2) X)/sqrt(3) to the data if the ancilla reads 0, with probability
// 3/4. Otherwise it leaves the data as they were, so that another round can be tried. Clifford and
// T gates alone reach such a gate only approximately; with a measurement they reach it exactly.
//
// The left bit says whether three rounds were too few, with probability 1/64. If not, the right bit
// is 1 with probability 2/3; if so, it is 0.
//
// expect: 00 0.328125  01 0.65625  10 0.015625

OPENQASM 3.0;
include "stdgates.inc";

gate attempt ancilla, data {
    h ancilla;
    t ancilla;
    cx ancilla, data;
    h ancilla;
    cx ancilla, data;
    t ancilla;
    h ancilla;
}

qubit data;
qubit ancilla;
bit result;
bit failed;

attempt ancilla, data;
failed = measure ancilla;
if (failed) {
    reset ancilla;
    attempt ancilla, data;
    failed = measure ancilla;
    if (failed) {
        reset ancilla;
        attempt ancilla, data;
        failed = measure ancilla;
    }
}

result = measure data;
