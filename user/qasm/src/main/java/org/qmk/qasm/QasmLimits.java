package org.qmk.qasm;

/// The bounds that a program must keep, as data. A diagnostic names the bound it exceeds.
///
/// @param sourceBytes UTF-8 bytes of a source
/// @param nodes nodes of the graph that a source becomes
/// @param qubits qubits that a source declares
/// @param bits classical bits that a source declares, each pass through a loop counted
/// @param steps statements of loops and gates run, and logic gates made of classical expressions,
///     besides `STEPS_PER_BYTE` for each byte of the source
/// @param nesting levels of blocks, parentheses and operators
/// @param gateNesting levels of gates that are defined by gates
/// @param errors diagnostics reported before the reader gives up
public record QasmLimits(
        int sourceBytes,
        int nodes,
        int qubits,
        int bits,
        int steps,
        int nesting,
        int gateNesting,
        int errors) {

    /// What QMK accepts unless a caller says less.
    public static final QasmLimits DEFAULT =
            new QasmLimits(1 << 28, 1 << 24, 1 << 20, 1 << 21, 1 << 21, 200, 200, 100);

    /// Long programs may take long.
    static final int STEPS_PER_BYTE = 64;
}
