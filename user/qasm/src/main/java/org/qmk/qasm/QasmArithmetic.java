package org.qmk.qasm;

/// The operators of OpenQASM on values.
final class QasmArithmetic {

    private final QasmNotes notes;
    private final BitNetwork network;
    private final WordArithmetic words;
    private boolean version2;

    QasmArithmetic(QasmNotes notes, BitNetwork network) {
        this.notes = notes;
        this.network = network;
        this.words = new WordArithmetic(notes, network);
    }

    void version2(boolean on) {
        version2 = on;
    }

    QasmValue unary(QasmExpression.Unary unary, QasmValue operand) {
        boolean isMinus = unary.operator() == QasmPrefix.MINUS;
        return switch (operand) {
            case QasmValue.Whole whole -> wholeUnary(unary, whole);
            case QasmValue.Real real when isMinus ->
                    new QasmValue.Real(
                            QasmConversion.rounded(-real.value(), real.type()), real.type());
            case QasmValue.Complex(double re, double im) when isMinus ->
                    new QasmValue.Complex(-re, -im);
            case QasmValue.Time(double amount, boolean isTicks) when isMinus ->
                    new QasmValue.Time(-amount, isTicks);
            case QasmValue.Real _, QasmValue.Complex _, QasmValue.Time _ ->
                    throw inapplicable(unary.operator().token, operand.described(), unary.start());
            case QasmValue.Word word -> wordUnary(unary, word);
        };
    }

    private QasmValue wholeUnary(QasmExpression.Unary unary, QasmValue.Whole whole) {
        long value = whole.value();
        return switch (unary.operator()) {
            case MINUS -> {
                if (!whole.isLiteral()) {
                    QasmType type = WordArithmetic.negative(whole.type());
                    yield new QasmValue.Whole(type.wrapped(-value), type);
                }
                if (value == Long.MIN_VALUE) throw overflow("-" + value, unary.start());
                yield new QasmValue.Whole(-value);
            }
            case COMPLEMENT -> complement(whole);
            case NOT -> bool(BitNetwork.constant(value == 0));
        };
    }

