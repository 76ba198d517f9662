// Quantum teleportation.
//
// Alice has a qubit in a state that nobody can read off it. She shares a Bell pair with Bob. She
// measures her two qubits and tells Bob the two bits, and nothing else. Bob's half of the pair is
// then in the state that her qubit was in.
//
// To prove it, Bob undoes the preparation of the state: his qubit must come back to 0. Alice's two
// bits, left, are random; the last bit, Bob's, is always 0.
//
// expect: 000 0.25  010 0.25  100 0.25  110 0.25

OPENQASM 3.0;
include "stdgates.inc";

// Any state would do. This one is no stabilizer state, and a wrong correction would show.
gate prepare q {
    ry(pi / 3) q;
    t q;
}

qubit message;
qubit alice;
qubit bob;
bit lost;
bit[2] told;

prepare message;

// The Bell pair.
h alice;
cx alice, bob;

// Alice measures her two qubits in the Bell basis.
cx message, alice;
h message;
told[0] = measure alice;
told[1] = measure message;

// Bob corrects his qubit with what he is told.
if (told[0]) x bob;
if (told[1]) z bob;

// Bob's qubit is in the state of the message: undoing the preparation gives 0.
inv @ prepare bob;
lost = measure bob;
