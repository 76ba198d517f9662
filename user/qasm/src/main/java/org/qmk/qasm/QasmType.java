package org.qmk.qasm;

/// A type of a classical value, its width known.
///
/// @param width bits; 1 for BIT and BOOL, 0 for types that are no bits, for ANGLE without a stated
///     width and for INT of a number that is written down
record QasmType(Kind kind, int width) {

    enum Kind {
        BIT,
        REGISTER,
        BOOL,
        INT,
        UINT,
        FLOAT,
        ANGLE,
        COMPLEX,
        DURATION,
        STRETCH
    }

    static final QasmType BIT = new QasmType(Kind.BIT, 1);
    static final QasmType BOOL = new QasmType(Kind.BOOL, 1);
    static final QasmType FLOAT = new QasmType(Kind.FLOAT, 0);
    static final QasmType COMPLEX = new QasmType(Kind.COMPLEX, 0);
    static final QasmType DURATION = new QasmType(Kind.DURATION, 0);
    static final QasmType STRETCH = new QasmType(Kind.STRETCH, 0);

    /// Of a number that is written down: as wide as it needs.
    static final QasmType LITERAL = new QasmType(Kind.INT, 0);

    static QasmType register(int width) {
        return new QasmType(Kind.REGISTER, width);
    }

    /// Bits of an angle that a double holds exactly. Wider angles are no bits.
    private static final int ANGLE_BITS_MAX = 52;

    /// Whether values are angles that are bits: in parts of 2 pi / 2^width.
    boolean isAngleOfBits() {
        return kind == Kind.ANGLE && isBits();
    }

    boolean isReal() {
        return kind == Kind.FLOAT || kind == Kind.ANGLE;
    }

    boolean isWhole() {
        return kind == Kind.INT || kind == Kind.UINT;
    }

    /// Whether a variable of the type is bits in the store, which measurements may decide.
    boolean isBits() {
        return switch (kind) {
            case BIT, REGISTER, BOOL, INT, UINT -> true;
            case ANGLE -> width > 0 && width <= ANGLE_BITS_MAX;
            case FLOAT, COMPLEX, DURATION, STRETCH -> false;
        };
    }

    /// The number that the lowest `width` bits of a value stand for.
    long wrapped(long value) {
        if (width == 0 || width >= 64) return value;
        int unused = 64 - width;
        return kind == Kind.INT ? value << unused >> unused : value << unused >>> unused;
    }

    /// The type in words.
    String described() {
        return switch (kind) {
            case BIT -> "a bit";
            case REGISTER -> "a register of " + width + " bits";
            case BOOL -> "a truth value";
            case INT -> width == 0 ? "a whole number" : "an integer of " + width + " bits";
            case UINT -> "an integer of " + width + " bits without sign";
            case FLOAT -> "a float";
            case ANGLE -> "an angle";
            case COMPLEX -> "a complex number";
            case DURATION -> "a duration";
            case STRETCH -> "a stretch";
        };
    }
}
