// The Bernstein-Vazirani algorithm: find a hidden bit string with one question.
//
// The oracle answers with the parity of those bits of its input that the hidden string 10110
// selects. Asked once, about all inputs at the same time, it gives the whole string away.
//
// expect: 10110 1.0

OPENQASM 3.0;
include "stdgates.inc";

const uint n = 5;
qubit[n] question;
qubit answer;
bit[n] hidden;

// The answer in the state (0 - 1)/sqrt 2 turns "flip" into "change the sign".
x answer;
h answer;

h question;
for uint i in {1, 2, 4} {
    cx question[i], answer;
}
h question;

hidden = measure question;
