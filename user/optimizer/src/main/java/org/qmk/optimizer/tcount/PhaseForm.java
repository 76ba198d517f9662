package org.qmk.optimizer.tcount;

import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// A phase in eighths of a turn up to second order: `sum l_a x_a + 2 sum q_ab x_a x_b`, l modulo 8
/// and q modulo 4.
final class PhaseForm {

    /// A gate for one, two and three quarter turns.
    private static final Opcode[] TURNS = {null, Opcode.APPLY_S, Opcode.APPLY_Z, Opcode.APPLY_SDG};

    private final int variables;
    private final int[] linear;

    /// By a and b, a below b.
    private final int[][] quadratic;

    PhaseForm(int variables) {
        this.variables = variables;
        linear = new int[variables];
        quadratic = new int[variables][variables];
    }

    /// Adds a multiple of a parity, less its third order: `(x+y) mod 2 = x + y - 2xy`.
    void addParity(long[] parity, int multiple) {
        int[] members = ThirdOrderElimination.members(parity);
        for (int j = 0; j < members.length; j++) {
            linear[members[j]] = linear[members[j]] + multiple & 7;
            for (int i = 0; i < j; i++) {
                int[] row = quadratic[members[i]];
                row[members[j]] = row[members[j]] - multiple & 3;
            }
        }
    }

    /// Adds half a turn where two parities are both odd.
    void addProduct(long[] first, long[] second) {
        for (int a : ThirdOrderElimination.members(first)) {
            for (int b : ThirdOrderElimination.members(second)) {
                if (a == b) {
                    linear[a] = linear[a] + 4 & 7;
                } else {
                    int low = Math.min(a, b);
                    int high = Math.max(a, b);
                    quadratic[low][high] = quadratic[low][high] + 2 & 3;
                }
            }
        }
    }

    /// Whether S and CZ gates can make it.
    boolean isClifford() {
        for (int a = 0; a < variables; a++) {
            if ((linear[a] & 1) != 0) return false;
            for (int b = a + 1; b < variables; b++) {
                if ((quadratic[a][b] & 1) != 0) return false;
            }
        }
        return true;
    }

    /// Quarter turns of a variable.
    int quarterTurns(int a) {
        return linear[a] >> 1;
    }

    /// Whether there is half a turn where both variables are 1; a is below b.
    boolean controlledZ(int a, int b) {
        return quadratic[a][b] == 2;
    }

    /// Appends the form, which is Clifford, as gates on the qubits that hold the variables.
    ///
    /// @param guard the event on which the gates depend, or `GateList.NONE`
    void emit(GateList gates, int[] qubits, int guard) {
        for (int a = 0; a < variables; a++) {
            int turns = quarterTurns(a);
            if (turns != 0) emit(gates, TURNS[turns], qubits[a], GateList.NONE, guard);
            for (int b = a + 1; b < variables; b++) {
                if (controlledZ(a, b)) {
                    emit(gates, Opcode.APPLY_CZ, qubits[a], qubits[b], guard);
                }
            }
        }
    }

    private static void emit(GateList gates, Opcode opcode, int first, int second, int guard) {
        if (second == GateList.NONE) {
            gates.add(opcode, first);
        } else {
            gates.add(opcode, first, second);
        }
        if (guard != GateList.NONE) gates.guardLast(guard);
    }

    /// Whether two tables have the same number, modulo 2, of parities with each three variables.
    static boolean sameThirdOrder(ParityTable one, ParityTable other) {
        var both = one.copy();
        for (int i = 0; i < other.size(); i++) both.add(other.parity(i));
        both.cancel();
        long[][] rows = both.rows();
        for (int c = 0; c < both.variables; c++) {
            for (int b = 0; b <= c; b++) {
                long[] product = rows[c].clone();
                for (int i = 0; i < product.length; i++) product[i] &= rows[b][i];
                for (int a = 0; a <= b; a++) {
                    if (ParityTable.odd(product, rows[a])) return false;
                }
            }
        }
        return true;
    }
}
