package org.qmk.qvm;

/// The bounds that a graph must keep, as data. Each violation names the bound by its field name.
///
/// @param nodes nodes in a graph
/// @param qubits qubit handles in a graph
/// @param channels channel handles in a graph
/// @param events event handles in a graph
/// @param operands handles in one node
/// @param guardTerms event tests in one guard
/// @param guardDepth levels of all and any in one guard
/// @param pauliLength letters of one Pauli string
/// @param nameBytes UTF-8 bytes of one name
/// @param textBytes UTF-8 bytes of one profile, tag, label or policy text
/// @param afterEdges explicit edges in a graph
/// @param guardAnalysis decision nodes that the analysis of guards may make for one graph
public record Limits(
        int nodes,
        int qubits,
        int channels,
        int events,
        int operands,
        int guardTerms,
        int guardDepth,
        int pauliLength,
        int nameBytes,
        int textBytes,
        int afterEdges,
        int guardAnalysis) {

    /// What QMK accepts unless a machine or a session says less.
    public static final Limits DEFAULT =
            new Limits(
                    1 << 26, 1 << 20, 1 << 16, 1 << 24, 1 << 20, 64, 32, 1 << 16, 256, 4096,
                    1 << 24, 1 << 18);
}
