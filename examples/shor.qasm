// Shor's algorithm factors 901 = 17 * 53 with 34 qubits.
//
// It finds the order of a = 23 modulo 901, the least r > 0 with a^r = 1. One control qubit does the
// work of 20 counting qubits: it is measured and reset after each power of a, and turns by what was
// measured so far stand in for the Fourier transform (Griffiths, Niu, quant-ph/9511007). Products
// are made of modular additions (Beauregard, quant-ph/0205095) with ripple carries (Cuccaro et al.,
// quant-ph/0410184), so that 3 * 10 + 4 qubits live at once: too many for a vector of all
// amplitudes. Of these, never more than 64 differ from 0.
//
//     ./qmk run examples/shor.qasm --simulator sparse
//
// Each result is a fraction of 2^20 = 1048576, here always s/16 with s from 0 to 15. The largest
// denominator that comes up in lowest terms is the order, r = 16. It is even, and 23^8 is 849 modulo
// 901, not -1. So gcd(849 - 1, 901) = 53 and gcd(849 + 1, 901) = 17 are the factors.
//
// expect: 00000000000000000000 0.0625 00010000000000000000 0.0625 00100000000000000000 0.0625
// expect: 00110000000000000000 0.0625 01000000000000000000 0.0625 01010000000000000000 0.0625
// expect: 01100000000000000000 0.0625 01110000000000000000 0.0625 10000000000000000000 0.0625
// expect: 10010000000000000000 0.0625 10100000000000000000 0.0625 10110000000000000000 0.0625
// expect: 11000000000000000000 0.0625 11010000000000000000 0.0625 11100000000000000000 0.0625
// expect: 11110000000000000000 0.0625

OPENQASM 3.0;
include "stdgates.inc";

const uint n = 10;
const uint counting = 20;
const uint modulus = 901;
const uint a = 23;
const uint a_inverse = 666;

gate majority x, y, z {
    cx z, y;
    cx z, x;
    ccx x, y, z;
}

gate unmajority x, y, z {
    ccx x, y, z;
    cx z, x;
    cx x, y;
}

// Adds c to b; the last qubit is the eleventh of b, which tells the sign of a difference.
gate add carry, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9,
    sign {
    majority carry, b0, c0;
    majority c0, b1, c1;
    majority c1, b2, c2;
    majority c2, b3, c3;
    majority c3, b4, c4;
    majority c4, b5, c5;
    majority c5, b6, c6;
    majority c6, b7, c7;
    majority c7, b8, c8;
    majority c8, b9, c9;
    cx c9, sign;
    unmajority c8, b9, c9;
    unmajority c7, b8, c8;
    unmajority c6, b7, c7;
    unmajority c5, b6, c6;
    unmajority c4, b5, c5;
    unmajority c3, b4, c4;
    unmajority c2, b3, c3;
    unmajority c1, b2, c2;
    unmajority c0, b1, c1;
    unmajority carry, b0, c0;
}

qubit control;
qubit[n] value;
qubit[n + 1] b;
qubit[n] c;
qubit carry;
qubit below;
bit[counting] y;

x value[0];

for uint round in [0:counting - 1] {
    // The powers a^(2^k) and a^(-2^k), the largest k first.
    uint power = a;
    uint inverse = a_inverse;
    for uint i in [round:counting - 2] {
        power = power * power % modulus;
        inverse = inverse * inverse % modulus;
    }

    h control;
    // Where the control is 1: b = power value; exchange b and value; b = b - value / power, which is 0.
    for uint half in [0:1] {
        uint factor = power;
        if (half == 1) {
            factor = modulus - inverse;
            for uint i in [0:n - 1] cswap control, value[i], b[i];
        }
        for uint i in [0:n - 1] {
            // b = b + addend modulo 901 where control and value[i] are 1.
            uint addend = (factor << i) % modulus;
            for uint j in [0:n - 1] if (((addend >> j) & 1) == 1) ccx control, value[i], c[j];
            add carry, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], b[0], b[1],
                b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10];
            for uint j in [0:n - 1] if (((addend >> j) & 1) == 1) ccx control, value[i], c[j];
            for uint j in [0:n - 1] if (((modulus >> j) & 1) == 1) x c[j];
            inv @ add carry, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], b[0],
                b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10];
            for uint j in [0:n - 1] if (((modulus >> j) & 1) == 1) x c[j];
            cx b[n], below;
            for uint j in [0:n - 1] if (((modulus >> j) & 1) == 1) cx below, c[j];
            add carry, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], b[0], b[1],
                b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10];
            for uint j in [0:n - 1] if (((modulus >> j) & 1) == 1) cx below, c[j];
            // The sum did not reach 901 where it is no less than the addend now.
            for uint j in [0:n - 1] if (((addend >> j) & 1) == 1) ccx control, value[i], c[j];
            inv @ add carry, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], b[0],
                b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10];
            x b[n];
            cx b[n], below;
            x b[n];
            add carry, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], b[0], b[1],
                b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10];
            for uint j in [0:n - 1] if (((addend >> j) & 1) == 1) ccx control, value[i], c[j];
        }
    }

    for uint j in [0:round - 1] if (y[j]) p(-pi / 2 ** (round - j)) control;
    h control;
    y[round] = measure control;
    reset control;
}
