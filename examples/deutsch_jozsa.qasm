// The Deutsch-Jozsa algorithm: is a function constant, or is it 1 for exactly half of its inputs?
//
// A constant function gives 000. This one, f(x) = x0 x1 xor x2, is balanced, so 000 never comes:
// one call of f is enough to tell.
//
// expect: 100 0.25  101 0.25  110 0.25  111 0.25

OPENQASM 3.0;
include "stdgates.inc";

gate f x0, x1, x2, y {
    ccx x0, x1, y;
    cx x2, y;
}

qubit[3] argument;
qubit value;
bit[3] c;

// A value in the state (0 - 1)/sqrt 2 turns "flip" into "change the sign".
x value;
h value;

h argument;
f argument[0], argument[1], argument[2], value;
h argument;

c = measure argument;
