package org.qmk.qec.circuit;

/// A target of an instruction, as an int: 24 bits of a number, and what it is the number of.
public final class Target {

    private static final int VALUE = (1 << 24) - 1;
    private static final int INVERTED = 1 << 31;
    private static final int PAULI_X = 1 << 30;
    private static final int PAULI_Z = 1 << 29;
    private static final int RECORD = 1 << 28;
    private static final int SWEEP = 1 << 26;

    /// The largest number of a qubit, a look back or a sweep bit.
    public static final int VALUE_MAX = VALUE;

    /// The `*` between the factors of a product.
    public static final int COMBINER = 1 << 27;

    private Target() {}

    public static int qubit(int qubit) {
        return checked(qubit);
    }

    /// @param back how many measurements ago, from 1
    public static int record(int back) {
        return checked(back) | RECORD;
    }

    public static int sweep(int bit) {
        return checked(bit) | SWEEP;
    }

    /// @param letter X, Y or Z
    public static int pauli(char letter, int qubit) {
        return checked(qubit)
                | switch (letter) {
                    case 'X' -> PAULI_X;
                    case 'Y' -> PAULI_X | PAULI_Z;
                    case 'Z' -> PAULI_Z;
                    default -> throw new IllegalArgumentException("letter " + letter);
                };
    }

    public static int inverted(int target) {
        return target ^ INVERTED;
    }

    private static int checked(int value) {
        if (value < 0 || value > VALUE) {
            throw new IllegalArgumentException(
                    "number is %d, expected 0 to %d".formatted(value, VALUE));
        }
        return value;
    }

    /// The qubit, the sweep bit, or how many measurements ago.
    public static int value(int target) {
        return target & VALUE;
    }

    public static boolean isInverted(int target) {
        return (target & INVERTED) != 0;
    }

    public static boolean isRecord(int target) {
        return (target & RECORD) != 0;
    }

    public static boolean isSweep(int target) {
        return (target & SWEEP) != 0;
    }

    /// Whether it is a bit of the record or of the sweep.
    public static boolean isBit(int target) {
        return (target & (RECORD | SWEEP)) != 0;
    }

    public static boolean isPauli(int target) {
        return (target & (PAULI_X | PAULI_Z)) != 0;
    }

    /// Whether a Pauli letter has an X part: X and Y.
    public static boolean hasX(int target) {
        return (target & PAULI_X) != 0;
    }

    /// Whether a Pauli letter has a Z part: Z and Y.
    public static boolean hasZ(int target) {
        return (target & PAULI_Z) != 0;
    }

    public static boolean isCombiner(int target) {
        return target == COMBINER;
    }

    /// Whether it is a qubit without a letter.
    public static boolean isQubit(int target) {
        return (target & ~(VALUE | INVERTED)) == 0;
    }

    /// As the circuit format writes it.
    public static String text(int target) {
        if (isCombiner(target)) return "*";
        String sign = isInverted(target) ? "!" : "";
        int value = value(target);
        if (isRecord(target)) return sign + "rec[-" + value + "]";
        if (isSweep(target)) return sign + "sweep[" + value + "]";
        String letter = hasX(target) ? hasZ(target) ? "Y" : "X" : hasZ(target) ? "Z" : "";
        return sign + letter + value;
    }
}
