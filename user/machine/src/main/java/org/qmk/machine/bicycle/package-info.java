/// Purpose: modules that are one block of a bicycle code: what their instructions are, and how a
/// program's measurements and rotations become such.
/// Start reading at `BicyclePlanner`, then `BicycleClock`.
/// Invariants: a plan measures the product that was asked for, up to sign; a module does one
/// instruction at a time. Pauli operators are ints: bit q of qubit q for X, bit 12 + q for Z.
/// Source: Yoder et al., Tour de gross, arXiv:2506.03094.
/// It must never guess a cost: steps and error rates are the profile's.
package org.qmk.machine.bicycle;
