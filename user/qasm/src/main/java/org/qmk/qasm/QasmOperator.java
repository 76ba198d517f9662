package org.qmk.qasm;

/// An operator between two values, as read: `^` of OpenQASM 2 is the power it means.
sealed interface QasmOperator {

    QasmToken token();

    default String spelling() {
        return token().spelling();
    }

    /// How tightly the operator binds; those of greater strength are applied first.
    int strength();

    /// Joins truth values, or bits side by side.
    enum Connective implements QasmOperator {
        CONCATENATE(QasmToken.DOUBLE_PLUS, 1),
        OR(QasmToken.DOUBLE_PIPE, 2),
        AND(QasmToken.DOUBLE_AMPERSAND, 3);

        private final QasmToken token;
        private final int strength;

        Connective(QasmToken token, int strength) {
            this.token = token;
            this.strength = strength;
        }

        @Override
        public QasmToken token() {
            return token;
        }

        @Override
        public int strength() {
            return strength;
        }
    }

    /// An operator on numbers.
    sealed interface Numeric extends QasmOperator {}

    enum Bitwise implements Numeric {
        OR(QasmToken.PIPE, 4),
        XOR(QasmToken.CARET, 5),
        AND(QasmToken.AMPERSAND, 6);

        private final QasmToken token;
        private final int strength;

        Bitwise(QasmToken token, int strength) {
            this.token = token;
            this.strength = strength;
        }

        @Override
        public QasmToken token() {
            return token;
        }

        @Override
        public int strength() {
            return strength;
        }
    }

    enum Comparison implements Numeric {
        EQUAL(QasmToken.EQUAL, 7),
        NOT_EQUAL(QasmToken.NOT_EQUAL, 7),
        LESS(QasmToken.LESS, 8),
        GREATER(QasmToken.GREATER, 8),
        LESS_EQUAL(QasmToken.LESS_EQUAL, 8),
        GREATER_EQUAL(QasmToken.GREATER_EQUAL, 8);

        private final QasmToken token;
        private final int strength;

        Comparison(QasmToken token, int strength) {
            this.token = token;
            this.strength = strength;
        }

        @Override
        public QasmToken token() {
            return token;
        }

        @Override
        public int strength() {
            return strength;
        }
    }

    enum Shift implements Numeric {
        LEFT(QasmToken.SHIFT_LEFT, 9),
        RIGHT(QasmToken.SHIFT_RIGHT, 9);

        private final QasmToken token;
        private final int strength;

        Shift(QasmToken token, int strength) {
            this.token = token;
            this.strength = strength;
        }

        @Override
        public QasmToken token() {
            return token;
        }

        @Override
        public int strength() {
            return strength;
        }
    }

    enum Calculation implements Numeric {
        ADD(QasmToken.PLUS, 10),
        SUBTRACT(QasmToken.MINUS, 10),
        MULTIPLY(QasmToken.STAR, 11),
        DIVIDE(QasmToken.SLASH, 11),
        REMAINDER(QasmToken.PERCENT, 11),
        POWER(QasmToken.DOUBLE_STAR, 13);

        private final QasmToken token;
        private final int strength;

        Calculation(QasmToken token, int strength) {
            this.token = token;
            this.strength = strength;
        }

        @Override
        public QasmToken token() {
            return token;
        }

        @Override
        public int strength() {
            return strength;
        }

        boolean divides() {
            return this == DIVIDE || this == REMAINDER;
        }
    }
}
