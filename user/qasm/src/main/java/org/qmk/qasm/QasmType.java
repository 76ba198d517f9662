package org.qmk.qasm;

/// A type of a classical value, its width known.
///
/// @param width bits; 1 for BIT and BOOL, 0 for FLOAT and for ANGLE without a stated width
record QasmType(Kind kind, int width) {

    enum Kind {
        BIT,
        REGISTER,
        BOOL,
        INT,
        UINT,
        FLOAT,
        ANGLE
    }

    static final QasmType BIT = new QasmType(Kind.BIT, 1);
    static final QasmType BOOL = new QasmType(Kind.BOOL, 1);
    static final QasmType FLOAT = new QasmType(Kind.FLOAT, 0);

    static QasmType register(int width) {
        return new QasmType(Kind.REGISTER, width);
    }

    boolean isReal() {
        return kind == Kind.FLOAT || kind == Kind.ANGLE;
    }

    boolean isWhole() {
        return kind == Kind.INT || kind == Kind.UINT;
    }

    /// The type in words.
    String described() {
        return switch (kind) {
            case BIT -> "a bit";
            case REGISTER -> "a register of " + width + " bits";
            case BOOL -> "a truth value";
            case INT -> "an integer of " + width + " bits";
            case UINT -> "an integer of " + width + " bits without sign";
            case FLOAT -> "a float";
            case ANGLE -> "an angle";
        };
    }
}
