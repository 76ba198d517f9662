package org.qmk.optimizer;

import org.qmk.qvm.Opcode;

/// The gates that passes work on, each a row of `Opcode`.
///
/// The *axis* of a gate on one of its qubits is the Pauli matrix there that the gate commutes with,
/// if there is one. Two gates commute if they have the same axis on every qubit that they share.
enum GateKind {
    X(Opcode.APPLY_X, 4),
    Y(Opcode.APPLY_Y, 4),
    Z(Opcode.APPLY_Z, 4),
    H(Opcode.APPLY_H, 0),
    S(Opcode.APPLY_S, 2),
    SDG(Opcode.APPLY_SDG, 6),
    SX(Opcode.APPLY_SX, 2),
    SXDG(Opcode.APPLY_SXDG, 6),
    CNOT(Opcode.APPLY_CNOT, 0),
    CZ(Opcode.APPLY_CZ, 0),
    SWAP(Opcode.APPLY_SWAP, 0),
    ISWAP(Opcode.APPLY_ISWAP, 0),
    ISWAPDG(Opcode.APPLY_ISWAPDG, 0),
    T(Opcode.APPLY_T, 1),
    TDG(Opcode.APPLY_TDG, 7),
    CCZ(Opcode.APPLY_CCZ, 0),
    TOFFOLI(Opcode.APPLY_TOFFOLI, 0),
    RX(Opcode.RX, 0),
    RY(Opcode.RY, 0),
    RZ(Opcode.RZ, 0);

    /// No Pauli matrix commutes with the gate on that qubit.
    static final int NO_AXIS = 0;

    // Bits of a Pauli matrix: 1 if it flips the bit, 2 if it flips the phase.
    static final int AXIS_X = 1;
    static final int AXIS_Z = 2;
    static final int AXIS_Y = 3;

    private static final GateKind[] BY_OPCODE = byOpcode();

    private final Opcode opcode;
    private final int eighths;
    private final int qubits;
    private final int[] axes = new int[3];
    private int inverse;

    GateKind(Opcode opcode, int eighths) {
        this.opcode = opcode;
        this.eighths = eighths;
        this.qubits = opcode.shape().qubitsMin;
        for (int place = 0; place < qubits; place++) axes[place] = axis(opcode, place);
    }

    /// The axis that the flows of the operation tell: `_Z -> _Z` for one.
    private static int axis(Opcode opcode, int place) {
        if (opcode == Opcode.APPLY_Y) return AXIS_Y; // its flows tell of X and Z only
        String letters = "XZY";
        for (int axis = AXIS_X; axis <= AXIS_Y; axis++) {
            var text = new StringBuilder("_".repeat(opcode.shape().qubitsMin));
            text.setCharAt(place, letters.charAt(axis - 1));
            if (opcode.flows().contains(text + " -> " + text)) return axis;
        }
        return NO_AXIS;
    }

    private static GateKind[] byOpcode() {
        var kinds = new GateKind[Opcode.values().length];
        for (GateKind kind : values()) kinds[kind.opcode.ordinal()] = kind;
        for (GateKind kind : values()) {
            kind.inverse = kinds[kind.opcode.inverse().orElseThrow().ordinal()].ordinal();
        }
        return kinds;
    }

    /// Whether an operation is one of these gates.
    static boolean has(Opcode opcode) {
        return BY_OPCODE[opcode.ordinal()] != null;
    }

    /// @throws IllegalArgumentException if the operation is no gate
    static GateKind of(Opcode opcode) {
        GateKind kind = BY_OPCODE[opcode.ordinal()];
        if (kind == null) {
            throw new IllegalArgumentException(
                    opcode + " in a list of gates. Passes take gates without measurements.");
        }
        return kind;
    }

    /// The kind of a gate of a list.
    ///
    /// @throws IllegalArgumentException if it is a measurement or has a guard
    static GateKind of(GateList gates, int gate) {
        if (gates.guard(gate) != GateList.NONE) {
            throw new IllegalArgumentException(
                    "Gate " + gate + " has a guard. Passes take gates without guards.");
        }
        return of(gates.opcode(gate));
    }

    Opcode opcode() {
        return opcode;
    }

    /// How many qubits it acts on.
    int qubits() {
        return qubits;
    }

    /// The axis on the qubit of the given place, or `NO_AXIS`.
    int axis(int place) {
        return axes[place];
    }

    /// How far a gate of fixed angle turns about its axis, in eighths of a whole turn of the phase:
    /// 1 for T, 2 for S, 4 for Z. 0 if it is no such gate.
    int eighths() {
        return eighths;
    }

    /// Whether it turns one qubit about an axis, by a fixed angle or a given one.
    boolean turns() {
        return eighths != 0 || hasAngle();
    }

    boolean hasAngle() {
        return isRotation(opcode);
    }

    static boolean isRotation(Opcode opcode) {
        return opcode == Opcode.RX || opcode == Opcode.RY || opcode == Opcode.RZ;
    }

    /// Whether it turns Pauli matrices into Pauli matrices. Rotations do not count.
    boolean isClifford() {
        return ordinal() <= ISWAPDG.ordinal();
    }

    /// The gate that takes it back; of a rotation, that with the opposite angle.
    GateKind inverse() {
        return values()[inverse];
    }

    /// Whether it is the same gate with the qubits of the two places exchanged.
    boolean symmetric(int place, int other) {
        return switch (this) {
            case CZ, SWAP, ISWAP, ISWAPDG, CCZ -> true;
            case TOFFOLI -> place != 2 && other != 2;
            case X, Y, Z, H, S, SDG, SX, SXDG, CNOT, T, TDG, RX, RY, RZ -> false;
        };
    }
}
