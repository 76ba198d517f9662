package org.qmk.optimizer;

import org.qmk.qvm.Opcode;

/// Writes CCZ and Toffoli gates as seven T gates and Clifford gates.
/// Source: Nielsen and Chuang, figure 4.9.
public final class ThreeQubitGates implements GatePass {

    public ThreeQubitGates() {}

    @Override
    public String title() {
        return "three-qubit gates";
    }

    @Override
    public GateList apply(GateList gates) {
        var out = new GateList(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            int a = gates.first(i);
            int b = gates.second(i);
            int c = gates.third(i);
            if (kind == GateKind.TOFFOLI) {
                out.add(Opcode.APPLY_H, c);
                addCcz(out, a, b, c);
                out.add(Opcode.APPLY_H, c);
            } else if (kind == GateKind.CCZ) {
                addCcz(out, a, b, c);
            } else {
                out.addFrom(gates, i);
            }
        }
        return out;
    }

    /// T on each of the seven parities of three qubits, backwards on those of two.
    private static void addCcz(GateList out, int a, int b, int c) {
        out.add(Opcode.APPLY_CNOT, b, c);
        out.add(Opcode.APPLY_TDG, c);
        out.add(Opcode.APPLY_CNOT, a, c);
        out.add(Opcode.APPLY_T, c);
        out.add(Opcode.APPLY_CNOT, b, c);
        out.add(Opcode.APPLY_TDG, c);
        out.add(Opcode.APPLY_CNOT, a, c);
        out.add(Opcode.APPLY_T, c);
        out.add(Opcode.APPLY_T, b);
        out.add(Opcode.APPLY_CNOT, a, b);
        out.add(Opcode.APPLY_TDG, b);
        out.add(Opcode.APPLY_CNOT, a, b);
        out.add(Opcode.APPLY_T, a);
    }
}
