package org.qmk.sim;

import java.util.Arrays;

/// Draws the terminal tail of a program for many shots from one sparse state: one number a shot,
/// looked up in the cumulative distribution over the entries in their order.
final class SparseSampler implements ShotTree.Ending<SparseVector> {

    private static final int BLOCK_SHIFT = 8;

    private final StepList steps;
    private final NoiseList noise;
    private final int start;
    private final Shots shots;
    private final long[][] planes;
    private final EventBits outcome;
    // The steps of the tail that make events.
    private final int[] makers;

    /// @param noise that has wrong outcomes alone behind the steps from `start` on
    SparseSampler(StepList steps, NoiseList noise, int start, Shots shots, long[][] planes) {
        this.steps = steps;
        this.noise = noise;
        this.start = start;
        this.shots = shots;
        this.planes = planes;
        outcome = new EventBits(planes.length);
        int[] found = new int[steps.size() - start];
        int count = 0;
        for (int step = start; step < steps.size(); step++) {
            if (steps.act(step).isClassical() || isMeasurement(step)) found[count++] = step;
        }
        makers = Arrays.copyOf(found, count);
    }

    @Override
    public void finish(
            SparseVector state, EventBits events, long draws, int[] order, int from, int to) {
        evolve(state);
        SparseEntries entries = state.entries();
        long[] hits = draw(entries, draws, order, from, to);
        int[] group = new int[hits.length];
        for (int i = 0; i < hits.length; ) {
            int entry = (int) (hits[i] >>> 32);
            int size = 0;
            // Where outcomes are told wrongly, shots of one basis state may differ.
            do group[size++] = (int) hits[i++];
            while (noise.isEmpty() && i < hits.length && (int) (hits[i] >>> 32) == entry);
            record(events, entries, entry, shots.first() + group[0], draws + 1);
            outcome.writeTo(planes, group, 0, size);
        }
    }

    /// Applies the gates of the tail, which commute with the measurements before them, and turns
    /// measured qubits to Z. Discards need nothing: nobody looks at the qubit again.
    private void evolve(SparseVector state) {
        boolean[] turned = new boolean[steps.slotsPeak()];
        for (int step = start; step < steps.size(); step++) {
            Act act = steps.act(step);
            if (isMeasurement(step)) {
                int slot = steps.slot(step, 0);
                if (!turned[slot]) state.turnToZ(step);
                turned[slot] = true;
            } else if (act == Act.PAULI || act.isGate()) {
                state.apply(step);
            }
        }
    }

    private boolean isMeasurement(int step) {
        return steps.act(step) == Act.MEASURE || steps.act(step) == Act.MEASURE_ANGLE;
    }

    /// Entry (high half) and place of the shot (low half), sorted.
    private long[] draw(SparseEntries entries, long draws, int[] order, int from, int to) {
        double[] re = entries.re();
        double[] im = entries.im();
        double[] sums = new double[(entries.size() - 1 >>> BLOCK_SHIFT) + 1];
        double total = 0;
        for (int i = 0; i < entries.size(); i++) {
            total += re[i] * re[i] + im[i] * im[i];
            sums[i >>> BLOCK_SHIFT] = total;
        }
        long[] hits = new long[to - from];
        for (int i = 0; i < hits.length; i++) {
            int place = order[from + i];
            double u = ShotStream.uniform(shots.seed(), shots.first() + place, draws);
            hits[i] = (long) find(entries, sums, u * total) << 32 | place;
        }
        Arrays.sort(hits);
        return hits;
    }

    /// The entry in which the cumulative weight passes `target`.
    private static int find(SparseEntries entries, double[] sums, double target) {
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (sums[middle] > target) high = middle;
            else low = middle + 1;
        }
        double[] re = entries.re();
        double[] im = entries.im();
        double sum = low == 0 ? 0 : sums[low - 1];
        int end = Math.min(entries.size(), low + 1 << BLOCK_SHIFT);
        for (int i = low << BLOCK_SHIFT; i < end; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
            if (sum > target) return i;
        }
        return end - 1;
    }

    /// Makes `outcome` the events of a path that ends in the given basis state.
    ///
    /// @param draw the first number of the shot's that has not been drawn
    private void record(EventBits events, SparseEntries entries, int entry, long shot, long draw) {
        outcome.copyFrom(events);
        long next = draw;
        for (int step : makers) {
            if (steps.act(step).isClassical()) {
                if (outcome.holds(steps.guard(step))) outcome.evaluate(steps, step);
            } else {
                boolean one = entries.bit(entry, steps.slot(step, 0));
                for (int error = noise.start(step); error < noise.end(step); error++) {
                    one ^= ShotStream.uniform(shots.seed(), shot, next++) < noise.chance(error);
                }
                outcome.set(steps.event(step), one != steps.isNegative(step));
            }
        }
    }
}
