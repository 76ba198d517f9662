package org.qmk.qasm;

import java.util.Optional;

/// The operators of OpenQASM on bits and integers that depend on measurements.
///
/// Both sides are brought to a common width that holds either value; results are modulo 2^width.
final class WordArithmetic {

    private final QasmNotes notes;
    private final BitNetwork network;

    WordArithmetic(QasmNotes notes, BitNetwork network) {
        this.notes = notes;
        this.network = network;
    }

    /// At least one side is a word.
    QasmValue binary(QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
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
            case QasmOperator.Shift shift -> shifted(shift, left, right, at);
            case QasmOperator.Bitwise bitwise -> bitwise(bitwise, left, right, at);
            case QasmOperator.Calculation calculation -> calculated(calculation, left, right, at);
        };
    }

    /// An angle that depends on measurements, and an angle of the same width or a whole number.
    QasmValue angles(QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        boolean shifts = operator instanceof QasmOperator.Shift;
        if (shifts && isAngle(left) && isInteger(right)) return binary(operator, left, right, at);
        if (operator == QasmOperator.Calculation.MULTIPLY) {
            QasmValue angle = isAngle(left) ? left : right;
            QasmValue factor = isAngle(left) ? right : left;
            if (isInteger(factor)) return multiple((QasmValue.Word) angle, factor);
        }
        QasmType type = ((QasmValue.Word) (isAngle(left) ? left : right)).type;
        Optional<int[]> a = angle(left, type);
        Optional<int[]> b = angle(right, type);
        boolean divides =
                operator instanceof QasmOperator.Calculation
                        && operator != QasmOperator.Calculation.ADD
                        && operator != QasmOperator.Calculation.SUBTRACT;
        if (shifts || divides || a.isEmpty() || b.isEmpty()) {
            throw notes.error(
                    QasmRule.TYPE_OPERATOR,
                    at,
                    operator.spelling(),
                    left.described() + " and " + right.described());
        }
        var x = new QasmValue.Word(a.get(), type);
        var y = new QasmValue.Word(b.get(), type);
        if (!(operator instanceof QasmOperator.Calculation)) return binary(operator, x, y, at);
        int[] result =
                operator == QasmOperator.Calculation.ADD
                        ? network.add(x.literals, y.literals, BitNetwork.FALSE)
                        : network.add(x.literals, BitNetwork.not(y.literals), BitNetwork.TRUE);
        return QasmConversion.known(new QasmValue.Word(result, type));
    }

    private static boolean isAngle(QasmValue value) {
        return value instanceof QasmValue.Word word && word.type.isAngleOfBits();
    }

    private static boolean isInteger(QasmValue value) {
        return value instanceof QasmValue.Whole
                || value instanceof QasmValue.Word word && word.type.isWhole();
    }

    private QasmValue multiple(QasmValue.Word angle, QasmValue factor) {
        int[] product = network.multiply(angle.literals, bits(factor, angle.literals.length));
        return QasmConversion.known(new QasmValue.Word(product, angle.type));
    }

    /// The bits of an angle of a type.
    private static Optional<int[]> angle(QasmValue value, QasmType type) {
        if (value instanceof QasmValue.Word word && word.type.equals(type)) {
            return Optional.of(word.literals);
        }
        if (value instanceof QasmValue.Real real && real.type().equals(type)) {
            return Optional.of(QasmConversion.literals(QasmConversion.parts(real), type.width()));
        }
        return Optional.empty();
    }

    private static QasmValue bool(int literal) {
        return new QasmValue.Word(new int[] {literal}, QasmType.BOOL);
    }

    private int equal(QasmValue left, QasmValue right) {
        int width = comparisonWidth(left, right);
        return network.equal(bits(left, width), bits(right, width));
    }

    private int less(QasmValue left, QasmValue right) {
        int width = comparisonWidth(left, right);
        int[] a = bits(left, width).clone();
        int[] b = bits(right, width).clone();
        // with the sign bits flipped, order with sign is order without
        a[width - 1] = BitNetwork.not(a[width - 1]);
        b[width - 1] = BitNetwork.not(b[width - 1]);
        return network.less(a, b);
    }

    /// Enough bits for either side with a sign.
    private static int comparisonWidth(QasmValue left, QasmValue right) {
        return 1 + Math.max(width(left, false), width(right, false));
    }

    /// The integer type in which two sides are calculated with: it has a sign if one side has, and
    /// holds the values of both, as far as 64 bits do. A difference always has a sign, for it may
    /// be below 0 where neither side is.
    static QasmType common(QasmOperator operator, QasmValue left, QasmValue right) {
        boolean isSigned =
                operator == QasmOperator.Calculation.SUBTRACT || isSigned(left) || isSigned(right);
        int width = Math.max(width(left, isSigned), width(right, isSigned));
        int most = Math.max(MOST, Math.max(stated(left), stated(right)));
        return new QasmType(
                isSigned ? QasmType.Kind.INT : QasmType.Kind.UINT, Math.min(width, most));
    }

    /// The type of a value with its sign turned.
    static QasmType negative(QasmType type) {
        if (type.kind() == QasmType.Kind.INT) return type;
        int width = type.width() == MOST ? MOST : type.width() + 1;
        return new QasmType(QasmType.Kind.INT, width);
    }

    /// Bits of the widest integer. Registers may be longer.
    private static final int MOST = 64;

    private static int stated(QasmValue value) {
        return value instanceof QasmValue.Word word ? word.literals.length : 0;
    }

    private static boolean isSigned(QasmValue value) {
        return switch (value) {
            case QasmValue.Whole whole -> whole.isSigned();
            case QasmValue.Word word -> word.isSigned();
            case QasmValue.Real _, QasmValue.Complex _, QasmValue.Time _ -> true;
        };
    }

    /// Bits that a value needs.
    ///
    /// @param isSigned whether a bit for the sign comes on top of a value that has none
    private static int width(QasmValue value, boolean isSigned) {
        int sign = isSigned ? 1 : 0;
        return switch (value) {
            case QasmValue.Whole whole -> {
                long number = whole.value();
                if (!whole.isLiteral()) {
                    yield whole.type().width() + (whole.isSigned() ? 0 : sign);
                }
                if (number < 0) yield 65 - Long.numberOfLeadingZeros(~number);
                yield Math.max(1, 64 - Long.numberOfLeadingZeros(number)) + sign;
            }
            case QasmValue.Word word -> word.literals.length + (word.isSigned() ? 0 : sign);
            case QasmValue.Real _, QasmValue.Complex _, QasmValue.Time _ -> 1;
        };
    }

    private static int[] bits(QasmValue value, int width) {
        return switch (value) {
            case QasmValue.Whole(long whole, var _) -> QasmConversion.literals(whole, width);
            case QasmValue.Real(double real, var _) -> QasmConversion.literals((long) real, width);
            case QasmValue.Word word -> QasmConversion.extended(word, width);
            case QasmValue.Complex _, QasmValue.Time _ ->
                    throw new IllegalStateException("not a number of bits");
        };
    }

    private QasmValue shifted(
            QasmOperator.Shift operator, QasmValue left, QasmValue right, int at) {
        boolean isLeft = operator == QasmOperator.Shift.LEFT;
        if (right instanceof QasmValue.Whole(long distance, var _) && distance < 0) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC,
                    at,
                    operator.spelling() + " " + distance,
                    "the distance is negative");
        }
        QasmType type = shiftedType(left);
        int[] places =
                bits(right, right instanceof QasmValue.Word word ? word.literals.length : 31);
        int[] word = bits(left, type.width());
        boolean keepsSign = !isLeft && type.kind() == QasmType.Kind.INT;
        int fill = keepsSign ? word[word.length - 1] : BitNetwork.FALSE;
        int[] shifted = network.shift(word, places, isLeft, fill);
        return QasmConversion.known(new QasmValue.Word(shifted, type));
    }

    private static QasmType shiftedType(QasmValue left) {
        if (left instanceof QasmValue.Word word) return word.type;
        if (left instanceof QasmValue.Whole whole && !whole.isLiteral()) return whole.type();
        return new QasmType(QasmType.Kind.INT, QasmEvaluator.INTEGER_WIDTH);
    }

    private QasmValue bitwise(
            QasmOperator.Bitwise operator, QasmValue left, QasmValue right, int at) {
        QasmType type = bitwiseType(operator, left, right, at);
        int[] a = bits(left, type.width());
        int[] b = bits(right, type.width());
        int[] result = new int[type.width()];
        for (int i = 0; i < result.length; i++) {
            result[i] =
                    switch (operator) {
                        case AND -> network.and(a[i], b[i]);
                        case OR -> network.or(a[i], b[i]);
                        case XOR -> network.xor(a[i], b[i]);
                    };
        }
        return QasmConversion.known(new QasmValue.Word(result, type));
    }

    /// Integers are brought to one width; registers must have it.
    private QasmType bitwiseType(
            QasmOperator.Bitwise operator, QasmValue left, QasmValue right, int at) {
        boolean leftBits = left instanceof QasmValue.Word word && !word.type.isWhole();
        boolean rightBits = right instanceof QasmValue.Word word && !word.type.isWhole();
        if (!leftBits && !rightBits) return common(operator, left, right);
        boolean bothWords = left instanceof QasmValue.Word && right instanceof QasmValue.Word;
        int width = Math.max(width(left, false), width(right, false));
        if (bothWords && width(left, false) != width(right, false)) {
            throw notes.error(
                    QasmRule.VALUE_LENGTH,
                    at,
                    "one side of " + operator.spelling(),
                    width(left, false),
                    "the other",
                    width(right, false));
        }
        QasmType type = leftBits ? ((QasmValue.Word) left).type : ((QasmValue.Word) right).type;
        return type.width() == width ? type : QasmType.register(width);
    }

    private QasmValue calculated(
            QasmOperator.Calculation operator, QasmValue first, QasmValue second, int at) {
        QasmValue left = number(first);
        QasmValue right = number(second);
        if (operator == QasmOperator.Calculation.POWER) return power(left, right, at);
        QasmType type = common(operator, left, right);
        int[] a = bits(left, type.width());
        int[] b = bits(right, type.width());
        boolean divides = operator.divides();
        if (divides && right instanceof QasmValue.Whole(long zero, var _) && zero == 0) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC, at, operator.spelling() + " 0", "division by zero");
        }
        int[] result =
                switch (operator) {
                    case ADD -> network.add(a, b, BitNetwork.FALSE);
                    case SUBTRACT -> network.add(a, BitNetwork.not(b), BitNetwork.TRUE);
                    case MULTIPLY -> network.multiply(a, b);
                    case DIVIDE -> divided(a, b, type)[0];
                    case REMAINDER -> divided(a, b, type)[1];
                    case POWER -> throw new IllegalStateException("a power is apart");
                };
        return QasmConversion.known(new QasmValue.Word(result, type));
    }

    /// A bit or a truth value counts as an integer of the usual width.
    private static QasmValue number(QasmValue value) {
        boolean isBit =
                value instanceof QasmValue.Word word
                        && (word.type.kind() == QasmType.Kind.BIT
                                || word.type.kind() == QasmType.Kind.BOOL);
        if (!isBit) return value;
        var type = new QasmType(QasmType.Kind.UINT, QasmEvaluator.INTEGER_WIDTH);
        int[] literals = QasmConversion.extended((QasmValue.Word) value, type.width());
        return new QasmValue.Word(literals, type);
    }

    /// Quotient, rounded towards zero, and remainder, which has the sign of the dividend.
    private int[][] divided(int[] a, int[] b, QasmType type) {
        if (type.kind() == QasmType.Kind.UINT) return network.divide(a, b);
        int signA = a[a.length - 1];
        int signB = b[b.length - 1];
        int[][] parts = network.divide(magnitude(a, signA), magnitude(b, signB));
        return new int[][] {
            magnitude(parts[0], network.xor(signA, signB)), magnitude(parts[1], signA)
        };
    }

    /// The word negated where a literal holds.
    private int[] magnitude(int[] word, int negative) {
        int[] flipped = new int[word.length];
        for (int i = 0; i < word.length; i++) flipped[i] = network.xor(word[i], negative);
        return network.add(flipped, new int[word.length], negative);
    }

    /// By squaring, modulo 2^width of the base.
    private QasmValue power(QasmValue base, QasmValue exponent, int at) {
        if (isSigned(exponent)) {
            throw notes.error(
                    QasmRule.TYPE_OPERATOR,
                    at,
                    "**",
                    base.described() + " and " + exponent.described() + ", which has a sign");
        }
        QasmType type = shiftedType(base);
        if (!type.isWhole()) type = new QasmType(QasmType.Kind.UINT, type.width());
        int[] square = bits(base, type.width());
        int[] result = QasmConversion.literals(1, type.width());
        int[] times = bits(exponent, width(exponent, false));
        for (int i = 0; i < times.length; i++) {
            int[] more = network.multiply(result, square);
            for (int j = 0; j < more.length; j++) {
                more[j] = network.select(times[i], more[j], result[j]);
            }
            result = more;
            if (i + 1 < times.length) square = network.multiply(square, square);
        }
        return QasmConversion.known(new QasmValue.Word(result, type));
    }
}
