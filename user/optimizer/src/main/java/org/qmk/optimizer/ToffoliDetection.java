package org.qmk.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.qmk.optimizer.WireSums.Sum;
import org.qmk.qvm.Opcode;

/// Finds CCZ and Toffoli gates that are written as seven T gates.
///
/// T gates turn by the sums of bits that their qubits have. Seven of them whose sums are all those
/// of three sums, whichever way each turns, are a CCZ gate and Clifford gates. It stands where the
/// three sums are on three of their qubits at once. Between two Hadamard gates it is a Toffoli
/// gate. The seven must lie within `WINDOW` gates, each among the last `RECENT` T gates.
public final class ToffoliDetection implements GatePass {

    private static final int RECENT = 24;
    private static final int WINDOW = 512;

    public ToffoliDetection() {}

    @Override
    public String title() {
        return "Toffoli gates";
    }

    @Override
    public GateList apply(GateList gates) {
        return withToffoli(new Cancellation().apply(new Search(gates).found()));
    }

    /// A T gate: the sum that it turns by, and which way.
    private record Turn(int gate, Sum sum, boolean backwards) {}

    /// A CCZ gate in the place of seven turns, before a gate.
    ///
    /// @param quarters by qubit: quarter turns to add
    /// @param pairs whether CZ is to be added on qubits 0 and 1, 0 and 2, 1 and 2
    private record Found(int[] qubits, int[] quarters, boolean[] pairs) {}

    private static final class Search {

        private final GateList gates;
        // By gate and place: the bit before the gate.
        private final Sum[] sums;
        private final boolean[] opposite;
        private final boolean[] gone;
        private final Map<Integer, List<Found>> before = new HashMap<>();
        private final List<Turn> recent = new ArrayList<>();
        private final Map<Sum, Turn> bySum = new HashMap<>();
        private final WireSums wires;

        Search(GateList gates) {
            this.gates = gates;
            sums = new Sum[3 * gates.size()];
            opposite = new boolean[3 * gates.size()];
            gone = new boolean[gates.size()];
            wires = new WireSums(gates.qubits());
        }

        GateList found() {
            for (int i = 0; i < gates.size(); i++) {
                GateKind kind = GateKind.of(gates, i);
                for (int place = 0; place < kind.qubits(); place++) {
                    sums[3 * i + place] = wires.sum(gates.qubit(i, place));
                    opposite[3 * i + place] = wires.isOpposite(gates.qubit(i, place));
                }
                wires.apply(kind, gates.first(i), gates.second(i), gates.third(i));
                if (kind == GateKind.T || kind == GateKind.TDG) {
                    boolean backwards = kind == GateKind.TDG ^ opposite[3 * i];
                    turn(new Turn(i, sums[3 * i], backwards));
                }
            }
            return written();
        }

        private void turn(Turn turn) {
            Turn same = bySum.put(turn.sum, turn);
            if (same != null) recent.remove(same);
            if (recent.size() == RECENT) bySum.remove(recent.removeFirst().sum);
            List<Turn> halves = new ArrayList<>();
            for (Turn other : recent) {
                Turn third = bySum.get(turn.sum.plus(other.sum));
                if (third != null && third.gate < other.gate) halves.add(other);
            }
            recent.add(turn);
            for (int i = 0; i < halves.size(); i++) {
                for (int j = 0; j < i; j++) {
                    List<Turn> seven = seven(turn, halves.get(i), halves.get(j));
                    if (seven.size() == 7 && replace(seven)) return;
                }
            }
        }

        /// The turns by all sums of three, or fewer than seven.
        private List<Turn> seven(Turn a, Turn b, Turn c) {
            Sum ab = a.sum.plus(b.sum);
            List<Turn> seven = new ArrayList<>(List.of(a, b, c));
            for (Sum sum : List.of(ab, a.sum.plus(c.sum), b.sum.plus(c.sum), ab.plus(c.sum))) {
                Turn turn = bySum.get(sum);
                if (turn != null) seven.add(turn);
            }
            return seven;
        }

        /// Looks from the last turn back to the first for a place where the gate can stand.
        private boolean replace(List<Turn> seven) {
            var qubits = new TreeSet<Integer>();
            Map<Sum, Turn> turns = new HashMap<>();
            int first = Integer.MAX_VALUE;
            int last = 0;
            for (Turn turn : seven) {
                qubits.add(gates.first(turn.gate));
                turns.put(turn.sum, turn);
                first = Math.min(first, turn.gate);
                last = Math.max(last, turn.gate);
            }
            Map<Integer, Sum> now = new HashMap<>();
            Map<Integer, Boolean> turned = new HashMap<>();
            for (int qubit : qubits) {
                now.put(qubit, wires.sum(qubit));
                turned.put(qubit, wires.isOpposite(qubit));
            }
            for (int at = last + 1; at >= first && last - at < WINDOW; at--) {
                int[] three = basis(qubits, now, turns);
                if (three.length == 3) {
                    add(at, three, now, turned, turns);
                    return true;
                }
                if (at == 0) break;
                for (int place = 0; place < 3; place++) {
                    int qubit = gates.qubit(at - 1, place);
                    if (qubit == GateList.NONE || !now.containsKey(qubit)) continue;
                    now.put(qubit, sums[3 * (at - 1) + place]);
                    turned.put(qubit, opposite[3 * (at - 1) + place]);
                }
            }
            return false;
        }

