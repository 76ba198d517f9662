package org.qmk.qir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The conversions of LLVM IR.
enum QirConversion {
    ZEXT("zext"),
    SEXT("sext"),
    TRUNC("trunc"),
    SITOFP("sitofp"),
    UITOFP("uitofp"),
    FPTOSI("fptosi"),
    FPTOUI("fptoui"),
    INTTOPTR("inttoptr"),
    PTRTOINT("ptrtoint"),
    BITCAST("bitcast");

    private static final Map<String, QirConversion> BY_NAME = byName();

    private final String spelling;

    QirConversion(String spelling) {
        this.spelling = spelling;
    }

    String spelling() {
        return spelling;
    }

    static Optional<QirConversion> of(String spelling) {
        return Optional.ofNullable(BY_NAME.get(spelling));
    }

    private static Map<String, QirConversion> byName() {
        Map<String, QirConversion> names = new HashMap<>();
        for (QirConversion conversion : values()) names.put(conversion.spelling, conversion);
        return names;
    }

    /// Whether a value of one type can become one of the other so.
    boolean fits(QirType from, QirType to) {
        int a = from instanceof QirType.Whole(int bits) ? bits : 0;
        int b = to instanceof QirType.Whole(int bits) ? bits : 0;
        return switch (this) {
            case ZEXT, SEXT -> a > 0 && b > a;
            case TRUNC -> b > 0 && a > b;
            case SITOFP, UITOFP -> a > 0 && to.equals(QirType.REAL);
            case FPTOSI, FPTOUI -> from.equals(QirType.REAL) && b > 0;
            case INTTOPTR -> a > 0 && to.equals(QirType.POINTER);
            case PTRTOINT -> from.equals(QirType.POINTER) && b > 0;
            case BITCAST ->
                    from.equals(to)
                            || a == 64 && to.equals(QirType.REAL)
                            || from.equals(QirType.REAL) && b == 64;
        };
    }

    /// The converted value; integers sign-extended, doubles by their bits. A number too large for
    /// its new type, which LLVM leaves undefined, becomes the nearest one.
    ///
    /// @param from bits of the old type, if it is an integer
    /// @param to bits of the new type, if it is an integer
    long apply(long value, int from, int to) {
        return switch (this) {
            case ZEXT -> from == 64 ? value : value & (1L << from) - 1;
            case SEXT, BITCAST, INTTOPTR -> value;
            case TRUNC, PTRTOINT -> QirOperator.extended(value, to);
            case SITOFP -> Double.doubleToRawLongBits((double) value);
            case UITOFP -> Double.doubleToRawLongBits(unsigned(ZEXT.apply(value, from, 64)));
            case FPTOSI -> {
                double nearest = Double.longBitsToDouble(value);
                long most = Long.MAX_VALUE >> (64 - to);
                yield Math.clamp((long) nearest, -most - 1, most);
            }
            case FPTOUI -> {
                double nearest = Math.max(0, Double.longBitsToDouble(value));
                long whole =
                        nearest < 0x1p63
                                ? (long) nearest
                                : nearest < 0x1p64 ? (long) (nearest - 0x1p63) ^ 1L << 63 : -1;
                yield QirOperator.extended(whole, to);
            }
        };
    }

    private static double unsigned(long value) {
        double half = (double) (value >>> 1 | value & 1);
        return value >= 0 ? (double) value : 2 * half;
    }
}
