package org.qmk.qasm;

/// The operators of OpenQASM on values.
final class QasmArithmetic {

    private final QasmNotes notes;
    private final BitNetwork network;
    private boolean version2;

    QasmArithmetic(QasmNotes notes, BitNetwork network) {
        this.notes = notes;
        this.network = network;
    }

    void version2(boolean on) {
        version2 = on;
    }

    QasmValue unary(QasmExpression.Unary unary, QasmValue operand) {
        QasmPrefix operator = unary.operator();
        return switch (operand) {
            case QasmValue.Whole(long value) -> wholeUnary(unary, value);
            case QasmValue.Real(double value) -> {
                if (operator == QasmPrefix.MINUS) yield new QasmValue.Real(-value);
                throw inapplicable(operator.token, operand.described(), unary.start());
            }
            case QasmValue.Word word -> wordUnary(unary, word);
        };
    }

    private QasmValue wholeUnary(QasmExpression.Unary unary, long value) {
        return switch (unary.operator()) {
            case MINUS -> {
                if (value == Long.MIN_VALUE) throw overflow("-" + value, unary.start());
                yield new QasmValue.Whole(-value);
            }
            case COMPLEMENT -> new QasmValue.Whole(~value);
            case NOT -> bool(BitNetwork.constant(value == 0));
        };
    }

    private QasmValue wordUnary(QasmExpression.Unary unary, QasmValue.Word word) {
        return switch (unary.operator()) {
            case COMPLEMENT -> {
                if (word.type.kind() == QasmType.Kind.BOOL) {
                    throw inapplicable(unary.operator().token, word.described(), unary.start());
                }
                yield new QasmValue.Word(BitNetwork.not(word.literals), word.type);
            }
            case NOT -> {
                int any = BitNetwork.FALSE;
                for (int literal : word.literals) any = network.or(any, literal);
                yield bool(BitNetwork.not(any));
            }
            case MINUS ->
                    new QasmValue.Word(
                            network.negate(word.literals),
                            new QasmType(QasmType.Kind.INT, word.literals.length));
        };
    }

    QasmValue binary(QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        if (left instanceof QasmValue.Real || right instanceof QasmValue.Real) {
            return reals(operator, left, right, at);
        }
        if (left instanceof QasmValue.Whole(long a) && right instanceof QasmValue.Whole(long b)) {
            return wholes(operator, a, b, at);
        }
        return words(operator, left, right, at);
    }

    private QasmValue reals(
            QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        double a = number(operator, left, right, left, at);
        double b = number(operator, left, right, right, at);
        return switch (operator) {
            case QasmOperator.Comparison comparison ->
                    known(
                            switch (comparison) {
                                case EQUAL -> a == b;
                                case NOT_EQUAL -> a != b;
                                case LESS -> a < b;
                                case GREATER -> a > b;
                                case LESS_EQUAL -> a <= b;
                                case GREATER_EQUAL -> a >= b;
                            });
            case QasmOperator.Calculation calculation -> realCalculated(calculation, a, b, at);
            case QasmOperator.Bitwise _, QasmOperator.Shift _ ->
                    throw inapplicable(operator, left, right, at);
        };
    }

