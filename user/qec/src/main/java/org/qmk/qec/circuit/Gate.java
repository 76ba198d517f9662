package org.qmk.qec.circuit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Every instruction of the circuit format but `REPEAT`, with its aliases and, of a Clifford gate,
/// what X and Z of each of its qubits become.
public enum Gate {
    I(Kind.UNITARY_1, "X Z"),
    X(Kind.UNITARY_1, "X -Z"),
    Y(Kind.UNITARY_1, "-X -Z"),
    Z(Kind.UNITARY_1, "-X Z"),
    H(Kind.UNITARY_1, "Z X", "H_XZ"),
    H_XY(Kind.UNITARY_1, "Y -Z"),
    H_YZ(Kind.UNITARY_1, "-X Y"),
    H_NXY(Kind.UNITARY_1, "-Y -Z"),
    H_NXZ(Kind.UNITARY_1, "-Z -X"),
    H_NYZ(Kind.UNITARY_1, "-X -Y"),
    S(Kind.UNITARY_1, "Y Z", "SQRT_Z"),
    S_DAG(Kind.UNITARY_1, "-Y Z", "SQRT_Z_DAG"),
    SQRT_X(Kind.UNITARY_1, "X -Y"),
    SQRT_X_DAG(Kind.UNITARY_1, "X Y"),
    SQRT_Y(Kind.UNITARY_1, "-Z X"),
    SQRT_Y_DAG(Kind.UNITARY_1, "Z -X"),
    C_XYZ(Kind.UNITARY_1, "Y X"),
    C_ZYX(Kind.UNITARY_1, "Z Y"),
    C_NXYZ(Kind.UNITARY_1, "-Y -X"),
    C_XNYZ(Kind.UNITARY_1, "-Y X"),
    C_XYNZ(Kind.UNITARY_1, "Y -X"),
    C_NZYX(Kind.UNITARY_1, "-Z -Y"),
    C_ZNYX(Kind.UNITARY_1, "Z -Y"),
    C_ZYNX(Kind.UNITARY_1, "-Z Y"),
    II(Kind.UNITARY_2, "X_ Z_ _X _Z"),
    CX(Kind.UNITARY_2, "XX Z_ _X ZZ", "CNOT", "ZCX"),
    CY(Kind.UNITARY_2, "XY Z_ ZX ZZ", "ZCY"),
    CZ(Kind.UNITARY_2, "XZ Z_ ZX _Z", "ZCZ"),
    XCX(Kind.UNITARY_2, "X_ ZX _X XZ"),
    XCY(Kind.UNITARY_2, "X_ ZY XX XZ"),
    XCZ(Kind.UNITARY_2, "X_ ZZ XX _Z"),
    YCX(Kind.UNITARY_2, "XX ZX _X YZ"),
    YCY(Kind.UNITARY_2, "XY ZY YX YZ"),
    YCZ(Kind.UNITARY_2, "XZ ZZ YX _Z"),
    SWAP(Kind.UNITARY_2, "_X _Z X_ Z_"),
    ISWAP(Kind.UNITARY_2, "ZY _Z YZ Z_"),
    ISWAP_DAG(Kind.UNITARY_2, "-ZY _Z -YZ Z_"),
    CXSWAP(Kind.UNITARY_2, "XX _Z X_ ZZ"),
    SWAPCX(Kind.UNITARY_2, "_X ZZ XX Z_"),
    CZSWAP(Kind.UNITARY_2, "ZX _Z XZ Z_", "SWAPCZ"),
    SQRT_XX(Kind.UNITARY_2, "X_ -YX _X -XY"),
    SQRT_XX_DAG(Kind.UNITARY_2, "X_ YX _X XY"),
    SQRT_YY(Kind.UNITARY_2, "-ZY XY -YZ YX"),
    SQRT_YY_DAG(Kind.UNITARY_2, "ZY -XY YZ -YX"),
    SQRT_ZZ(Kind.UNITARY_2, "YZ Z_ ZY _Z"),
    SQRT_ZZ_DAG(Kind.UNITARY_2, "-YZ Z_ -ZY _Z"),
    SPP(Kind.ROTATION, ""),
    SPP_DAG(Kind.ROTATION, ""),
    R(Kind.RESET, "Z", "RZ"),
    RX(Kind.RESET, "X"),
    RY(Kind.RESET, "Y"),
    M(Kind.MEASURE, "Z", "MZ"),
    MX(Kind.MEASURE, "X"),
    MY(Kind.MEASURE, "Y"),
    MR(Kind.MEASURE_RESET, "Z", "MRZ"),
    MRX(Kind.MEASURE_RESET, "X"),
    MRY(Kind.MEASURE_RESET, "Y"),
    MXX(Kind.MEASURE_PAIR, "X"),
    MYY(Kind.MEASURE_PAIR, "Y"),
    MZZ(Kind.MEASURE_PAIR, "Z"),
    MPP(Kind.MEASURE_PRODUCT, ""),
    MPAD(Kind.PAD, ""),
    X_ERROR(Kind.NOISE_1, "X"),
    Y_ERROR(Kind.NOISE_1, "Y"),
    Z_ERROR(Kind.NOISE_1, "Z"),
    I_ERROR(Kind.NOISE_1, "I"),
    DEPOLARIZE1(Kind.NOISE_1, ""),
    PAULI_CHANNEL_1(Kind.NOISE_1, ""),
    II_ERROR(Kind.NOISE_2, "I"),
    DEPOLARIZE2(Kind.NOISE_2, ""),
    PAULI_CHANNEL_2(Kind.NOISE_2, ""),
    E(Kind.CORRELATED, "", "CORRELATED_ERROR"),
    ELSE_CORRELATED_ERROR(Kind.CORRELATED, ""),
    HERALDED_ERASE(Kind.HERALDED, ""),
    HERALDED_PAULI_CHANNEL_1(Kind.HERALDED, ""),
    DETECTOR(Kind.DETECTOR, ""),
    OBSERVABLE_INCLUDE(Kind.OBSERVABLE, ""),
    QUBIT_COORDS(Kind.ANNOTATION, ""),
    SHIFT_COORDS(Kind.ANNOTATION, ""),
    TICK(Kind.ANNOTATION, "");

