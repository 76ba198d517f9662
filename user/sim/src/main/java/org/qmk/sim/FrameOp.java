package org.qmk.sim;

/// What an instruction of a frame program does with the rows that it lists.
enum FrameOp {
    XOR(2),
    AND(2),
    OR(2),
    COPY(2),
    SUM(0),
    CLEAR(1),
    INVERT(1),
    RANDOM(1),
    ADD_RANDOM(1),
    /// Inverts bits of each row, each with the channel's chance.
    FLIP(1),
    /// For pairs of an X and a Z row: a Pauli of the channel.
    PAULI(2),
    /// For fours, X and Z rows of two slots: any of the 15 Paulis, alike.
    PAULI_2(4),
    /// For an X and a Z row: what somebody else draws.
    PATCH(0);

    /// The rows of one use of the instruction; 0 if it takes all that it lists as one.
    final int arity;

    FrameOp(int arity) {
        this.arity = arity;
    }

    /// Whether it draws from the generator of random rows.
    boolean isRandom() {
        return this == RANDOM || this == ADD_RANDOM;
    }

    /// Whether it draws from a channel.
    boolean isNoise() {
        return ordinal() >= FLIP.ordinal();
    }
}
