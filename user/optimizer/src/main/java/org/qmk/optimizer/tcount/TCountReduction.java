package org.qmk.optimizer.tcount;

import org.qmk.optimizer.GateList;

/// Makes Clifford and T programs of fewer T gates.
public final class TCountReduction {

    private final GateList in;
    private final TCountSettings settings;
    private final GateList out;

    private TCountReduction(GateList in, TCountSettings settings) {
        this.in = in;
        this.settings = settings;
        out = new GateList(in.qubits());
    }

    /// Gates with the same effect as others up to a global phase, and no more T gates, where a CCZ
    /// or Toffoli counts as seven. Ancillas end in the state 0.
    ///
    /// Gates that are neither Clifford nor made of T gates, measurements and guarded gates stay
    /// where they are; what lies between two of them is reduced by itself.
    public static GateList reduce(GateList in, TCountSettings settings) {
        var reduction = new TCountReduction(in, settings);
        reduction.run();
        return reduction.out;
    }

    private void run() {
        for (int i = 0; i < in.events(); i++) out.addEvent();
        int next = 0;
        while (next < in.size()) {
            int end = next;
            while (end < in.size() && RunReduction.takes(in, end)) end++;
            if (end > next) append(new RunReduction(in, next, end, settings).reduced());
            if (end < in.size()) out.addFrom(in, end++);
            next = end;
        }
    }

    /// Every run has the same ancillas, as each leaves them in 0.
    private void append(GateList run) {
        while (out.qubits() < run.qubits()) out.addQubit();
        int[] events = new int[run.events()];
        for (int i = 0; i < run.size(); i++) {
            if (run.made(i) != GateList.NONE) {
                events[run.made(i)] = out.measure(run.opcode(i), run.first(i));
            } else {
                out.add(run.opcode(i), run.first(i), run.second(i), run.third(i));
            }
            if (run.guard(i) != GateList.NONE) out.guardLast(events[run.guard(i)]);
        }
    }
}
