package org.qmk.sim;

/// What a step does. An operation of the table becomes one or more steps of these kinds, so that
/// simulators know the kinds only and `StepList` alone knows the table.
enum Act {
    /// The step's qubit begins to live; its slot is in the state 0.
    ALLOC,
    /// The step's qubit is traced out: its slot goes to the state 0.
    FREE,
    /// The step's qubit is put into the state 0.
    RESET,
    /// The step's signed Pauli product is measured into the step's event.
    MEASURE,
    /// cos(angle) Z + sin(angle) X is measured into the step's event.
    MEASURE_ANGLE,
    /// The step's Pauli string is applied where the XOR of the node's inputs is 1, or always where
    /// it has none.
    PAULI,
    /// exp(-i angle/2 P), P being the step's signed Pauli product.
    ROTATE,
    H,
    S,
    SDG,
    SX,
    SXDG,
    T,
    TDG,
    CNOT,
    CZ,
    SWAP,
    ISWAP,
    ISWAPDG,
    CCZ,
    TOFFOLI,
    EVENT_CONST,
    EVENT_NOT,
    EVENT_XOR,
    EVENT_AND,
    EVENT_OR,
    EVENT_SELECT;

    /// Whether the step touches events only.
    boolean isClassical() {
        return ordinal() >= EVENT_CONST.ordinal();
    }

    /// Whether the step is a unitary gate that does not depend on an event, guards aside.
    boolean isGate() {
        return ordinal() >= ROTATE.ordinal() && !isClassical();
    }
}
