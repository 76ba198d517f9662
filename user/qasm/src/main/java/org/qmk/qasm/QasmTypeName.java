package org.qmk.qasm;

import java.util.List;

/// A type as written, its sizes still expressions.
///
/// @param width what stands in brackets, or `QasmExpression.Absent`
/// @param dimensions of an array of such elements; empty for a single one
record QasmTypeName(Word word, QasmExpression width, List<QasmExpression> dimensions) {

    /// `creg` is a `BIT`.
    enum Word {
        BIT,
        BOOL,
        INT,
        UINT,
        FLOAT,
        ANGLE,
        COMPLEX,
        DURATION,
        STRETCH
    }

    QasmTypeName(Word word, QasmExpression width) {
        this(word, width, List.of());
    }

    boolean isArray() {
        return !dimensions.isEmpty();
    }
}
