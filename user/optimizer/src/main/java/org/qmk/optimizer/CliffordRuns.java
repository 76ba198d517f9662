package org.qmk.optimizer;

import java.util.Arrays;

/// Writes runs of Clifford gates in a normal form, where that has fewer gates.
///
/// A run holds the Clifford gates that depend on no other gates among themselves and that are
/// joined by qubits. Fewer gates on two qubits count more than fewer gates. A run on many qubits
/// with few gates stays as it is, so that the work is linear in the number of gates.
public final class CliffordRuns implements GatePass {

    private static final int WORK_PER_GATE = 4096;

    public CliffordRuns() {}

    @Override
    public String title() {
        return "Clifford runs";
    }

    @Override
    public GateList apply(GateList gates) {
        return new Runs(gates).rewritten();
    }

    /// The gates by level and run: level by level, the runs of the level, then its other gates.
    private static final class Runs {

        private final GateList gates;
        private final GateList out;
        private final int[] order;
        private final int[] ends;
        // By qubit, within a level: who represents its run, its number there, or -1.
        private final int[] leaders;
        private final int[] local;

        Runs(GateList gates) {
            this.gates = gates;
            out = new GateList(gates.qubits());
            int[] levels = levels();
            int highest = 0;
            for (int level : levels) highest = Math.max(highest, level);
            ends = new int[highest + 1];
            for (int level : levels) ends[level]++;
            int[] at = new int[highest + 2];
            for (int level = 0; level <= highest; level++) {
                if (level > 0) ends[level] += ends[level - 1];
                at[level + 1] = ends[level];
            }
            order = new int[levels.length];
            for (int i = 0; i < levels.length; i++) order[at[levels[i]]++] = i;
            leaders = new int[gates.qubits()];
            local = new int[gates.qubits()];
            Arrays.fill(leaders, -1);
            Arrays.fill(local, -1);
        }

        private int[] levels() {
            int[] levels = new int[gates.size()];
            int[] cliffordLevels = new int[gates.qubits()];
            int[] otherLevels = new int[gates.qubits()];
            for (int i = 0; i < levels.length; i++) {
                GateKind kind = GateKind.of(gates, i);
                boolean clifford = kind.isClifford();
                int[] from = clifford ? cliffordLevels : otherLevels;
                int level = 0;
                for (int p = 0; p < kind.qubits(); p++) {
                    level = Math.max(level, from[gates.qubit(i, p)]);
                }
                for (int p = 0; p < kind.qubits(); p++) {
                    otherLevels[gates.qubit(i, p)] = level;
                    cliffordLevels[gates.qubit(i, p)] = clifford ? level : level + 1;
                }
                levels[i] = level;
            }
            return levels;
        }

        GateList rewritten() {
            for (int level = 0; level < ends.length; level++) {
                int start = level == 0 ? 0 : ends[level - 1];
                rewrite(start, ends[level]);
                for (int at = start; at < ends[level]; at++) {
                    if (!isClifford(order[at])) out.addFrom(gates, order[at]);
                }
            }
            return out;
        }

        private boolean isClifford(int gate) {
            return GateKind.of(gates.opcode(gate)).isClifford();
        }

        /// Rewrites the runs of one level.
        private void rewrite(int start, int end) {
            for (int at = start; at < end; at++) {
                if (isClifford(order[at])) join(order[at]);
            }
            // Sorted by run, and by place within a run.
            long[] byRun = new long[end - start];
            int count = 0;
            for (int at = start; at < end; at++) {
                int gate = order[at];
                if (isClifford(gate))
                    byRun[count++] = (long) leader(gates.first(gate)) << 32 | gate;
            }
            Arrays.sort(byRun, 0, count);
            for (int i = 0; i < count; ) {
                int from = i;
                while (i < count && byRun[i] >>> 32 == byRun[from] >>> 32) i++;
                rewriteRun(byRun, from, i);
            }
            for (int i = 0; i < count; i++) {
                int gate = (int) byRun[i];
                leaders[gates.first(gate)] = -1;
                if (gates.second(gate) != GateList.NONE) leaders[gates.second(gate)] = -1;
            }
        }

        private void join(int gate) {
            int first = leader(gates.first(gate));
            leaders[first] = first;
            if (gates.second(gate) == GateList.NONE) return;
            leaders[leader(gates.second(gate))] = first;
        }

        private int leader(int qubit) {
            int leader = qubit;
            while (leaders[leader] >= 0 && leaders[leader] != leader) {
                int next = leaders[leader];
                if (leaders[next] >= 0) leaders[leader] = leaders[next];
                leader = next;
            }
            return leader;
        }

        private void rewriteRun(long[] byRun, int from, int to) {
            int size = to - from;
            var run = new GateList(0);
            int[] found = new int[2 * size];
            for (int i = from; i < to; i++) {
                int gate = (int) byRun[i];
                int first = number(gates.first(gate), run, found);
                int second = GateList.NONE;
                if (gates.second(gate) != GateList.NONE) {
                    second = number(gates.second(gate), run, found);
                }
                run.add(gates.opcode(gate), first, second);
            }
            for (int i = 0; i < run.qubits(); i++) local[found[i]] = -1;
            GateList best = shortest(run);
            for (int i = 0; i < best.size(); i++) {
                int second =
                        best.second(i) == GateList.NONE ? GateList.NONE : found[best.second(i)];
                out.add(best.opcode(i), found[best.first(i)], second);
            }
        }

        private int number(int qubit, GateList run, int[] found) {
            if (local[qubit] < 0) {
                local[qubit] = run.addQubit();
                found[local[qubit]] = qubit;
            }
            return local[qubit];
        }
    }

    /// The run or its normal form, whichever has fewer gates.
    private static GateList shortest(GateList run) {
        long n = run.qubits();
        if (run.size() < 3 || n * n * n > (long) WORK_PER_GATE * run.size()) return run;
        GateList other = new SingleQubitRuns().apply(CliffordSynthesis.of(run));
        return cost(other) < cost(run) ? other : run;
    }

    private static long cost(GateList gates) {
        long pairs = 0;
        for (int i = 0; i < gates.size(); i++) {
            if (gates.second(i) != GateList.NONE) pairs++;
        }
        return pairs << 32 | gates.size();
    }
}
