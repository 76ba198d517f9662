package org.qmk.qir;

/// What writing a graph as QIR gives.
public sealed interface QirWritten {

    record Text(String text) implements QirWritten {}

    /// @param node the first node that cannot be written
    record Refused(String code, int node, String message) implements QirWritten {}
}
