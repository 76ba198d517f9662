package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;

/// Makes CNOT and T gates of parities: the lightest parity next, gathered on the qubit that leaves
/// the others lightest. The CNOT gates are not undone.
final class ParityNetwork {

    /// Where the gates go.
    interface Sink {

        void cnot(int control, int target);

        /// A T gate, or its inverse.
        void turn(int qubit, boolean negative);
    }

    private final ParityTable parities;
    private final List<Boolean> negative;
    private final Sink sink;

    ParityNetwork(ParityTable parities, List<Boolean> negative, Sink sink) {
        this.parities = parities.copy();
        this.negative = new ArrayList<>(negative);
        this.sink = sink;
    }

    void emit() {
        while (parities.size() > 0) {
            int next = lightest();
            long[] parity = parities.parity(next);
            int target = target(parity);
            long[] controls = parity.clone();
            controls[target >> 6] ^= 1L << target;
            for (int control : ThirdOrderElimination.members(controls)) {
                sink.cnot(control, target);
            }
            for (int i = 0; i < parities.size(); i++) {
                if (parities.has(i, target)) parities.toggle(i, controls);
            }
            sink.turn(target, negative.get(next));
            negative.set(next, negative.getLast());
            negative.removeLast();
            parities.remove(next);
        }
    }

    private int lightest() {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < parities.size(); i++) {
            int weight = 0;
            for (int w = 0; w < parities.words; w++) weight += Long.bitCount(parities.word(i, w));
            if (weight >= least) continue;
            least = weight;
            best = i;
        }
        return best;
    }

    private int target(long[] parity) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int target : ThirdOrderElimination.members(parity)) {
            int change = 0;
            for (int i = 0; i < parities.size(); i++) {
                if (!parities.has(i, target)) continue;
                // the target itself stays; the other members toggle
                for (int w = 0; w < parities.words; w++) {
                    long before = parities.word(i, w);
                    change += Long.bitCount(before ^ parity[w]) - Long.bitCount(before);
                }
                change++;
            }
            if (change >= least) continue;
            least = change;
            best = target;
        }
        return best;
    }
}
