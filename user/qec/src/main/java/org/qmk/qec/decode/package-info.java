/// What decoders take and give: a matrix of independent mechanisms, and corrections.
/// Start at `DecodingProblem`, then `SyndromeDecoder`.
/// Invariants: mechanisms differ in what they flip; each flips a detector; chances are between 0
/// and 1.
/// It must never know how a decoder works.
package org.qmk.qec.decode;
