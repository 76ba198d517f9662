package org.qmk.qasm;

/// An operator between two values, as read: `^` of OpenQASM 2 is the power it means.
sealed interface QasmOperator {

    QasmToken token();

    default String spelling() {
        return token().spelling();
    }

    /// How tightly the operator binds; those of greater strength are applied first.
    default int strength() {
        return switch (this) {
            case Connective.CONCATENATE -> 1;
            case Connective.OR -> 2;
            case Connective.AND -> 3;
            case Bitwise.OR -> 4;
            case Bitwise.XOR -> 5;
            case Bitwise.AND -> 6;
            case Comparison.EQUAL, Comparison.NOT_EQUAL -> 7;
            case Comparison.LESS,
                    Comparison.GREATER,
                    Comparison.LESS_EQUAL,
                    Comparison.GREATER_EQUAL ->
                    8;
            case Shift.LEFT, Shift.RIGHT -> 9;
            case Calculation.ADD, Calculation.SUBTRACT -> 10;
            case Calculation.MULTIPLY, Calculation.DIVIDE, Calculation.REMAINDER -> 11;
            case Calculation.POWER -> 13; // above unary operators: -a**2 is -(a**2)
        };
    }

    /// Joins truth values, or bits side by side.
    enum Connective implements QasmOperator {
        CONCATENATE(QasmToken.DOUBLE_PLUS),
        OR(QasmToken.DOUBLE_PIPE),
        AND(QasmToken.DOUBLE_AMPERSAND);

        private final QasmToken token;

        Connective(QasmToken token) {
            this.token = token;
        }

        @Override
        public QasmToken token() {
            return token;
        }
    }

    /// An operator on numbers.
    sealed interface Numeric extends QasmOperator {}

    enum Bitwise implements Numeric {
        OR(QasmToken.PIPE),
        XOR(QasmToken.CARET),
        AND(QasmToken.AMPERSAND);

        private final QasmToken token;

        Bitwise(QasmToken token) {
            this.token = token;
        }

        @Override
        public QasmToken token() {
            return token;
        }
    }

    enum Comparison implements Numeric {
        EQUAL(QasmToken.EQUAL),
        NOT_EQUAL(QasmToken.NOT_EQUAL),
        LESS(QasmToken.LESS),
        GREATER(QasmToken.GREATER),
        LESS_EQUAL(QasmToken.LESS_EQUAL),
        GREATER_EQUAL(QasmToken.GREATER_EQUAL);

        private final QasmToken token;

        Comparison(QasmToken token) {
            this.token = token;
        }

        @Override
        public QasmToken token() {
            return token;
        }
    }

    enum Shift implements Numeric {
        LEFT(QasmToken.SHIFT_LEFT),
        RIGHT(QasmToken.SHIFT_RIGHT);

        private final QasmToken token;

        Shift(QasmToken token) {
            this.token = token;
        }

        @Override
        public QasmToken token() {
            return token;
        }
    }

    enum Calculation implements Numeric {
        ADD(QasmToken.PLUS),
        SUBTRACT(QasmToken.MINUS),
        MULTIPLY(QasmToken.STAR),
        DIVIDE(QasmToken.SLASH),
        REMAINDER(QasmToken.PERCENT),
        POWER(QasmToken.DOUBLE_STAR);

        private final QasmToken token;

        Calculation(QasmToken token) {
            this.token = token;
        }

        @Override
        public QasmToken token() {
            return token;
        }

        boolean divides() {
            return this == DIVIDE || this == REMAINDER;
        }
    }
}
