package org.qmk.optimizer;

import java.util.HashMap;
import java.util.Map;
import org.qmk.qvm.Opcode;

/// Writes CCZ and Toffoli gates that come in pairs as ones up to a phase, of four T gates each.
///
/// A Toffoli gate together with a controlled S on its controls takes four T gates and not seven.
/// Where two such gates have the same bits as controls, whatever is done to the third qubit, one
/// gets the controlled S and the other its inverse; what lies between commutes with both. Source:
/// Selinger, arXiv:1210.0974; Maslov, arXiv:1508.03273.
public final class ToffoliPairs implements GatePass {

    public ToffoliPairs() {}

    @Override
    public String title() {
        return "Toffoli pairs";
    }

    /// The bits of two controls, the lesser first.
    private record Controls(
            WireSums.Sum first,
            boolean firstOpposite,
            WireSums.Sum second,
            boolean secondOpposite) {

        static Controls of(WireSums sums, int a, int b) {
            WireSums.Sum first = sums.sum(a);
            WireSums.Sum second = sums.sum(b);
            boolean swapped =
                    first.low() != second.low()
                            ? first.low() > second.low()
                            : first.high() > second.high();
            int one = swapped ? b : a;
            int other = swapped ? a : b;
            return new Controls(
                    sums.sum(one), sums.isOpposite(one), sums.sum(other), sums.isOpposite(other));
        }
    }

    /// A gate that waits for a partner.
    ///
    /// @param target the place of the qubit that is no control
    private record Waiting(int gate, int target) {}

    @Override
    public GateList apply(GateList gates) {
        var sums = new WireSums(gates.qubits());
        Map<Controls, Waiting> waiting = new HashMap<>();
        // By gate: 1 + the place of its target, negative for the second of a pair, or 0.
        byte[] paired = new byte[gates.size()];
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            int from = kind == GateKind.TOFFOLI ? 2 : 0;
            boolean large = kind == GateKind.TOFFOLI || kind == GateKind.CCZ;
            for (int target = 2; large && target >= from && paired[i] == 0; target--) {
                Waiting partner = waiting.remove(controls(sums, gates, i, target));
                if (partner == null || paired[partner.gate] != 0) continue;
                paired[partner.gate] = (byte) (1 + partner.target);
                paired[i] = (byte) (-1 - target);
            }
            for (int target = 2; large && target >= from && paired[i] == 0; target--) {
                waiting.put(controls(sums, gates, i, target), new Waiting(i, target));
            }
            sums.apply(kind, gates.first(i), gates.second(i), gates.third(i));
        }
        return written(gates, paired);
    }

    private static Controls controls(WireSums sums, GateList gates, int gate, int target) {
        int a = gates.qubit(gate, target == 0 ? 1 : 0);
        int b = gates.qubit(gate, target == 2 ? 1 : 2);
        return Controls.of(sums, a, b);
    }

    private static GateList written(GateList gates, byte[] paired) {
        var out = new GateList(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            if (paired[i] == 0) {
                out.addFrom(gates, i);
                continue;
            }
            int target = Math.abs(paired[i]) - 1;
            int a = gates.qubit(i, target == 0 ? 1 : 0);
            int b = gates.qubit(i, target == 2 ? 1 : 2);
            int c = gates.qubit(i, target);
            boolean turned = gates.opcode(i) == Opcode.APPLY_TOFFOLI;
            Opcode forwards = paired[i] > 0 ? Opcode.APPLY_T : Opcode.APPLY_TDG;
            Opcode backwards = paired[i] > 0 ? Opcode.APPLY_TDG : Opcode.APPLY_T;
            if (turned) out.add(Opcode.APPLY_H, c);
            out.add(forwards, c);
            out.add(Opcode.APPLY_CNOT, b, c);
            out.add(backwards, c);
            out.add(Opcode.APPLY_CNOT, a, c);
            out.add(forwards, c);
            out.add(Opcode.APPLY_CNOT, b, c);
            out.add(backwards, c);
            out.add(Opcode.APPLY_CNOT, a, c);
            if (turned) out.add(Opcode.APPLY_H, c);
        }
        return out;
    }
}
