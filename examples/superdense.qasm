// Superdense coding: one qubit carries two bits.
//
// Alice and Bob share a Bell pair. Alice draws two random bits, encodes both in her half and sends
// it over. Bob measures the pair and reads the same two bits: the left half of every result, what
// Bob received, equals the right half, what Alice sent.
//
// expect: 0000 0.25  0101 0.25  1010 0.25  1111 0.25

OPENQASM 3.0;
include "stdgates.inc";

qubit[2] coin;
qubit alice;
qubit bob;
bit[2] sent;
bit[2] received;

h coin;
sent = measure coin;

h alice;
cx alice, bob;

if (sent[0]) x alice;
if (sent[1]) z alice;

// Alice's qubit travels to Bob, who measures both in the Bell basis.
cx alice, bob;
h alice;
received[0] = measure bob;
received[1] = measure alice;
