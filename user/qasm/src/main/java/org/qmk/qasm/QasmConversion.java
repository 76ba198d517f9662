package org.qmk.qasm;

import java.util.Arrays;

/// Turns values of one type into values of another.
final class QasmConversion {

    private final QasmNotes notes;
    private final BitNetwork network;

    QasmConversion(QasmNotes notes, BitNetwork network) {
        this.notes = notes;
        this.network = network;
    }

    /// An integer or angle whose bits are all known becomes a number.
    static QasmValue known(QasmValue.Word word) {
        if (word.type.isAngleOfBits() && word.isKnown()) return angle(word.number(), word.type);
        boolean number = word.type.isWhole() && word.isKnown();
        if (!number) return word;
        long value = word.number();
        // 64 bits without sign may not fit a long; such a value stays bits
        return !word.isSigned() && word.literals.length == 64 && value < 0
                ? word
                : new QasmValue.Whole(value, word.type);
    }

    double real(QasmValue value, QasmExpression from) {
        return switch (value) {
            case QasmValue.Whole(long whole, var _) -> whole;
            case QasmValue.Real(double real, var _) -> real;
            case QasmValue.Complex _, QasmValue.Time _ ->
                    throw mismatch(from, value, "a real number");
            case QasmValue.Word word -> number(word, from);
        };
    }

    long whole(QasmValue value, QasmExpression from) {
        return switch (value) {
            case QasmValue.Whole(long whole, var _) -> whole;
            case QasmValue.Real(double real, var _) -> {
                if (real != Math.rint(real) || Math.abs(real) > 1L << 62) {
                    throw mismatch(from, value, "a whole number");
                }
                yield (long) real;
            }
            case QasmValue.Complex _, QasmValue.Time _ ->
                    throw mismatch(from, value, "a whole number");
            case QasmValue.Word word -> number(word, from);
        };
    }

    private long number(QasmValue.Word word, QasmExpression from) {
        if (!word.isKnown()) {
            throw notes.error(QasmRule.TYPE_CONSTANT, from.start(), text(from));
        }
        if (word.literals.length > 63 && !word.isSigned())
            throw mismatch(from, word, "fewer than 64 bits");
        return word.number();
    }

    /// Whether a value is not zero, as a literal.
    int truth(QasmValue value, QasmExpression from) {
        return switch (value) {
            case QasmValue.Whole(long whole, var _) -> BitNetwork.constant(whole != 0);
            case QasmValue.Real _, QasmValue.Complex _, QasmValue.Time _ ->
                    throw mismatch(from, value, "a condition");
            case QasmValue.Word word -> any(word.literals);
        };
    }

    private int any(int[] literals) {
        int any = BitNetwork.FALSE;
        for (int literal : literals) any = network.or(any, literal);
        return any;
    }

    private String text(QasmExpression from) {
        return notes.excerpt(from.start(), from.end());
    }

    private QasmRefusal mismatch(QasmExpression from, QasmValue value, String wanted) {
        return notes.error(
                QasmRule.TYPE_MISMATCH, from.start(), text(from), value.described(), wanted);
    }

    /// An explicit conversion.
    QasmValue cast(QasmValue value, QasmType type, QasmExpression.Cast cast) {
        QasmExpression from = cast.operand();
        boolean toRegister = type.kind() == QasmType.Kind.REGISTER;
        if (toRegister && value instanceof QasmValue.Whole(long whole, var _)) {
            return new QasmValue.Word(literals(whole, type.width()), type);
        }
        if (toRegister && value instanceof QasmValue.Real real && real.type().isAngleOfBits()) {
            agree(real.type().width(), type.width(), from);
            return new QasmValue.Word(literals(parts(real), type.width()), type);
        }
        if (toRegister && value instanceof QasmValue.Word word && word.type.isAngleOfBits()) {
            agree(word.literals.length, type.width(), from);
            return new QasmValue.Word(word.literals, type);
        }
        if (toRegister && value instanceof QasmValue.Word word && word.type.isWhole()) {
            return new QasmValue.Word(extended(word, type.width()), type);
        }
        boolean reads =
                type.isAngleOfBits()
                        && value instanceof QasmValue.Word word
                        && word.type.kind() == QasmType.Kind.REGISTER;
        if (reads) {
            agree(((QasmValue.Word) value).literals.length, type.width(), from);
            return known(new QasmValue.Word(((QasmValue.Word) value).literals, type));
        }
        if (!type.isBits()) return number(value, type, from);
        return known(new QasmValue.Word(literals(value, type, from), type));
    }

    /// The value that a variable of a type that is no bits gets.
    QasmValue number(QasmValue value, QasmType type, QasmExpression from) {
        return switch (type.kind()) {
            case FLOAT, ANGLE -> new QasmValue.Real(rounded(real(value, from), type), type);
            case COMPLEX ->
                    value instanceof QasmValue.Complex
                            ? value
                            : new QasmValue.Complex(real(value, from), 0);
            case DURATION -> {
                if (value instanceof QasmValue.Time) yield value;
                throw mismatch(from, value, "a duration");
            }
            case STRETCH -> throw mismatch(from, value, "no value: a stretch has none");
            case BIT, REGISTER, BOOL, INT, UINT -> throw new IllegalStateException("bits");
        };
    }

