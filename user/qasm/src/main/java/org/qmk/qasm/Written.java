package org.qmk.qasm;

/// What writing a graph gives: a program, or the first node that OpenQASM has no words for.
public sealed interface Written {

    record Text(String program) implements Written {}

    /// @param node index of the node in the graph
    /// @param message what, where, what was expected, how to mend it
    record Refused(String code, int node, String message) implements Written {}
}
