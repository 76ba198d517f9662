/// Circuits of quantum memories and of lattice surgery, with their detectors and observables.
/// Start at `SurfaceMemory` for the field's own circuits, and at `CssMemory` for any CSS code; the
/// first come with noise, the others get it from `NoisePass`.
/// Invariants: without noise no detector fires; the same parameters give the same text.
/// It must never sample or decode.
package org.qmk.qec.generate;
