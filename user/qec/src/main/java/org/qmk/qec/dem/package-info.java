/// Detector error models: which detectors and observables each error flips, and how likely it is.
/// Start at `DetectorErrorModel`; `ErrorColumns` is the same with loops unrolled, as decoders and
/// samplers want it; `ModelReader` and `ModelWriter` are the `.dem` text.
/// Invariants: detectors in loops are relative; what is sorted stays sorted.
/// It must never know a circuit.
package org.qmk.qec.dem;
