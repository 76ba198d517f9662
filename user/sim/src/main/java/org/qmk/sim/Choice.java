package org.qmk.sim;

/// The answer to the question which simulator runs a graph.
public sealed interface Choice {

    /// @param reason one line: which simulator, why, and what it is expected to take
    record Chosen(Simulator simulator, String reason, Estimate estimate) implements Choice {}

    /// No simulator runs the graph, or not the one that was named.
    ///
    /// @param code `SIM-NAME-1` no simulator of that name; `SIM-QUBITS-1` too many qubits live at
    ///     once; `SIM-MEMORY-1` more memory than the heap has; `SIM-CLIFFORD-1` an operation that
    ///     is not Clifford; `SIM-NOISE-1` errors that the simulator does not know
    /// @param message what, where, what was expected, how to mend it
    record Refused(String code, String message) implements Choice {}
}
