package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Opcode;

/// Makes as few Hadamard gates between turns as the order of the turns allows.
///
/// Moved to the start, each turn is about a Pauli product. Turns about products of Z need CNOT
/// gates only. Which products are such at one time changes only with a Hadamard gate, and the gate
/// that makes the next product one changes it in one way only, so the count depends on where one
/// begins; the best place is found by going through the turns from the last to the first. Source:
/// Vandaele, Martiel, Perdrix and Vuillot, arXiv:2302.07040.
///
/// A piece between CCZ and Toffoli gates, of at most `TURNS_MAX` turns, is taken if it has fewer
/// Hadamard gates after its first turn and before its last. It may have more CNOT gates then.
public final class HadamardReduction implements GatePass {

    private static final int TURNS_MAX = 1024;

    /// The next turn is the lightest of so many.
    private static final int COMPARED_MAX = 32;

    public HadamardReduction() {}

    @Override
    public String title() {
        return "Hadamard gates";
    }

    @Override
    public GateList apply(GateList gates) {
        var out = new GateList(gates.qubits());
        var piece = new GateList(gates.qubits());
        int turns = 0;
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            boolean turn = isTurn(kind);
            if (turn && turns == TURNS_MAX || !turn && !kind.isClifford()) {
                append(out, fewest(piece));
                piece = new GateList(gates.qubits());
                turns = 0;
            }
            if (turn || kind.isClifford()) piece.addFrom(gates, i);
            else out.addFrom(gates, i);
            if (turn) turns++;
        }
        append(out, fewest(piece));
        return out;
    }

    /// T gates and rotations; turns by quarters are Clifford gates.
    private static boolean isTurn(GateKind kind) {
        return kind.turns() && !kind.isClifford();
    }

    private static void append(GateList out, GateList piece) {
        for (int i = 0; i < piece.size(); i++) out.addFrom(piece, i);
    }

    private static GateList fewest(GateList piece) {
        long before = internal(piece);
        if (before == 0) return piece;
        GateList other = new Piece(piece).written(new Piece(piece).frame());
        return internal(other) < before ? other : piece;
    }

    /// Hadamard gates and quarter turns about X, which are a Hadamard gate between turns about Z,
    /// after the first turn and before the last, if turns are written as ones about Z.
    static long internal(GateList gates) {
        long count = 0;
        long sinceTurn = 0;
        boolean begun = false;
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates.opcode(i));
            if (isTurn(kind)) {
                int around = kind.axis(0) == GateKind.AXIS_Z ? 0 : 1;
                count += begun ? sinceTurn + around : 0;
                sinceTurn = around;
                begun = true;
            } else if (kind == GateKind.H || kind == GateKind.SX || kind == GateKind.SXDG) {
                sinceTurn++;
            }
        }
        return count;
    }

    /// The turns of a piece as products at its start, one in each column.
    private static final class Piece {

        private final GateList gates;
        private final int qubits;
        // By turn: its gate.
        private final int[] turns;
        private final GateList out;
        private final GateList clifford;
        private final ProductColumns columns;

        Piece(GateList gates) {
            this.gates = gates;
            qubits = gates.qubits();
            int[] found = new int[gates.size()];
            int count = 0;
            for (int i = 0; i < gates.size(); i++) {
                if (isTurn(GateKind.of(gates.opcode(i)))) found[count++] = i;
            }
            turns = Arrays.copyOf(found, count);
            out = new GateList(qubits);
            clifford = new GateList(qubits);
            columns = products();
        }

        /// Each turn's product, moved past the Clifford gates before it.
        private ProductColumns products() {
            var products = new ProductColumns(qubits, 1 + turns.length / 64);
            int turn = turns.length;
            for (int i = gates.size() - 1; i >= 0; i--) {
                GateKind kind = GateKind.of(gates.opcode(i));
                if (isTurn(kind)) {
                    products.set(--turn, gates.first(i), kind.axis(0));
                } else {
                    products.apply(kind.inverse(), gates.first(i), gates.second(i));
                }
            }
            return products;
        }

        /// The Clifford gates after which the fewest Hadamard gates are needed.
        GateList frame() {
            for (int turn = turns.length - 1; turn >= 0; turn--) diagonalize(turn);
            return shorter(clifford);
        }

        GateList written(GateList frame) {
            for (int i = 0; i < frame.size(); i++) {
                apply(GateKind.of(frame.opcode(i)), frame.first(i), frame.second(i));
            }
            writeTurns();
            // All that was done is taken back, and then the Clifford gates of the piece are done.
            var rest = new GateList(qubits);
            for (int i = clifford.size() - 1; i >= 0; i--) {
                GateKind inverse = GateKind.of(clifford, i).inverse();
                rest.add(inverse.opcode(), clifford.first(i), clifford.second(i));
            }
            for (int i = 0; i < gates.size(); i++) {
                if (!isTurn(GateKind.of(gates.opcode(i)))) rest.addFrom(gates, i);
            }
            append(out, shorter(rest));
            return out;
        }

        private static GateList shorter(GateList clifford) {
            return new SingleQubitRuns().apply(new CliffordRuns().apply(clifford));
        }

        private void apply(GateKind kind, int a, int b) {
            columns.apply(kind, a, b);
            clifford.add(kind.opcode(), a, b);
            out.add(kind.opcode(), a, b);
        }

        /// Makes a product one of Z with one Hadamard gate, or none if it is one already.
        private void diagonalize(int turn) {
            int pivot = GateList.NONE;
            for (int q = 0; q < qubits; q++) {
                if ((columns.letter(turn, q) & GateKind.AXIS_X) == 0) continue;
                if (pivot == GateList.NONE) pivot = q;
                else apply(GateKind.CNOT, pivot, q);
            }
            if (pivot == GateList.NONE) return;
            if (columns.letter(turn, pivot) == GateKind.AXIS_Y) {
                apply(GateKind.S, pivot, GateList.NONE);
            }
            apply(GateKind.H, pivot, GateList.NONE);
        }

        private void writeTurns() {
            int next = 0;
            while (next < turns.length) {
                diagonalize(next);
                int end = next;
                while (end < turns.length && isDiagonal(end)) end++;
                int[] group = new int[end - next];
                for (int i = 0; i < group.length; i++) group[i] = next + i;
                for (int left = group.length; left > 0; left--) {
                    int lightest = 0;
                    for (int i = 1; i < Math.min(left, COMPARED_MAX); i++) {
                        if (weight(group[i]) < weight(group[lightest])) lightest = i;
                    }
                    writeTurn(group[lightest]);
                    group[lightest] = group[left - 1];
                }
                next = end;
            }
        }

        private boolean isDiagonal(int turn) {
            for (int q = 0; q < qubits; q++) {
                if ((columns.letter(turn, q) & GateKind.AXIS_X) != 0) return false;
            }
            return true;
        }

        private int weight(int turn) {
            int weight = 0;
            for (int q = 0; q < qubits; q++) if (columns.letter(turn, q) != 0) weight++;
            return weight;
        }

        /// Gathers a product of Z on one qubit and turns that.
        private void writeTurn(int turn) {
            int target = GateList.NONE;
            for (int q = 0; q < qubits; q++) {
                if (columns.letter(turn, q) == 0) continue;
                if (target == GateList.NONE) target = q;
                else apply(GateKind.CNOT, q, target);
            }
            GateKind kind = GateKind.of(gates.opcode(turns[turn]));
            boolean negative = columns.negative(turn);
            if (kind.hasAngle()) {
                double angle = gates.angle(turns[turn]);
                out.rotate(Opcode.RZ, target, negative ? -angle : angle);
            } else {
                out.add((negative ? kind.inverse() : kind).opcode(), target);
            }
        }
    }
}
