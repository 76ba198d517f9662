/// Noisy Clifford circuits as Stim writes them: gates, noise, measurements, detectors.
/// Start at `Circuit`; `Gate` is the table of all instructions, `CircuitReader` and `CircuitWriter`
/// are the text.
/// Invariants: an instruction that exists is well formed; loops are never unrolled; reading and
/// writing take time proportional to the text.
/// It must never run a circuit.
package org.qmk.qec.circuit;
