/// What every part of error correction shares: the rules that inputs can break.
/// Start at `circuit.Circuit` and `dem.DetectorErrorModel`; `analysis` makes the second of the
/// first, `sample` runs both.
/// Invariants: rules have stable codes; a failure says what was wrong and where.
/// It must never name a code, a decoder or a file.
package org.qmk.qec;
