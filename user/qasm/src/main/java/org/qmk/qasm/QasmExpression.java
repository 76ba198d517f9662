package org.qmk.qasm;

import java.util.List;

/// An expression as written. `start` and `end` are byte offsets into the source, end exclusive.
sealed interface QasmExpression {

    int start();

    int end();

    /// Nothing stands where an expression could.
    record Absent(int start, int end) implements QasmExpression {}

    record Name(int start, int end, String name) implements QasmExpression {}

    record Hardware(int start, int end, long index) implements QasmExpression {}

    record Whole(int start, int end, long value) implements QasmExpression {}

    record Real(int start, int end, double value) implements QasmExpression {}

    record Imaginary(int start, int end, double value) implements QasmExpression {}

    /// A duration.
    record Timing(int start, int end, double amount, boolean isTicks) implements QasmExpression {}

    record Truth(int start, int end, boolean value) implements QasmExpression {}

    /// A bit string; the last character is bit 0.
    record Bits(int start, int end, String digits) implements QasmExpression {}

    record Unary(int start, int end, QasmPrefix operator, QasmExpression operand)
            implements QasmExpression {}

    record Binary(
            int start, int end, QasmOperator operator, QasmExpression left, QasmExpression right)
            implements QasmExpression {}

    /// @param indices an expression, range or set for each dimension; the later ones may be left
    ///     out
    record Index(int start, int end, QasmExpression base, List<QasmExpression> indices)
            implements QasmExpression {}

    record Call(int start, int end, String name, List<QasmExpression> arguments)
            implements QasmExpression {}

    record Cast(int start, int end, QasmTypeName type, QasmExpression operand)
            implements QasmExpression {}

    record Measure(int start, int end, QasmExpression operand) implements QasmExpression {}

    /// Stands for any number of values.
    sealed interface Several extends QasmExpression {}

    /// Each part may be `Absent`.
    record Range(int start, int end, QasmExpression first, QasmExpression step, QasmExpression last)
            implements Several {}

    record Set(int start, int end, List<QasmExpression> elements) implements Several {}

    default boolean isAbsent() {
        return this instanceof Absent;
    }
}
