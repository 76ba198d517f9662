package org.qmk.optimizer;

import org.qmk.optimizer.tcount.TCountReduction;
import org.qmk.optimizer.tcount.TCountSettings;

/// Searches for circuits of fewer T gates: `TCountReduction`, on pieces of the lists one after the
/// other. A piece stays as it is if it would not have fewer T gates, where a CCZ or Toffoli that
/// stays counts as four. After `SEARCHED_MAX` T gates all pieces stay, so that the time is bounded.
final class FewestTGates {

    private static final int PIECE_MAX = 1250;
    private static final long SEARCHED_MAX = 10_000;

    /// Small pieces are searched for less long: what can be found there is found soon.
    private static final long EFFORT_PER_SQUARE = 50_000;

    private final TCountSettings settings;
    private long searched;

    /// @param ancillas whether qubits and measurements may be added
    FewestTGates(boolean ancillas) {
        settings = ancillas ? TCountSettings.DEFAULT.withAncillas() : TCountSettings.DEFAULT;
    }

    /// The list with the same effect on its qubits; ancillas come after them and end in the state
    /// 0.
    GateList reduced(GateList gates) {
        var out = new GateList(gates.qubits());
        int from = 0;
        while (from < gates.size()) {
            int to = from;
            int count = 0;
            while (to < gates.size() && count < PIECE_MAX) count += gates.opcode(to++).tCount();
            append(out, shorter(gates, from, to));
            from = to;
        }
        return out;
    }

    private GateList shorter(GateList gates, int from, int to) {
        var piece = new GateList(gates.qubits());
        for (int i = from; i < to; i++) piece.addFrom(gates, i);
        long count = tCount(piece);
        if (searched + count > SEARCHED_MAX) return piece;
        searched += count;
        long effort = Math.min(settings.effort(), EFFORT_PER_SQUARE * count * count);
        GateList reduced = TCountReduction.reduce(piece, settings.withEffort(effort));
        return tCount(reduced) < count ? reduced : piece;
    }

    private static long tCount(GateList gates) {
        long count = 0;
        for (int i = 0; i < gates.size(); i++) count += gates.opcode(i).tCount();
        return count;
    }

    /// Every piece has the same ancillas, as each leaves them in 0.
    private static void append(GateList out, GateList piece) {
        while (out.qubits() < piece.qubits()) out.addQubit();
        int[] events = new int[piece.events()];
        for (int event = 0; event < events.length; event++) events[event] = out.addEvent();
        for (int i = 0; i < piece.size(); i++) out.addFrom(piece, i, events);
    }
}
