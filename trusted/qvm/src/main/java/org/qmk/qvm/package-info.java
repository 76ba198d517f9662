/// Purpose: what a QVM graph is: its operations, its columns in memory and its digest.
/// Start reading at `Opcode` (the table), then `Graph` and `GraphBuilder`.
/// Invariants: a `Graph` never changes; equal meaning and equal names give an equal digest; a
/// graph may still be wrong (names undeclared, qubits leaked): only the verifier says it is not.
/// Rows of `Opcode` are the only statement of what an operation is; codes are never reused.
/// It must never read a clock, draw a random number, do I/O or depend on a hash order.
package org.qmk.qvm;
