package org.qmk.qasm;

/// The bounds that a program must keep, as data. A diagnostic names the bound it exceeds.
///
/// @param sourceBytes UTF-8 bytes of a source
/// @param nodes nodes of the graph that a source becomes
/// @param qubits qubits that a source declares
/// @param bits classical bits that a source declares, each pass through a loop counted
/// @param steps statements run, loops unrolled, and logic gates made of classical expressions
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
            new QasmLimits(1 << 28, 1 << 24, 1 << 20, 1 << 22, 1 << 24, 200, 200, 100);
}