    private void agree(int found, int wanted, QasmExpression from) {
        if (found == wanted) return;
        throw notes.error(
                QasmRule.VALUE_LENGTH, from.start(), text(from), found, "its place", wanted);
    }

    /// The angle in parts of 2 pi / 2^width.
    static long parts(QasmValue.Real angle) {
        double parts = (double) (1L << angle.type().width());
        return (long) Math.rint(angle.value() / (2 * Math.PI) * parts);
    }

    /// The angle of so many parts.
    static QasmValue.Real angle(long parts, QasmType type) {
        return new QasmValue.Real(parts * (2 * Math.PI) / (double) (1L << type.width()), type);
    }

    /// The number that a float or angle variable keeps: an angle lies in [0, 2 pi) and, where its
    /// width is stated, is a multiple of 2 pi / 2^width.
    static double rounded(double value, QasmType type) {
        if (type.kind() != QasmType.Kind.ANGLE || !Double.isFinite(value)) return value;
        double turn = 2 * Math.PI;
        double within = value - turn * Math.floor(value / turn);
        if (type.width() == 0 || type.width() > 52) return within;
        double parts = (double) (1L << type.width());
        double part = Math.rint(within / turn * parts);
        return part == parts ? 0 : part * turn / parts;
    }

    /// The bits of a value assigned to a variable of bits, truth or integer type.
    int[] literals(QasmValue value, QasmType type, QasmExpression from) {
        return switch (type.kind()) {
            case BIT -> new int[] {bit(value, from)};
            case BOOL ->
                    new int[] {
                        value instanceof QasmValue.Real(double real, var _)
                                ? BitNetwork.constant(real != 0)
                                : truth(value, from)
                    };
            case REGISTER -> register(value, type.width(), from);
            case INT, UINT -> integer(value, type.width(), from);
            case ANGLE -> angleBits(value, type, from);
            case FLOAT, COMPLEX, DURATION, STRETCH -> throw mismatch(from, value, "bits");
        };
    }

    /// An angle of another width keeps its highest bits.
    private int[] angleBits(QasmValue value, QasmType type, QasmExpression from) {
        if (value instanceof QasmValue.Word word && word.type.isAngleOfBits()) {
            int[] literals = new int[type.width()];
            int shift = type.width() - word.literals.length;
            for (int i = Math.max(0, shift); i < literals.length; i++) {
                literals[i] = word.literals[i - shift];
            }
            return literals;
        }
        double rounded = rounded(real(value, from), type);
        return literals(parts(new QasmValue.Real(rounded, type)), type.width());
    }

    private int bit(QasmValue value, QasmExpression from) {
        if (value instanceof QasmValue.Word word && word.literals.length == 1)
            return word.literals[0];
        if (value instanceof QasmValue.Whole(long whole, var _) && (whole == 0 || whole == 1)) {
            return BitNetwork.constant(whole == 1);
        }
        throw mismatch(from, value, "a bit");
    }

    private int[] register(QasmValue value, int width, QasmExpression from) {
        if (value instanceof QasmValue.Whole(long whole, var _)) {
            if (whole < 0 || width < 63 && whole >= 1L << width) {
                throw mismatch(from, value, "a number of " + width + " bits without sign");
            }
            return literals(whole, width);
        }
        if (value instanceof QasmValue.Word word) {
            if (word.literals.length == width) return word.literals;
            throw notes.error(
                    QasmRule.VALUE_LENGTH,
                    from.start(),
                    text(from),
                    word.literals.length,
                    "its place",
                    width);
        }
        throw mismatch(from, value, "a register of " + width + " bits");
    }

    private int[] integer(QasmValue value, int width, QasmExpression from) {
        return switch (value) {
            case QasmValue.Whole(long whole, var _) -> literals(whole, width);
            case QasmValue.Real(double real, var _) -> {
                if (!(Math.abs(real) < 1L << 62)) throw mismatch(from, value, "a whole number");
                yield literals((long) real, width);
            }
            case QasmValue.Complex _, QasmValue.Time _ ->
                    throw mismatch(from, value, "a whole number");
            case QasmValue.Word word -> extended(word, width);
        };
    }

    /// The word at another width: cut off, or filled with its sign.
    static int[] extended(QasmValue.Word word, int width) {
        int[] literals = Arrays.copyOf(word.literals, width);
        int fill = word.isSigned() ? word.literals[word.literals.length - 1] : BitNetwork.FALSE;
        for (int i = word.literals.length; i < width; i++) literals[i] = fill;
        return literals;
    }

    /// The lowest bits of a number.
    static int[] literals(long value, int width) {
        int[] literals = new int[width];
        for (int i = 0; i < width; i++) {
            literals[i] = BitNetwork.constant((value >> Math.min(i, 63) & 1) != 0);
        }
        return literals;
    }
}
