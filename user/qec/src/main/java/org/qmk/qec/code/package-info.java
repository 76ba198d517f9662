/// Matrices of quantum codes, for decoders and for circuits.
/// Start at `CssCode`; `BivariateBicycle` and `SimplexProduct` make them.
/// Invariants: X checks commute with Z checks; numbers of qubits and ranks are computed, not told.
/// It must never hold a table of a code that can be built.
package org.qmk.qec.code;
