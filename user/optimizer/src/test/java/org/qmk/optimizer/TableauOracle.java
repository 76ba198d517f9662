package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/// What Clifford gates make of X and Z on each qubit, row by row: one Pauli string a row, as
/// letters with a sign. It shares nothing with the passes.
final class TableauOracle {

    private TableauOracle() {}

    /// Asserts that two lists of Clifford gates have the same effect up to a phase.
    static void assertSame(GateList expected, GateList actual, String what) {
        assertArrayEquals(rows(expected), rows(actual), what);
    }

    private static String[] rows(GateList gates) {
        String[] rows = new String[2 * gates.qubits()];
        for (int row = 0; row < rows.length; row++) {
            int[] x = new int[gates.qubits()];
            int[] z = new int[gates.qubits()];
            (row % 2 == 0 ? x : z)[row / 2] = 1;
            int sign = 0;
            for (int i = 0; i < gates.size(); i++) sign ^= conjugate(gates, i, x, z);
            var text = new StringBuilder(sign == 0 ? "+" : "-");
            for (int q = 0; q < x.length; q++) text.append("IXZY".charAt(x[q] + 2 * z[q]));
            rows[row] = text.toString();
        }
        return rows;
    }

    /// Changes a Pauli string by one gate, as the gates' products of H, S and CNOT do.
    ///
    /// @return 1 if the sign changes
    private static int conjugate(GateList gates, int i, int[] x, int[] z) {
        int a = gates.first(i);
        int b = gates.second(i);
        return switch (gates.opcode(i)) {
            case APPLY_X -> z[a];
            case APPLY_Y -> x[a] ^ z[a];
            case APPLY_Z -> x[a];
            case APPLY_H -> h(a, x, z);
            case APPLY_S -> s(a, x, z);
            case APPLY_SDG -> s(a, x, z) ^ x[a];
            case APPLY_SX -> h(a, x, z) ^ s(a, x, z) ^ h(a, x, z);
            case APPLY_SXDG -> h(a, x, z) ^ s(a, x, z) ^ x[a] ^ h(a, x, z);
            case APPLY_CNOT -> cnot(a, b, x, z);
            case APPLY_CZ -> cz(a, b, x, z);
            case APPLY_SWAP -> cnot(a, b, x, z) ^ cnot(b, a, x, z) ^ cnot(a, b, x, z);
            case APPLY_ISWAP -> s(a, x, z) ^ s(b, x, z) ^ cz(a, b, x, z) ^ swap(a, b, x, z);
            case APPLY_ISWAPDG ->
                    s(a, x, z) ^ x[a] ^ s(b, x, z) ^ x[b] ^ cz(a, b, x, z) ^ swap(a, b, x, z);
            default -> throw new AssertionError(gates.opcode(i) + " is no Clifford gate");
        };
    }

    private static int h(int a, int[] x, int[] z) {
        int bit = x[a];
        x[a] = z[a];
        z[a] = bit;
        return x[a] & z[a];
    }

    private static int s(int a, int[] x, int[] z) {
        int sign = x[a] & z[a];
        z[a] ^= x[a];
        return sign;
    }

    private static int cnot(int a, int b, int[] x, int[] z) {
        int sign = x[a] & z[b] & (x[b] ^ z[a] ^ 1);
        x[b] ^= x[a];
        z[a] ^= z[b];
        return sign;
    }

    private static int cz(int a, int b, int[] x, int[] z) {
        return h(b, x, z) ^ cnot(a, b, x, z) ^ h(b, x, z);
    }

    private static int swap(int a, int b, int[] x, int[] z) {
        return cnot(a, b, x, z) ^ cnot(b, a, x, z) ^ cnot(a, b, x, z);
    }
}
