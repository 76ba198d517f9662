/// Rotations by any angle out of Clifford and T gates, in exact arithmetic.
///
/// Start at `RotationSynthesis`, which has the words and lets the rest of the work be done:
/// `SegmentLattice` finds the candidates for one entry of the matrix, `NormEquation` the entry
/// beside it, `CliffordTWord` the gates, and `RotationDefect` how far they are from what was
/// asked for.
/// Nothing is random, nothing depends on the rounding of doubles, and a word is compared with its
/// matrix exactly. Never put a word that was not measured so into a program.
package org.qmk.optimizer.rotation;
