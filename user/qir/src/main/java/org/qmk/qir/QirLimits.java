package org.qmk.qir;

/// The bounds that a program must keep, as data. A diagnostic names the bound it exceeds.
///
/// @param sourceBytes bytes of a source
/// @param nodes nodes of the graph that a source becomes
/// @param qubits qubits that a program uses
/// @param results results that a program measures into
/// @param steps instructions run and decisions made, besides `STEPS_PER_BYTE` for each byte
/// @param nesting levels of types, constants and parentheses
/// @param calls levels of functions that call functions
/// @param cases values that one number may have, depending on measurements
/// @param rounds passes of a loop that a measurement keeps going, before it counts as endless
/// @param errors diagnostics reported before the reader gives up
public record QirLimits(
        int sourceBytes,
        int nodes,
        int qubits,
        int results,
        int steps,
        int nesting,
        int calls,
        int cases,
        int rounds,
        int errors) {

    /// What QMK accepts unless a caller says less.
    public static final QirLimits DEFAULT =
            new QirLimits(1 << 28, 1 << 24, 1 << 20, 1 << 21, 1 << 21, 100, 100, 64, 128, 100);

    /// Long programs may take long.
    static final int STEPS_PER_BYTE = 8;
}
