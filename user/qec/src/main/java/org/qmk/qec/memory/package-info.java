/// How often a code fails: circuits are sampled, decoded and counted.
/// Start at `MemoryExperiment`.
/// Invariants: counts depend on the circuit, the decoder, the limits and the seed alone, not on the
/// number of threads; a shot is wrong if any observable is predicted wrongly.
/// It must never know how a decoder works, or where a circuit comes from.
package org.qmk.qec.memory;
