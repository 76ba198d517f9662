package org.qmk.qasm;

/// A type as written, its width still an expression.
///
/// @param width what stands in brackets, or `QasmExpression.Absent`
record QasmTypeName(Word word, QasmExpression width) {

    /// `creg` is a `BIT`.
    enum Word {
        BIT,
        BOOL,
        INT,
        UINT,
        FLOAT,
        ANGLE
    }
}
