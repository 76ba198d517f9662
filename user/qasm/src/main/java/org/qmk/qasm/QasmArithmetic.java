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
        QasmToken operator = unary.operator();
        return switch (operand) {
            case QasmValue.Whole(long value) -> wholeUnary(unary, value);
            case QasmValue.Real(double value) -> {
                if (operator == QasmToken.MINUS) yield new QasmValue.Real(-value);
                throw inapplicable(operator, operand.described(), unary.start());
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
            case TILDE -> new QasmValue.Whole(~value);
            default -> bool(BitNetwork.constant(value == 0));
        };
    }

    private QasmValue wordUnary(QasmExpression.Unary unary, QasmValue.Word word) {
        return switch (unary.operator()) {
            case TILDE -> {
                if (word.type.kind() == QasmType.Kind.BOOL) {
                    throw inapplicable(unary.operator(), word.described(), unary.start());
                }
                yield new QasmValue.Word(BitNetwork.not(word.literals), word.type);
            }
            case EXCLAMATION -> {
                int any = BitNetwork.FALSE;
                for (int literal : word.literals) any = network.or(any, literal);
                yield bool(BitNetwork.not(any));
            }
            default ->
                    new QasmValue.Word(
                            network.negate(word.literals),
                            new QasmType(QasmType.Kind.INT, word.literals.length));
        };
    }

    QasmValue binary(QasmToken operator, QasmValue left, QasmValue right, int at) {
        if (left instanceof QasmValue.Real || right instanceof QasmValue.Real) {
            return reals(operator, left, right, at);
        }
        if (left instanceof QasmValue.Whole(long a) && right instanceof QasmValue.Whole(long b)) {
            return wholes(operator, a, b, at);
        }
        return words(operator, left, right, at);
    }

    private QasmValue reals(QasmToken operator, QasmValue left, QasmValue right, int at) {
        double a = number(operator, left, right, left, at);
        double b = number(operator, left, right, right, at);
        double result =
                switch (operator) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case STAR -> a * b;
                    case SLASH -> a / b;
                    case PERCENT -> a - b * Math.floor(a / b);
                    case DOUBLE_STAR -> Math.pow(a, b);
                    case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_EQUAL, GREATER_EQUAL -> {
                        yield 0;
                    }
                    default ->
                            throw inapplicable(
                                    operator, left.described() + " and " + right.described(), at);
                };
        return switch (operator) {
            case EQUAL -> known(a == b);
            case NOT_EQUAL -> known(a != b);
            case LESS -> known(a < b);
            case GREATER -> known(a > b);
            case LESS_EQUAL -> known(a <= b);
            case GREATER_EQUAL -> known(a >= b);
            default -> {
                if (!Double.isFinite(result)) {
                    throw notes.error(
                            QasmRule.VALUE_ARITHMETIC,
                            at,
                            a + " " + operator.spelling() + " " + b,
                            "the result is not a finite number");
                }
                yield new QasmValue.Real(result);
            }
        };
    }

    private double number(
            QasmToken operator, QasmValue left, QasmValue right, QasmValue one, int at) {
        return switch (one) {
            case QasmValue.Whole(long whole) -> whole;
            case QasmValue.Real(double real) -> real;
            case QasmValue.Word word -> {
                if (word.isKnown() && word.literals.length < 64) yield word.number();
                throw inapplicable(operator, left.described() + " and " + right.described(), at);
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

    private QasmRefusal overflow(String formula, int at) {
        return notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "it does not fit 64 bits");
    }

    private QasmValue wholes(QasmToken operator, long a, long b, int at) {
        return switch (operator) {
            case EQUAL -> known(a == b);
            case NOT_EQUAL -> known(a != b);
            case LESS -> known(a < b);
            case GREATER -> known(a > b);
            case LESS_EQUAL -> known(a <= b);
            case GREATER_EQUAL -> known(a >= b);
            case AMPERSAND -> new QasmValue.Whole(a & b);
            case PIPE -> new QasmValue.Whole(a | b);
            case CARET -> new QasmValue.Whole(a ^ b);
            case SHIFT_LEFT, SHIFT_RIGHT -> shifted(operator, a, b, at);
            default -> calculated(operator, a, b, at);
        };
    }

    private QasmValue shifted(QasmToken operator, long a, long b, int at) {
        String formula = a + " " + operator.spelling() + " " + b;
        if (b < 0)
            throw notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "the distance is negative");
        if (operator == QasmToken.SHIFT_RIGHT) return new QasmValue.Whole(a >> Math.min(b, 63));
        if (a != 0 && (b > 62 || a << b >> b != a)) throw overflow(formula, at);
        return new QasmValue.Whole(a == 0 ? 0 : a << b);
    }

    private QasmValue calculated(QasmToken operator, long a, long b, int at) {
        boolean divides = operator == QasmToken.SLASH || operator == QasmToken.PERCENT;
        String formula = a + " " + operator.spelling() + " " + b;
        if (divides && b == 0)
            throw notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "division by zero");
        boolean realDivision = operator == QasmToken.SLASH && version2;
        boolean realPower = operator == QasmToken.DOUBLE_STAR && b < 0;
        if (realDivision || realPower) {
            return reals(operator, new QasmValue.Real(a), new QasmValue.Real(b), at);
        }
        try {
            return new QasmValue.Whole(
                    switch (operator) {
                        case PLUS -> Math.addExact(a, b);
                        case MINUS -> Math.subtractExact(a, b);
                        case STAR -> Math.multiplyExact(a, b);
                        case SLASH -> Math.divideExact(a, b);
                        case PERCENT -> a % b;
                        case DOUBLE_STAR -> power(a, b);
                        default -> throw inapplicable(operator, "whole numbers", at);
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
    private QasmValue words(QasmToken operator, QasmValue left, QasmValue right, int at) {
        return switch (operator) {
            case EQUAL -> bool(equal(left, right));
            case NOT_EQUAL -> bool(BitNetwork.not(equal(left, right)));
            case LESS -> bool(less(left, right));
            case GREATER -> bool(less(right, left));
            case LESS_EQUAL -> bool(BitNetwork.not(less(right, left)));
            case GREATER_EQUAL -> bool(BitNetwork.not(less(left, right)));
            case SHIFT_LEFT, SHIFT_RIGHT -> wordShifted(operator, left, right, at);
            case AMPERSAND, PIPE, CARET -> bitwise(operator, left, right, at);
            default -> wordCalculated(operator, left, right, at);
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

    private QasmValue wordShifted(QasmToken operator, QasmValue left, QasmValue right, int at) {
        boolean isLeft = operator == QasmToken.SHIFT_LEFT;
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

    private QasmValue bitwise(QasmToken operator, QasmValue left, QasmValue right, int at) {
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
                        case AMPERSAND -> network.and(a[i], b[i]);
                        case PIPE -> network.or(a[i], b[i]);
                        default -> network.xor(a[i], b[i]);
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
    private QasmValue wordCalculated(QasmToken operator, QasmValue left, QasmValue right, int at) {
        int width = Math.max(width(left), width(right));
        int[] a = signed(left, width);
        int[] b = signed(right, width);
        boolean isSigned = isSigned(left) || isSigned(right);
        var type = new QasmType(isSigned ? QasmType.Kind.INT : QasmType.Kind.UINT, width);
        boolean divides = operator == QasmToken.SLASH || operator == QasmToken.PERCENT;
        if (divides && isSigned) throw notes.error(QasmRule.UNSUPPORTED_DIVISION, at);
        if (divides && right instanceof QasmValue.Whole(long zero) && zero == 0) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC, at, operator.spelling() + " 0", "division by zero");
        }
        int[] result =
                switch (operator) {
                    case PLUS -> network.add(a, b, BitNetwork.FALSE);
                    case MINUS -> network.add(a, BitNetwork.not(b), BitNetwork.TRUE);
                    case STAR -> network.multiply(a, b);
                    case SLASH -> network.divide(a, b)[0];
                    case PERCENT -> network.divide(a, b)[1];
                    default ->
                            throw inapplicable(
                                    operator, left.described() + " and " + right.described(), at);
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
