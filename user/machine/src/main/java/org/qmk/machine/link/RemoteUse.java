package org.qmk.machine.link;

/// What a program does with a qubit that works with qubits of another module.
public enum RemoteUse {

    /// Controls a gate on a qubit there.
    CONTROL,

    /// Is the target of a CNOT from there.
    TARGET,

    /// A gate on the qubit alone that commutes with neither.
    LOCAL
}