    private QasmValue realCalculated(
            QasmOperator.Calculation operator, double a, double b, int at) {
        double result =
                switch (operator) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case REMAINDER -> a - b * Math.floor(a / b);
                    case POWER -> Math.pow(a, b);
                };
        if (!Double.isFinite(result)) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC,
                    at,
                    a + " " + operator.spelling() + " " + b,
                    "the result is not a finite number");
        }
        return new QasmValue.Real(result);
    }

    private double number(
            QasmOperator operator, QasmValue left, QasmValue right, QasmValue one, int at) {
        return switch (one) {
            case QasmValue.Whole(long whole) -> whole;
            case QasmValue.Real(double real) -> real;
            case QasmValue.Word word -> {
                if (word.isKnown() && word.literals.length < 64) yield word.number();
                throw inapplicable(operator, left, right, at);
            }
        };
    }

    private static QasmValue bool(int literal) {
        return new QasmValue.Word(new int[] {literal}, QasmType.BOOL);
    }

    private static QasmValue known(boolean value) {
        return bool(BitNetwork.constant(value));
    }

    private QasmRefusal inapplicable(QasmToken operator, String operands, int at) {
        return notes.error(QasmRule.TYPE_OPERATOR, at, operator.spelling(), operands);
    }

    private QasmRefusal inapplicable(
            QasmOperator operator, QasmValue left, QasmValue right, int at) {
        return inapplicable(operator.token(), left.described() + " and " + right.described(), at);
    }

    private QasmRefusal overflow(String formula, int at) {
        return notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "it does not fit 64 bits");
    }

    private QasmValue wholes(QasmOperator.Numeric operator, long a, long b, int at) {
        return switch (operator) {
            case QasmOperator.Comparison comparison ->
                    known(
                            switch (comparison) {
                                case EQUAL -> a == b;
                                case NOT_EQUAL -> a != b;
                                case LESS -> a < b;
                                case GREATER -> a > b;
                                case LESS_EQUAL -> a <= b;
                                case GREATER_EQUAL -> a >= b;
                            });
            case QasmOperator.Bitwise bitwise ->
                    new QasmValue.Whole(
                            switch (bitwise) {
                                case AND -> a & b;
                                case OR -> a | b;
                                case XOR -> a ^ b;
                            });
            case QasmOperator.Shift shift -> shifted(shift, a, b, at);
            case QasmOperator.Calculation calculation -> calculated(calculation, a, b, at);
        };
    }

    private QasmValue shifted(QasmOperator.Shift operator, long a, long b, int at) {
        String formula = a + " " + operator.spelling() + " " + b;
        if (b < 0)
            throw notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "the distance is negative");
        if (operator == QasmOperator.Shift.RIGHT) return new QasmValue.Whole(a >> Math.min(b, 63));
        if (a != 0 && (b > 62 || a << b >> b != a)) throw overflow(formula, at);
        return new QasmValue.Whole(a == 0 ? 0 : a << b);
    }

    private QasmValue calculated(QasmOperator.Calculation operator, long a, long b, int at) {
        String formula = a + " " + operator.spelling() + " " + b;
        if (operator.divides() && b == 0)
            throw notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "division by zero");
        boolean realDivision = operator == QasmOperator.Calculation.DIVIDE && version2;
        boolean realPower = operator == QasmOperator.Calculation.POWER && b < 0;
        if (realDivision || realPower) {
            return reals(operator, new QasmValue.Real(a), new QasmValue.Real(b), at);
        }
        try {
            return new QasmValue.Whole(
                    switch (operator) {
                        case ADD -> Math.addExact(a, b);
                        case SUBTRACT -> Math.subtractExact(a, b);
                        case MULTIPLY -> Math.multiplyExact(a, b);
                        case DIVIDE -> Math.divideExact(a, b);
                        case REMAINDER -> a % b;
                        case POWER -> power(a, b);
                    });
        } catch (ArithmeticException _) {
            throw overflow(formula, at);
        }
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1) return exponent == 0 ? 1 : base;
        if (base == -1) return exponent % 2 == 0 ? 1 : -1;
        long result = 1;
        for (long i = 0; i < exponent; i++)
            result = Math.multiplyExact(result, base); // at most 63 rounds
        return result;
    }

    /// At least one side depends on measurements.
    private QasmValue words(
            QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        return switch (operator) {
            case QasmOperator.Comparison comparison ->
                    bool(
                            switch (comparison) {
                                case EQUAL -> equal(left, right);
                                case NOT_EQUAL -> BitNetwork.not(equal(left, right));
                                case LESS -> less(left, right);
                                case GREATER -> less(right, left);
                                case LESS_EQUAL -> BitNetwork.not(less(right, left));
                                case GREATER_EQUAL -> BitNetwork.not(less(left, right));
                            });
            case QasmOperator.Shift shift -> wordShifted(shift, left, right, at);
            case QasmOperator.Bitwise bitwise -> bitwise(bitwise, left, right, at);
            case QasmOperator.Calculation calculation ->
                    wordCalculated(calculation, left, right, at);
        };
    }

    private int equal(QasmValue left, QasmValue right) {
        int width = comparisonWidth(left, right);
        return network.equal(signed(left, width), signed(right, width));
    }

    private int less(QasmValue left, QasmValue right) {
        int width = comparisonWidth(left, right);
        int[] a = signed(left, width).clone();
        int[] b = signed(right, width).clone();
        // with the sign bits flipped, order with sign is order without
        a[width - 1] = BitNetwork.not(a[width - 1]);
        b[width - 1] = BitNetwork.not(b[width - 1]);
        return network.less(a, b);
    }

    /// Enough bits for either side with a sign.
    private static int comparisonWidth(QasmValue left, QasmValue right) {
        return 1 + Math.max(width(left), width(right));
    }

    private static int width(QasmValue value) {
        return switch (value) {
            case QasmValue.Whole(long whole) ->
                    Math.max(1, 64 - Long.numberOfLeadingZeros(whole < 0 ? ~whole : whole));
            case QasmValue.Real(double _) -> 1;
            case QasmValue.Word word -> word.literals.length;
        };
    }

    private static int[] signed(QasmValue value, int width) {
        return switch (value) {
            case QasmValue.Whole(long whole) -> QasmConversion.literals(whole, width);
            case QasmValue.Real(double real) -> QasmConversion.literals((long) real, width);
            case QasmValue.Word word -> QasmConversion.extended(word, width);
        };
    }

    private QasmValue wordShifted(
            QasmOperator.Shift operator, QasmValue left, QasmValue right, int at) {
        boolean isLeft = operator == QasmOperator.Shift.LEFT;
        if (right instanceof QasmValue.Whole(long distance) && distance < 0) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC,
                    at,
                    operator.spelling() + " " + distance,
                    "the distance is negative");
        }
        QasmType type =
                left instanceof QasmValue.Word word
                        ? word.type
                        : new QasmType(QasmType.Kind.INT, QasmEvaluator.INTEGER_WIDTH);
        int[] places =
                signed(right, right instanceof QasmValue.Word word ? word.literals.length : 31);
        return new QasmValue.Word(network.shift(signed(left, type.width()), places, isLeft), type);
    }

    private QasmValue bitwise(
            QasmOperator.Bitwise operator, QasmValue left, QasmValue right, int at) {
        boolean bothWords = left instanceof QasmValue.Word && right instanceof QasmValue.Word;
        int width = Math.max(width(left), width(right));
        if (bothWords && width(left) != width(right)) {
            throw notes.error(
                    QasmRule.VALUE_LENGTH,
                    at,
                    "one side of " + operator.spelling(),
                    width(left),
                    "the other",
                    width(right));
        }
        int[] a = signed(left, width);
        int[] b = signed(right, width);
        int[] result = new int[width];
        for (int i = 0; i < width; i++) {
            result[i] =
                    switch (operator) {
                        case AND -> network.and(a[i], b[i]);
                        case OR -> network.or(a[i], b[i]);
                        case XOR -> network.xor(a[i], b[i]);
                    };
        }
        QasmType type = type(left, right, width);
        return new QasmValue.Word(result, type);
    }

    /// The type of a bitwise result: that of the side that is bits, wide enough for both.
    private static QasmType type(QasmValue left, QasmValue right, int width) {
        QasmType type =
                left instanceof QasmValue.Word word
                        ? word.type
                        : right instanceof QasmValue.Word other ? other.type : QasmType.BIT;
        return type.width() == width
                ? type
                : new QasmType(type.isWhole() ? type.kind() : QasmType.Kind.REGISTER, width);
    }

    /// Sums, products and quotients, modulo 2^width of the wider side.
    private QasmValue wordCalculated(
            QasmOperator.Calculation operator, QasmValue left, QasmValue right, int at) {
        int width = Math.max(width(left), width(right));
        int[] a = signed(left, width);
        int[] b = signed(right, width);
        boolean isSigned = isSigned(left) || isSigned(right);
        var type = new QasmType(isSigned ? QasmType.Kind.INT : QasmType.Kind.UINT, width);
        boolean divides = operator.divides();
        if (divides && isSigned) throw notes.error(QasmRule.UNSUPPORTED_DIVISION, at);
        if (divides && right instanceof QasmValue.Whole(long zero) && zero == 0) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC, at, operator.spelling() + " 0", "division by zero");
        }
        int[] result =
                switch (operator) {
                    case ADD -> network.add(a, b, BitNetwork.FALSE);
                    case SUBTRACT -> network.add(a, BitNetwork.not(b), BitNetwork.TRUE);
                    case MULTIPLY -> network.multiply(a, b);
                    case DIVIDE -> network.divide(a, b)[0];
                    case REMAINDER -> network.divide(a, b)[1];
                    case POWER -> throw inapplicable(operator, left, right, at);
                };
        return known(new QasmValue.Word(result, type));
    }

    /// An integer whose bits turn out to be known is a number.
    private static QasmValue known(QasmValue.Word word) {
        boolean number = word.type.isWhole() && word.literals.length < 64 && word.isKnown();
        return number ? new QasmValue.Whole(word.number()) : word;
    }

    private static boolean isSigned(QasmValue value) {
        return switch (value) {
            case QasmValue.Whole(long whole) -> whole < 0;
            case QasmValue.Real(double _) -> true;
            case QasmValue.Word word -> word.isSigned();
        };
    }
}
