package org.qmk.qir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The arithmetic of LLVM IR.
enum QirOperator {
    ADD("add"),
    SUB("sub"),
    MUL("mul"),
    UDIV("udiv"),
    SDIV("sdiv"),
    UREM("urem"),
    SREM("srem"),
    SHL("shl"),
    LSHR("lshr"),
    ASHR("ashr"),
    AND("and"),
    OR("or"),
    XOR("xor"),
    FADD("fadd"),
    FSUB("fsub"),
    FMUL("fmul"),
    FDIV("fdiv"),
    FREM("frem");

    private static final Map<String, QirOperator> BY_NAME = byName();

    private final String spelling;

    QirOperator(String spelling) {
        this.spelling = spelling;
    }

    String spelling() {
        return spelling;
    }

    boolean isReal() {
        return ordinal() >= FADD.ordinal();
    }

    boolean isDivision() {
        return this == UDIV || this == SDIV || this == UREM || this == SREM;
    }

    static Optional<QirOperator> of(String spelling) {
        return Optional.ofNullable(BY_NAME.get(spelling));
    }

    private static Map<String, QirOperator> byName() {
        Map<String, QirOperator> names = new HashMap<>();
        for (QirOperator operator : values()) names.put(operator.spelling, operator);
        return names;
    }

    /// The result on integers of some width, given and returned sign-extended. A shift by the
    /// width or more, which LLVM leaves undefined, gives what shifting bit by bit would.
    ///
    /// @param b not 0 for a division
    long apply(long a, long b, int bits) {
        long mask = bits == 64 ? -1 : (1L << bits) - 1;
        boolean far = Long.compareUnsigned(b & mask, bits) >= 0;
        long result =
                switch (this) {
                    case ADD -> a + b;
                    case SUB -> a - b;
                    case MUL -> a * b;
                    case UDIV -> Long.divideUnsigned(a & mask, b & mask);
                    case UREM -> Long.remainderUnsigned(a & mask, b & mask);
                    case SDIV -> a / b;
                    case SREM -> a % b;
                    case SHL -> far ? 0 : a << (b & mask);
                    case LSHR -> far ? 0 : (a & mask) >>> (b & mask);
                    case ASHR -> a >> (far ? 63 : b & mask);
                    case AND -> a & b;
                    case OR -> a | b;
                    case XOR -> a ^ b;
                    case FADD, FSUB, FMUL, FDIV, FREM ->
                            Double.doubleToRawLongBits(
                                    real(Double.longBitsToDouble(a), Double.longBitsToDouble(b)));
                };
        return isReal() ? result : extended(result, bits);
    }

    private double real(double a, double b) {
        return switch (this) {
            case FADD -> a + b;
            case FSUB -> a - b;
            case FMUL -> a * b;
            case FDIV -> a / b;
            case FREM -> a % b;
            case ADD, SUB, MUL, UDIV, SDIV, UREM, SREM, SHL, LSHR, ASHR, AND, OR, XOR ->
                    throw new IllegalStateException("on integers only: " + this);
        };
    }

    /// The low bits of a number, the highest of them repeated to the left.
    static long extended(long value, int bits) {
        return value << (64 - bits) >> (64 - bits);
    }
}
