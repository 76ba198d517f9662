package org.qmk.qasm;

/// The value of a classical expression.
sealed interface QasmValue {

    /// A whole number that is known.
    record Whole(long value) implements QasmValue {}

    /// A real number, always known.
    record Real(double value) implements QasmValue {}

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
            case Whole(long value) -> "the whole number " + value;
            case Real(double value) -> "the number " + value;
            case Word word -> word.type.described();
        };
    }
}
