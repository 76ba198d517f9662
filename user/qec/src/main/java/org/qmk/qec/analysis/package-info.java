/// Turns noisy circuits into detector error models.
/// Start at `ErrorAnalysis`; `ReverseTracker` carries detectors backwards through gates, and
/// `ErrorClasses` adds up errors that flip the same.
/// Invariants: one backward pass; a loop costs as many turns as it needs to repeat itself; the same
/// circuit gives the same model.
/// It must never sample.
package org.qmk.qec.analysis;
