package org.qmk.optimizer.tcount;

import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Clifford gates that bring products of Paulis to a wanted form; each goes past all columns.
final class CliffordCircuit {

    private CliffordCircuit() {}

    /// Makes a product diagonal with one H, or none if it is so already.
    static void diagonalize(PauliColumns columns, int product, GateList gates) {
        int pivot = columns.firstX(product);
        if (pivot < 0) return;
        for (int q = pivot + 1; q < columns.qubits(); q++) {
            if (columns.hasX(product, q)) cnot(columns, gates, pivot, q);
        }
        if (columns.hasZ(product, pivot)) s(columns, gates, pivot);
        h(columns, gates, pivot);
    }

    /// Makes the 2n products from `first` on the plain X of each qubit and then the plain Z: the
    /// gates are the Clifford whose images of X and Z under its inverse these products are.
    static void finish(PauliColumns columns, int first, GateList gates) {
        int n = columns.qubits();
        for (int q = 0; q < n; q++) {
            plainX(columns, first + q, q, gates);
            plainZ(columns, first + n + q, q, gates);
        }
        for (int q = 0; q < n; q++) {
            if (columns.isNegative(first + q)) gates.add(Opcode.APPLY_Z, q);
            if (columns.isNegative(first + n + q)) gates.add(Opcode.APPLY_X, q);
        }
    }

    private static void plainX(PauliColumns columns, int product, int qubit, GateList gates) {
        int other = -1;
        for (int q = 0; q < columns.qubits(); q++) {
            boolean hasZ = columns.hasZ(product, q);
            if (!columns.hasX(product, q) && !hasZ) continue;
            if (hasZ && columns.hasX(product, q)) {
                s(columns, gates, q);
            } else if (hasZ) {
                h(columns, gates, q);
            }
            if (q != qubit) other = q;
        }
        if (!columns.hasX(product, qubit)) cnot(columns, gates, other, qubit);
        for (int q = 0; q < columns.qubits(); q++) {
            if (q != qubit && columns.hasX(product, q)) cnot(columns, gates, qubit, q);
        }
    }

    /// Its partner, the X of the same qubit, is plain already, and stays so.
    private static void plainZ(PauliColumns columns, int product, int qubit, GateList gates) {
        for (int q = 0; q < columns.qubits(); q++) {
            if (q == qubit || !columns.hasX(product, q) && !columns.hasZ(product, q)) continue;
            if (columns.hasX(product, q)) {
                if (columns.hasZ(product, q)) s(columns, gates, q);
                h(columns, gates, q);
            }
            cnot(columns, gates, q, qubit);
        }
        if (columns.hasX(product, qubit)) {
            h(columns, gates, qubit);
            s(columns, gates, qubit);
            h(columns, gates, qubit);
        }
    }

    private static void h(PauliColumns columns, GateList gates, int q) {
        columns.h(q);
        gates.add(Opcode.APPLY_H, q);
    }

    private static void s(PauliColumns columns, GateList gates, int q) {
        columns.s(q);
        gates.add(Opcode.APPLY_S, q);
    }

    private static void cnot(PauliColumns columns, GateList gates, int control, int target) {
        columns.cnot(control, target);
        gates.add(Opcode.APPLY_CNOT, control, target);
    }

    /// The gates that undo those that this class makes.
    static GateList inverse(GateList gates) {
        var inverse = new GateList(gates.qubits());
        for (int i = gates.size() - 1; i >= 0; i--) {
            if (gates.opcode(i) == Opcode.APPLY_S) {
                inverse.add(Opcode.APPLY_SDG, gates.first(i));
            } else {
                inverse.addFrom(gates, i);
            }
        }
        return inverse;
    }
}
