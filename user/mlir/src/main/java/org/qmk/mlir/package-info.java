/// The qvm dialect of MLIR: writes a graph in its generic form, and reads that form.
///
/// Start reading at `MlirWriter` and `MlirReader`; docs/spec/mlir.md says what the dialect means.
/// Invariants: the dialect is made from the table of operations; a graph that is written and read
/// again has the same digest. It must never decide whether a graph may run: that is the verifier's.
package org.qmk.mlir;
