package org.qmk.qvm;

/// The signature of an operation: how many handles of each kind, what happens to the linear ones,
/// and which argument goes with it.
public enum Shape {
    // formatter:off
    ALLOC(1, Shape.MANY, Life.MAKES, 0, Life.USES, 0, 0, 0, Argument.Kind.PROFILE),
    FREE(1, Shape.MANY, Life.ENDS, 0, Life.USES, 0, 0, 0, Argument.Kind.NONE),
    RESET(1, Shape.MANY, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.NONE),
    FENCE(0, 0, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.NONE),
    REGION(0, 0, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.TAG),
    GATE_1(1, 1, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.NONE),
    GATE_2(2, 2, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.NONE),
    GATE_3(3, 3, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.NONE),
    MEASURE_1(1, 1, Life.USES, 0, Life.USES, 0, 0, 1, Argument.Kind.NONE),
    MEASURE_2(2, 2, Life.USES, 0, Life.USES, 0, 0, 2, Argument.Kind.NONE),
    MEASURE_PRODUCT(1, Shape.MANY, Life.USES, 0, Life.USES, 0, 0, 1, Argument.Kind.PAULI),
    MEASURE_ANGLE(1, 1, Life.USES, 0, Life.USES, 0, 0, 1, Argument.Kind.ROTATION),
    EVENT_CONSTANT(0, 0, Life.USES, 0, Life.USES, 0, 0, 1, Argument.Kind.BIT),
    EVENT_1(0, 0, Life.USES, 0, Life.USES, 1, 1, 1, Argument.Kind.NONE),
    EVENT_MANY(0, 0, Life.USES, 0, Life.USES, 2, Shape.MANY, 1, Argument.Kind.NONE),
    EVENT_3(0, 0, Life.USES, 0, Life.USES, 3, 3, 1, Argument.Kind.NONE),
    CORRECTION(1, Shape.MANY, Life.USES, 0, Life.USES, 0, Shape.MANY, 0, Argument.Kind.PAULI),
    ROTATION_1(1, 1, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.ROTATION),
    ROTATION_PRODUCT(1, Shape.MANY, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.PAULI_ROTATION),
    CHANNEL_OPEN(2, 2, Life.USES, 1, Life.MAKES, 0, 0, 0, Argument.Kind.CHANNEL),
    CHANNEL_USE(2, 2, Life.USES, 1, Life.USES, 0, 0, 0, Argument.Kind.LINK_GATE),
    CHANNEL_CLOSE(0, 0, Life.USES, 1, Life.ENDS, 0, 0, 0, Argument.Kind.NONE),
    POLICY(0, 0, Life.USES, 0, Life.USES, 0, 0, 0, Argument.Kind.POLICY);
    // formatter:on

    /// As a maximum: as many as the verifier's limits allow.
    public static final int MANY = Integer.MAX_VALUE;

    /// What a node does to the linear handles it names.
    public enum Life {
        MAKES,
        USES,
        ENDS
    }

    /// Fewest and most qubits of a node.
    public final int qubitsMin;

    public final int qubitsMax;
    public final Life qubitLife;

    /// Exact number of channels.
    public final int channels;

    public final Life channelLife;

    /// Fewest and most events that a node reads, its guard aside.
    public final int inputsMin;

    public final int inputsMax;

    /// Exact number of events that a node makes.
    public final int outputs;

    public final Argument.Kind argument;

    // formatter:off
    Shape(int qubitsMin, int qubitsMax, Life qubitLife, int channels, Life channelLife,
            int inputsMin, int inputsMax, int outputs, Argument.Kind argument) {
        // formatter:on
        this.qubitsMin = qubitsMin;
        this.qubitsMax = qubitsMax;
        this.qubitLife = qubitLife;
        this.channels = channels;
        this.channelLife = channelLife;
        this.inputsMin = inputsMin;
        this.inputsMax = inputsMax;
        this.outputs = outputs;
        this.argument = argument;
    }
}
