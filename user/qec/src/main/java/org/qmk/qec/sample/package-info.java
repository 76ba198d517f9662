/// Runs noisy circuits and detector error models, many shots at a time.
/// Start at `CircuitSampler` and `ModelSampler`; `ReferenceSample` is the one noiseless run that
/// shots are compared with, and `MeasurementConverter` makes detection events of measurements.
/// Invariants: shots depend on the seed and their number alone, not on threads.
/// It must never decode.
package org.qmk.qec.sample;
