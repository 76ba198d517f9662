/// Bits of many shots, and the formats in which the field's tools exchange them.
/// Start at `ShotRows`; `ResultReader` and `ResultWriter` are the formats.
/// Invariants: reading and writing go batch by batch, in the order of shots.
/// It must never know where bits come from.
package org.qmk.qec.result;