        /// Three qubits whose sums are among those of the turns and give all of them, or none.
        private static int[] basis(
                TreeSet<Integer> qubits, Map<Integer, Sum> now, Map<Sum, Turn> turns) {
            List<Integer> chosen = new ArrayList<>();
            for (int qubit : qubits) {
                Sum sum = now.get(qubit);
                if (!turns.containsKey(sum)) continue;
                boolean other = true;
                for (int one : chosen) other &= !sum.equals(now.get(one));
                if (chosen.size() == 2) {
                    Sum both = now.get(chosen.get(0)).plus(now.get(chosen.get(1)));
                    other &= !sum.equals(both);
                }
                if (other) chosen.add(qubit);
                if (chosen.size() == 3) break;
            }
            return chosen.stream().mapToInt(Integer::intValue).toArray();
        }

        /// What the turns do more than a CCZ gate does is quarter turns of sums of bits, which are
        /// S gates on each and CZ on each two.
        private void add(
                int at,
                int[] qubits,
                Map<Integer, Sum> now,
                Map<Integer, Boolean> turned,
                Map<Sum, Turn> turns) {
            int[] quarters = new int[3];
            boolean[] pairs = new boolean[3];
            for (int members = 1; members < 8; members++) {
                Sum sum = Sum.ZERO;
                boolean backwards = false;
                for (int k = 0; k < 3; k++) {
                    if ((members >> k & 1) == 0) continue;
                    sum = sum.plus(now.get(qubits[k]));
                    backwards ^= turned.get(qubits[k]);
                }
                Turn turn = turns.get(sum);
                backwards ^= turn.backwards;
                boolean wanted = Integer.bitCount(members) == 2;
                gone[turn.gate] = true;
                recent.remove(turn);
                bySum.remove(turn.sum);
                if (backwards == wanted) continue;
                for (int k = 0; k < 3; k++) {
                    if ((members >> k & 1) != 0) quarters[k] += backwards ? 3 : 1;
                }
                pairs[0] ^= (members & 3) == 3;
                pairs[1] ^= (members & 5) == 5;
                pairs[2] ^= (members & 6) == 6;
            }
            before.computeIfAbsent(at, _ -> new ArrayList<>())
                    .add(new Found(qubits, quarters, pairs));
        }

        private GateList written() {
            var out = new GateList(gates.qubits());
            for (int i = 0; i <= gates.size(); i++) {
                for (Found found : before.getOrDefault(i, List.of())) write(out, found);
                if (i < gates.size() && !gone[i]) out.addFrom(gates, i);
            }
            return out;
        }

        private static void write(GateList out, Found found) {
            int[] qubits = found.qubits;
            out.add(Opcode.APPLY_CCZ, qubits[0], qubits[1], qubits[2]);
            for (int k = 0; k < 3; k++) {
                TurnAngle.add(out, GateKind.AXIS_Z, qubits[k], 2 * found.quarters[k] & 7, 0);
            }
            if (found.pairs[0]) out.add(Opcode.APPLY_CZ, qubits[0], qubits[1]);
            if (found.pairs[1]) out.add(Opcode.APPLY_CZ, qubits[0], qubits[2]);
            if (found.pairs[2]) out.add(Opcode.APPLY_CZ, qubits[1], qubits[2]);
        }
    }

    /// A CCZ gate between two Hadamard gates becomes a Toffoli gate.
    private static GateList withToffoli(GateList gates) {
        var wires = new Wires(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            if (gates.opcode(i) == Opcode.APPLY_H && closes(wires, gates.first(i))) continue;
            wires.gates().addFrom(gates, i);
            wires.link(wires.gates().size() - 1);
        }
        return wires.left();
    }

    /// Whether a Hadamard gate on the qubit makes a Toffoli gate of the last two gates there. No
    /// other gate may have come after the CCZ on its qubits, as the new gate comes last.
    private static boolean closes(Wires wires, int target) {
        int gate = wires.last(target);
        GateList gates = wires.gates();
        if (gate == Wires.NONE || gates.opcode(gate) != Opcode.APPLY_CCZ) return false;
        int opening = wires.before(gate, wires.place(gate, target));
        if (opening == Wires.NONE || gates.opcode(opening) != Opcode.APPLY_H) return false;
        int[] controls = new int[2];
        int count = 0;
        for (int place = 0; place < 3; place++) {
            int qubit = gates.qubit(gate, place);
            if (wires.last(qubit) != gate) return false;
            if (qubit != target) controls[count++] = qubit;
        }
        wires.remove(gate);
        wires.remove(opening);
        gates.add(Opcode.APPLY_TOFFOLI, controls[0], controls[1], target);
        wires.link(gates.size() - 1);
        return true;
    }
}
