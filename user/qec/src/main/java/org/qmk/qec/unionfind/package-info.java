/// The union-find decoder for graphs.
/// Start at `UnionFindDecoder`.
/// Invariants: a correction has the syndrome whenever one can; nothing is allocated by decoding.
/// It must never be given mechanisms of more than two detectors: it refuses them.
package org.qmk.qec.unionfind;
