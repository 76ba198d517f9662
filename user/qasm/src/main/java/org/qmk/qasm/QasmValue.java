package org.qmk.qasm;

/// The value of a classical expression.
sealed interface QasmValue {

    /// A whole number that is known.
    ///
    /// @param type INT or UINT of the variable or cast that it comes from, or LITERAL
    record Whole(long value, QasmType type) implements QasmValue {
        Whole(long value) {
            this(value, QasmType.LITERAL);
        }

        boolean isLiteral() {
            return type.width() == 0;
        }

        boolean isSigned() {
            return isLiteral() ? value < 0 : type.kind() == QasmType.Kind.INT;
        }
    }

    /// A real number, always known.
    ///
    /// @param type FLOAT or ANGLE
    record Real(double value, QasmType type) implements QasmValue {
        Real(double value) {
            this(value, QasmType.FLOAT);
        }

        boolean isAngle() {
            return type.kind() == QasmType.Kind.ANGLE;
        }
    }

    /// A complex number, always known.
    record Complex(double re, double im) implements QasmValue {}

    /// A duration, always known.
    ///
    /// @param isTicks whether it is counted in `dt`, whose length nobody tells, else in nanoseconds
    record Time(double amount, boolean isTicks) implements QasmValue {}

    /// Bits, some of which depend on measurements.
    ///
    /// Literals of the network, bit 0 first. Not changed after it is made.
    final class Word implements QasmValue {
        final int[] literals;
        final QasmType type;

        Word(int[] literals, QasmType type) {
            this.literals = literals;
            this.type = type;
        }

        boolean isSigned() {
            return type.kind() == QasmType.Kind.INT;
        }

        boolean isKnown() {
            for (int literal : literals) {
                if (!BitNetwork.isKnown(literal)) return false;
            }
            return true;
        }

        /// The number that known bits stand for; at most 64 of them.
        long number() {
            long value = 0;
            for (int i = 0; i < literals.length && i < 64; i++) {
                if (literals[i] == BitNetwork.TRUE) value |= 1L << i;
            }
            boolean negative =
                    isSigned()
                            && literals.length < 64
                            && literals[literals.length - 1] == BitNetwork.TRUE;
            return negative ? value | -1L << literals.length : value;
        }
    }

    /// The value in words.
    default String described() {
        return switch (this) {
            case Whole(long value, var _) -> "the whole number " + value;
            case Real(double value, var _) -> "the number " + value;
            case Complex(double re, double im) -> "the complex number " + re + " + " + im + "im";
            case Time(double amount, boolean isTicks) ->
                    "the duration " + amount + (isTicks ? "dt" : "ns");
            case Word word -> word.type.described();
        };
    }
}
