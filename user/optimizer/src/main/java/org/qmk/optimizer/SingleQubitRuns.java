package org.qmk.optimizer;

import java.util.ArrayList;
import java.util.List;

/// Writes each run of Clifford gates on one qubit as the shortest circuit that has its effect.
///
/// The part of a run that has the axis of the gate after it moves past that gate, if that costs
/// nothing, and joins the next run.
public final class SingleQubitRuns implements GatePass {

    // By axis: the elements that commute with the Pauli matrix of the axis.
    private static final List<int[]> ALONG =
            List.of(
                    new int[] {0},
                    powers(GateKind.SX),
                    powers(GateKind.S),
                    new int[] {0, SingleQubitCliffords.then(0, GateKind.Y)});
    // By axis and element: the element of `ALONG` that can go on, and what stays before it.
    private static final int[][] GOES = new int[4][SingleQubitCliffords.COUNT];
    private static final int[][] STAYS = new int[4][SingleQubitCliffords.COUNT];

    static {
        for (int axis = 0; axis < 4; axis++) {
            for (int element = 0; element < SingleQubitCliffords.COUNT; element++) {
                split(axis, element);
            }
        }
    }

    public SingleQubitRuns() {}

    private static int[] powers(GateKind gate) {
        List<Integer> powers = new ArrayList<>(List.of(0));
        for (int i = 0; i < 3; i++) powers.add(SingleQubitCliffords.then(powers.get(i), gate));
        return powers.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Finds the split of an element that costs no more than the whole and leaves least behind.
    private static void split(int axis, int element) {
        STAYS[axis][element] = element;
        for (int goes : ALONG.get(axis)) {
            for (int stays = 0; stays < SingleQubitCliffords.COUNT; stays++) {
                if (SingleQubitCliffords.product(stays, goes) != element) continue;
                int both = SingleQubitCliffords.cost(stays) + SingleQubitCliffords.cost(goes);
                int best = SingleQubitCliffords.cost(STAYS[axis][element]);
                if (both > SingleQubitCliffords.cost(element)) continue;
                if (SingleQubitCliffords.cost(stays) >= best) continue;
                STAYS[axis][element] = stays;
                GOES[axis][element] = goes;
            }
        }
    }

    @Override
    public String title() {
        return "single-qubit runs";
    }

    @Override
    public GateList apply(GateList gates) {
        var out = new GateList(gates.qubits());
        byte[] pending = new byte[gates.qubits()];
        for (int i = 0; i < gates.size(); i++) {
            GateKind kind = GateKind.of(gates, i);
            int first = gates.first(i);
            if (kind.isClifford() && kind.qubits() == 1) {
                pending[first] = (byte) SingleQubitCliffords.then(pending[first], kind);
                continue;
            }
            if (kind == GateKind.SWAP) {
                byte kept = pending[first];
                pending[first] = pending[gates.second(i)];
                pending[gates.second(i)] = kept;
            } else {
                flush(out, pending, first, kind.axis(0));
                if (kind.qubits() > 1) flush(out, pending, gates.second(i), kind.axis(1));
                if (kind.qubits() > 2) flush(out, pending, gates.third(i), kind.axis(2));
            }
            out.addFrom(gates, i);
        }
        for (int qubit = 0; qubit < pending.length; qubit++) {
            SingleQubitCliffords.add(out, qubit, pending[qubit]);
        }
        return out;
    }

    private static void flush(GateList out, byte[] pending, int qubit, int axis) {
        int element = pending[qubit];
        if (element == 0) return;
        SingleQubitCliffords.add(out, qubit, STAYS[axis][element]);
        pending[qubit] = (byte) GOES[axis][element];
    }
}
