package org.qmk.optimizer.rotation;

import org.qmk.qvm.Opcode;

/// The gates of a word.
enum WordGate {
    X(Opcode.APPLY_X, 1, -2, -3),
    Y(Opcode.APPLY_Y, -1, 2, -3),
    Z(Opcode.APPLY_Z, -1, -2, 3),
    H(Opcode.APPLY_H, 3, -2, 1),
    S(Opcode.APPLY_S, -2, 1, 3),
    SDG(Opcode.APPLY_SDG, 2, -1, 3),
    SX(Opcode.APPLY_SX, 1, -3, 2),
    SXDG(Opcode.APPLY_SXDG, 1, 3, -2),
    T(Opcode.APPLY_T),
    TDG(Opcode.APPLY_TDG);

    private static final WordGate[] ALL = values();

    private final Opcode opcode;

    /// Empty for a gate that is not a Clifford gate.
    private final int[] axes;

    WordGate(Opcode opcode, int... axes) {
        this.opcode = opcode;
        this.axes = axes;
    }

    /// @throws IllegalArgumentException if a word has no such gate
    static WordGate of(Opcode opcode) {
        for (WordGate gate : ALL) if (gate.opcode == opcode) return gate;
        throw new IllegalArgumentException(opcode + " is in no word");
    }

    Opcode opcode() {
        return opcode;
    }

    boolean isClifford() {
        return axes.length > 0;
    }

    /// The axis, from 1, that a Clifford gate turns into this one; negative if into its opposite.
    ///
    /// @param axis 0 for x, 1 for y, 2 for z
    int axisBefore(int axis) {
        return axes[axis];
    }
}
