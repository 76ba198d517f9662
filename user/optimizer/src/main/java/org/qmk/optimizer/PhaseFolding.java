package org.qmk.optimizer;

/// Merges turns about the same Pauli product, wherever in the circuit they stand.
///
/// Moved to the start of the circuit through the Clifford gates before it, each T gate or rotation
/// becomes a turn about a Pauli product. Two turns about the same product, or its negative, are one
/// if every turn between them is about a product that commutes with it. The class is that of TMerge
/// (Zhang and Chen, arXiv:1903.12456) and contains the folding of parities (Amy, Maslov and Mosca,
/// arXiv:1303.2042): no qubits, no Hadamard gates and no CNOT gates more, only fewer T gates.
///
/// The products that may still be merged with are kept as they are at the present gate, in columns,
/// so that a gate changes 64 of them at a time. There are at most `OPEN_MAX` at once, or fewer on
/// many qubits; beyond that the oldest are given up. So the work is linear in the number of gates,
/// and the memory is bounded.
public final class PhaseFolding implements GatePass {

    public PhaseFolding() {}

    @Override
    public String title() {
        return "phase folding";
    }

    @Override
    public GateList apply(GateList gates) {
        var turns = new OpenTurns(gates.qubits());
        // By gate: how far it turns in all, its own turn and those merged into it. Eighths are
        // those of `TurnAngle`.
        byte[] eighths = new byte[gates.size()];
        double[] rests = new double[0];
        boolean[] gone = new boolean[gates.size()];
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            int first = gates.first(i);
            if (kind.isClifford()) {
                turns.passClifford(kind, first, gates.second(i));
            } else if (kind.turns()) {
                int into = turns.turn(i, first, kind.axis(0));
                boolean negative = into != i && turns.negative();
                int turned = negative ? -kind.eighths() : kind.eighths();
                eighths[into] = (byte) (eighths[into] + turned & 7);
                gone[i] = into != i;
                if (!kind.hasAngle()) continue;
                if (rests.length == 0) rests = new double[gates.size()];
                rests[into] += negative ? -gates.angle(i) : gates.angle(i);
            } else {
                turns.passOpaque(kind, first, gates.second(i), gates.third(i));
            }
        }
        return folded(gates, eighths, rests, gone);
    }

    private static GateList folded(GateList gates, byte[] eighths, double[] rests, boolean[] gone) {
        var out = new GateList(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates.opcode(i));
            if (kind.isClifford() || !kind.turns()) {
                out.addFrom(gates, i);
            } else if (!gone[i]) {
                double rest = rests.length == 0 ? 0 : rests[i];
                TurnAngle.add(out, kind.axis(0), gates.first(i), eighths[i], rest);
            }
        }
        return out;
    }
}