    private static QasmValue complement(QasmValue.Whole whole) {
        QasmType type = whole.type();
        if (type.kind() == QasmType.Kind.UINT && type.width() == 64) {
            return new QasmValue.Word(QasmConversion.literals(~whole.value(), 64), type);
        }
        return new QasmValue.Whole(type.wrapped(~whole.value()), type);
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
            case MINUS -> {
                boolean isAngle = word.type.isAngleOfBits();
                QasmType type = isAngle ? word.type : WordArithmetic.negative(word.type);
                int[] literals = QasmConversion.extended(word, type.width());
                yield QasmConversion.known(new QasmValue.Word(network.negate(literals), type));
            }
        };
    }

    QasmValue binary(QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        if (left instanceof QasmValue.Complex || right instanceof QasmValue.Complex) {
            return complexes(operator, left, right, at);
        }
        if (left instanceof QasmValue.Time || right instanceof QasmValue.Time) {
            return times(operator, left, right, at);
        }
        if (isAngleOfBits(left) || isAngleOfBits(right)) {
            return words.angles(operator, left, right, at);
        }
        if (left instanceof QasmValue.Real || right instanceof QasmValue.Real) {
            return reals(operator, left, right, at);
        }
        if (left instanceof QasmValue.Whole a && right instanceof QasmValue.Whole b) {
            return wholes(operator, a, b, at);
        }
        return words.binary(operator, left, right, at);
    }

    /// Whether a value is an angle that depends on measurements.
    private static boolean isAngleOfBits(QasmValue value) {
        return value instanceof QasmValue.Word word && word.type.isAngleOfBits();
    }

    private QasmValue complexes(
            QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        QasmValue.Complex a = complex(operator, left, right, left, at);
        QasmValue.Complex b = complex(operator, left, right, right, at);
        if (operator == QasmOperator.Comparison.EQUAL) return known(a.equals(b));
        if (operator == QasmOperator.Comparison.NOT_EQUAL) return known(!a.equals(b));
        if (!(operator instanceof QasmOperator.Calculation calculation)
                || operator == QasmOperator.Calculation.REMAINDER) {
            throw inapplicable(operator, left, right, at);
        }
        QasmValue.Complex result = ComplexArithmetic.calculated(calculation, a, b);
        if (!Double.isFinite(result.re()) || !Double.isFinite(result.im())) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC,
                    at,
                    left.described() + " " + operator.spelling() + " " + right.described(),
                    "the result is not a finite number");
        }
        return result;
    }

    private QasmValue.Complex complex(
            QasmOperator operator, QasmValue left, QasmValue right, QasmValue one, int at) {
        if (one instanceof QasmValue.Complex complex) return complex;
        return new QasmValue.Complex(number(operator, left, right, one, at), 0);
    }

    /// Durations are added and compared with durations, and multiplied with and divided by numbers.
    private QasmValue times(
            QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        boolean multiplies = operator == QasmOperator.Calculation.MULTIPLY;
        boolean divides = operator == QasmOperator.Calculation.DIVIDE;
        if (left instanceof QasmValue.Time a && right instanceof QasmValue.Time b) {
            if (a.isTicks() != b.isTicks()) {
                throw notes.error(
                        QasmRule.VALUE_ARITHMETIC,
                        at,
                        left.described() + " " + operator.spelling() + " " + right.described(),
                        "dt has no known length");
            }
            if (operator instanceof QasmOperator.Comparison comparison) {
                return known(compared(comparison, a.amount(), b.amount()));
            }
            if (divides) {
                return realCalculated(QasmOperator.Calculation.DIVIDE, a.amount(), b.amount(), at);
            }
            if (operator == QasmOperator.Calculation.ADD) {
                return new QasmValue.Time(a.amount() + b.amount(), a.isTicks());
            }
            if (operator == QasmOperator.Calculation.SUBTRACT) {
                return new QasmValue.Time(a.amount() - b.amount(), a.isTicks());
            }
        } else if (left instanceof QasmValue.Time a && (multiplies || divides)) {
            double factor = number(operator, left, right, right, at);
            if (factor != 0 || multiplies) {
                double scaled = divides ? a.amount() / factor : a.amount() * factor;
                return new QasmValue.Time(scaled, a.isTicks());
            }
        } else if (right instanceof QasmValue.Time b && multiplies) {
            double factor = number(operator, left, right, left, at);
            return new QasmValue.Time(factor * b.amount(), b.isTicks());
        }
        throw inapplicable(operator, left, right, at);
    }

    private static boolean compared(QasmOperator.Comparison comparison, double a, double b) {
        return switch (comparison) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case GREATER -> a > b;
            case LESS_EQUAL -> a <= b;
            case GREATER_EQUAL -> a >= b;
        };
    }

    private QasmValue reals(
            QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        double a = number(operator, left, right, left, at);
        double b = number(operator, left, right, right, at);
        return switch (operator) {
            case QasmOperator.Comparison comparison -> known(compared(comparison, a, b));
            case QasmOperator.Calculation calculation -> {
                QasmValue.Real result = realCalculated(calculation, a, b, at);
                yield asAngle(calculation, left, right, result);
            }
            case QasmOperator.Bitwise _, QasmOperator.Shift _ ->
                    angleBits(operator, left, right, at);
        };
    }

    /// Sums of two angles and whole multiples of one are angles again; the quotient of two is a
    /// whole number.
    private static QasmValue asAngle(
            QasmOperator.Calculation operator,
            QasmValue left,
            QasmValue right,
            QasmValue.Real result) {
        boolean leftAngle = left instanceof QasmValue.Real a && a.isAngle();
        boolean rightAngle = right instanceof QasmValue.Real b && b.isAngle();
        boolean isAngle =
                switch (operator) {
                    case ADD, SUBTRACT -> leftAngle && rightAngle;
                    case MULTIPLY ->
                            leftAngle && right instanceof QasmValue.Whole
                                    || rightAngle && left instanceof QasmValue.Whole;
                    case DIVIDE -> leftAngle && right instanceof QasmValue.Whole;
                    case REMAINDER -> leftAngle && rightAngle;
                    case POWER -> false;
                };
        if (operator == QasmOperator.Calculation.DIVIDE && leftAngle && rightAngle) {
            return new QasmValue.Whole((long) Math.floor(result.value()));
        }
        if (!isAngle) return result;
        int a = leftAngle ? ((QasmValue.Real) left).type().width() : -1;
        int b = rightAngle ? ((QasmValue.Real) right).type().width() : -1;
        // an angle without a stated width is the finest
        var type = new QasmType(QasmType.Kind.ANGLE, a == 0 || b == 0 ? 0 : Math.max(a, b));
        return new QasmValue.Real(QasmConversion.rounded(result.value(), type), type);
    }

    /// Shifts and bitwise operators on an angle of a stated width work on its bits.
    private QasmValue angleBits(
            QasmOperator.Numeric operator, QasmValue left, QasmValue right, int at) {
        boolean fits =
                left instanceof QasmValue.Real angle
                        && angle.isAngle()
                        && angle.type().isAngleOfBits();
        if (!fits) throw inapplicable(operator, left, right, at);
        var angle = (QasmValue.Real) left;
        int width = angle.type().width();
        long a = QasmConversion.parts(angle);
        boolean isShift = operator instanceof QasmOperator.Shift;
        boolean sameWidth =
                right instanceof QasmValue.Real other && other.type().equals(angle.type());
        long b;
        if (right instanceof QasmValue.Whole(long whole, var _) && whole >= 0 && isShift) b = whole;
        else if (sameWidth && !isShift) b = QasmConversion.parts((QasmValue.Real) right);
        else throw inapplicable(operator, left, right, at);
        long bits =
                switch (operator) {
                    case QasmOperator.Bitwise bitwise -> combined(bitwise, a, b);
                    case QasmOperator.Shift shift ->
                            b >= width ? 0 : shift == QasmOperator.Shift.LEFT ? a << b : a >>> b;
                    case QasmOperator.Comparison _, QasmOperator.Calculation _ ->
                            throw inapplicable(operator, left, right, at);
                };
        return QasmConversion.angle(bits & (1L << width) - 1, angle.type());
    }

    private static long combined(QasmOperator.Bitwise operator, long a, long b) {
        return switch (operator) {
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
        };
    }

    private QasmValue.Real realCalculated(
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
            case QasmValue.Whole(long whole, var _) -> whole;
            case QasmValue.Real(double real, var _) -> real;
            case QasmValue.Complex _, QasmValue.Time _ ->
                    throw inapplicable(operator, left, right, at);
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

    private QasmValue wholes(
            QasmOperator.Numeric operator, QasmValue.Whole left, QasmValue.Whole right, int at) {
        long a = left.value();
        long b = right.value();
        if (operator instanceof QasmOperator.Comparison comparison) {
            return known(compared(comparison, a, b));
        }
        boolean shifts = operator instanceof QasmOperator.Shift;
        boolean powers = operator == QasmOperator.Calculation.POWER;
        if (left.isLiteral() && (right.isLiteral() || shifts || powers)) {
            return literals(operator, a, b, at);
        }
        if (powers && b < 0) {
            return reals(operator, new QasmValue.Real(a), new QasmValue.Real(b), at);
        }
        QasmType type =
                shifts || powers ? left.type() : WordArithmetic.common(operator, left, right);
        // what does not fit a signed long is kept as bits
        if (type.kind() == QasmType.Kind.UINT && type.width() == 64) {
            return words.binary(operator, left, right, at);
        }
        long x = type.wrapped(a);
        long y = shifts || powers ? b : type.wrapped(b);
        long result =
                switch (operator) {
                    case QasmOperator.Comparison _ -> throw new IllegalStateException("compared");
                    case QasmOperator.Bitwise bitwise -> combined(bitwise, x, y);
                    case QasmOperator.Shift shift -> wrappedShift(shift, x, y, at);
                    case QasmOperator.Calculation calculation ->
                            wrappedCalculation(calculation, x, y, at);
                };
        return new QasmValue.Whole(type.wrapped(result), type);
    }

    private long wrappedShift(QasmOperator.Shift operator, long a, long b, int at) {
        if (b < 0) throw negativeDistance(a + " " + operator.spelling() + " " + b, at);
        if (operator == QasmOperator.Shift.RIGHT) return a >> Math.min(b, 63);
        return b > 63 ? 0 : a << b;
    }

    private long wrappedCalculation(QasmOperator.Calculation operator, long a, long b, int at) {
        if (operator.divides() && b == 0) {
            throw divisionByZero(a + " " + operator.spelling() + " " + b, at);
        }
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case POWER -> wrappedPower(a, b);
        };
    }

    private static long wrappedPower(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long left = exponent; left != 0; left >>>= 1) {
            if ((left & 1) != 0) result *= square;
            square *= square;
        }
        return result;
    }

    private QasmRefusal negativeDistance(String formula, int at) {
        return notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "the distance is negative");
    }

    private QasmRefusal divisionByZero(String formula, int at) {
        return notes.error(QasmRule.VALUE_ARITHMETIC, at, formula, "division by zero");
    }

    /// Numbers as they are written down are exact.
    private QasmValue literals(QasmOperator.Numeric operator, long a, long b, int at) {
        return switch (operator) {
            case QasmOperator.Comparison comparison -> known(compared(comparison, a, b));
            case QasmOperator.Bitwise bitwise -> new QasmValue.Whole(combined(bitwise, a, b));
            case QasmOperator.Shift shift -> shifted(shift, a, b, at);
            case QasmOperator.Calculation calculation -> calculated(calculation, a, b, at);
        };
    }

    private QasmValue shifted(QasmOperator.Shift operator, long a, long b, int at) {
        String formula = a + " " + operator.spelling() + " " + b;
        if (b < 0) throw negativeDistance(formula, at);
        if (operator == QasmOperator.Shift.RIGHT) return new QasmValue.Whole(a >> Math.min(b, 63));
        if (a != 0 && (b > 62 || a << b >> b != a)) throw overflow(formula, at);
        return new QasmValue.Whole(a == 0 ? 0 : a << b);
    }

    private QasmValue calculated(QasmOperator.Calculation operator, long a, long b, int at) {
        String formula = a + " " + operator.spelling() + " " + b;
        if (operator.divides() && b == 0) throw divisionByZero(formula, at);
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
}
