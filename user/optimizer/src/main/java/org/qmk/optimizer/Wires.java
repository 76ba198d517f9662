package org.qmk.optimizer;

import java.util.Arrays;

/// A list of gates that is linked along its qubits, so that a gate can be taken out at once.
final class Wires {

    static final int NONE = GateList.NONE;

    private final GateList gates;
    private final int[] last;
    // By gate and place: the gate before on the same qubit, and the one after.
    private int[] before = new int[3 * 16];
    private int[] after = new int[3 * 16];
    private boolean[] removed = new boolean[16];

    Wires(int qubits) {
        gates = new GateList(qubits);
        last = new int[qubits];
        Arrays.fill(last, NONE);
    }

    /// The gates, with those that are taken out.
    GateList gates() {
        return gates;
    }

    /// The last gate on a qubit, or `NONE`.
    int last(int qubit) {
        return last[qubit];
    }

    /// The gate before on the qubit of the given place, or `NONE`.
    int before(int gate, int place) {
        return before[3 * gate + place];
    }

    /// The place at which a gate has a qubit, or `NONE`.
    int place(int gate, int qubit) {
        if (gates.first(gate) == qubit) return 0;
        if (gates.second(gate) == qubit) return 1;
        return gates.third(gate) == qubit ? 2 : NONE;
    }

    /// Links a gate that was added to `gates`. Gates are linked in their order.
    void link(int gate) {
        if (gate == removed.length) {
            removed = Arrays.copyOf(removed, 2 * gate);
            before = Arrays.copyOf(before, 6 * gate);
            after = Arrays.copyOf(after, 6 * gate);
        }
        for (int place = 0; place < 3; place++) {
            int qubit = gates.qubit(gate, place);
            if (qubit == NONE) break;
            int earlier = last[qubit];
            before[3 * gate + place] = earlier;
            after[3 * gate + place] = NONE;
            if (earlier != NONE) after[3 * earlier + place(earlier, qubit)] = gate;
            last[qubit] = gate;
        }
    }

    void remove(int gate) {
        removed[gate] = true;
        for (int place = 0; place < 3; place++) {
            int qubit = gates.qubit(gate, place);
            if (qubit == NONE) break;
            int earlier = before[3 * gate + place];
            int later = after[3 * gate + place];
            if (earlier != NONE) after[3 * earlier + place(earlier, qubit)] = later;
            if (later == NONE) {
                last[qubit] = earlier;
            } else {
                before[3 * later + place(later, qubit)] = earlier;
            }
        }
    }

    /// The gates that are left, in order.
    GateList left() {
        var left = new GateList(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            if (!removed[i]) left.addFrom(gates, i);
        }
        return left;
    }
}
