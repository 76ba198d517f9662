package org.qmk.qasm;

/// A type as written, its width still an expression.
///
/// @param width what stands in brackets, or `QasmExpression.Absent`
record QasmTypeName(QasmToken word, QasmExpression width) {}
