// Grover's search among eight items.
//
// The oracle marks item 101. After two rounds it is found with probability 121/128, and each other
// item with probability 1/128.
//
// expect: 101 0.9453125  000 0.0078125  001 0.0078125  010 0.0078125  011 0.0078125
// expect: 100 0.0078125  110 0.0078125  111 0.0078125

OPENQASM 3.0;
include "stdgates.inc";

// Changes the sign of 101.
gate oracle a, b, c {
    ctrl @ negctrl @ z a, b, c;
}

// Reflects all amplitudes at their mean: in the basis of H, changes the sign of 000.
gate diffuse a, b, c {
    h a; h b; h c;
    x c;
    negctrl @ negctrl @ z a, b, c;
    x c;
    h a; h b; h c;
}

qubit[3] q;
bit[3] found;

h q;
for uint round in [1:2] {
    oracle q[0], q[1], q[2];
    diffuse q[0], q[1], q[2];
}

found = measure q;