    /// What an instruction does with its targets.
    public enum Kind {
        /// A Clifford gate on each target.
        UNITARY_1,
        /// A Clifford gate on each pair of targets.
        UNITARY_2,
        /// A quarter turn about each Pauli product.
        ROTATION,
        RESET,
        MEASURE,
        /// Measures each target and resets it.
        MEASURE_RESET,
        /// Measures the product of two equal letters on each pair of targets.
        MEASURE_PAIR,
        /// Measures each Pauli product.
        MEASURE_PRODUCT,
        /// Adds constants to the record of measurements.
        PAD,
        NOISE_1,
        NOISE_2,
        /// One chance that all targets have their Pauli error.
        CORRELATED,
        /// Noise on each target that the record of measurements tells of.
        HERALDED,
        DETECTOR,
        OBSERVABLE,
        ANNOTATION
    }

    private static final Map<String, Gate> BY_NAME = new HashMap<>();

    static {
        for (Gate gate : values()) {
            BY_NAME.put(gate.name(), gate);
            for (String alias : gate.aliases) BY_NAME.put(alias, gate);
        }
    }

    private final Kind kind;
    private final String letters;
    private final List<String> aliases;

    Gate(Kind kind, String letters, String... aliases) {
        this.kind = kind;
        this.letters = letters;
        this.aliases = List.of(aliases);
    }

    /// The gate of a name or an alias, in any case.
    public static Optional<Gate> of(String name) {
        Gate gate = BY_NAME.get(name);
        if (gate == null) gate = BY_NAME.get(name.toUpperCase(Locale.ROOT));
        return Optional.ofNullable(gate);
    }

    public Kind kind() {
        return kind;
    }

    public List<String> aliases() {
        return aliases;
    }

    /// Of a Clifford gate: what X and Z of the first qubit, then of the second, become.
    public List<String> images() {
        boolean clifford = kind == Kind.UNITARY_1 || kind == Kind.UNITARY_2;
        return clifford ? List.of(letters.split(" ", -1)) : List.of();
    }

    /// Of a reset, a measurement or a flip: the letter, X, Y or Z; of others 0.
    public char basis() {
        return letters.length() == 1 ? letters.charAt(0) : 0;
    }

    /// Whether each target, pair or product adds a bit to the record.
    public boolean isMeasurement() {
        return switch (kind) {
            case MEASURE, MEASURE_RESET, MEASURE_PAIR, MEASURE_PRODUCT, PAD, HERALDED -> true;
            case UNITARY_1,
                    UNITARY_2,
                    ROTATION,
                    RESET,
                    NOISE_1,
                    NOISE_2,
                    CORRELATED,
                    DETECTOR,
                    OBSERVABLE,
                    ANNOTATION ->
                    false;
        };
    }

    /// Whether targets come in pairs.
    public boolean isPaired() {
        return kind == Kind.UNITARY_2 || kind == Kind.MEASURE_PAIR || kind == Kind.NOISE_2;
    }

    /// Whether the gate takes bits of the record or of the sweep as controls.
    public boolean takesBits() {
        return this == CX || this == CY || this == CZ || this == XCZ || this == YCZ;
    }

    /// The least number of arguments.
    int argumentsMin() {
        if (this == HERALDED_PAULI_CHANNEL_1) return 4;
        if (this == PAULI_CHANNEL_2) return 15;
        if (this == PAULI_CHANNEL_1) return 3;
        boolean one =
                switch (kind) {
                    case NOISE_1, NOISE_2 -> this != I_ERROR && this != II_ERROR;
                    case CORRELATED, HERALDED, OBSERVABLE -> true;
                    case UNITARY_1,
                            UNITARY_2,
                            ROTATION,
                            RESET,
                            MEASURE,
                            MEASURE_RESET,
                            MEASURE_PAIR,
                            MEASURE_PRODUCT,
                            PAD,
                            DETECTOR,
                            ANNOTATION ->
                            false;
                };
        return one ? 1 : 0;
    }

    /// The greatest number of arguments.
    int argumentsMax() {
        if (this == I_ERROR || this == II_ERROR || kind == Kind.DETECTOR) return Integer.MAX_VALUE;
        if (kind == Kind.ANNOTATION) return this == TICK ? 0 : Integer.MAX_VALUE;
        return isMeasurement() ? Math.max(1, argumentsMin()) : argumentsMin();
    }

    /// Whether two instructions of it that follow each other may be written as one.
    boolean isFusable() {
        return switch (kind) {
            case CORRELATED, DETECTOR, OBSERVABLE -> false;
            case ANNOTATION -> this == QUBIT_COORDS;
            case UNITARY_1,
                    UNITARY_2,
                    ROTATION,
                    RESET,
                    MEASURE,
                    MEASURE_RESET,
                    MEASURE_PAIR,
                    MEASURE_PRODUCT,
                    PAD,
                    NOISE_1,
                    NOISE_2,
                    HERALDED ->
                    true;
        };
    }
}
