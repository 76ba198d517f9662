package org.qmk.sim;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Draws the terminal tail of a program for many shots from one state: one number a shot,
/// looked up in the cumulative distribution. Sums are kept for blocks of amplitudes only, the
/// amplitudes of one block being summed when a shot lands there.
///
/// @param <S> the kind of state
final class TerminalSampler<S extends SampledState> implements ShotTree.Ending<S> {

    private static final int BLOCK_SHIFT = 8;

    /// Shots that one thread looks up in one go.
    private static final int PIECE = 4096;

    private final StepList steps;
    private final NoiseList noise;
    private final int start;
    private final Shots shots;
    private final long[][] planes;
    private final EventBits outcome;
    // Steps of the tail that make an event.
    private final int[] recorded;
    private long[] hits = new long[0];

    /// @param noise that has wrong outcomes alone behind the steps from `start` on
    TerminalSampler(StepList steps, NoiseList noise, int start, Shots shots, long[][] planes) {
        this.steps = steps;
        this.noise = noise;
        this.start = start;
        this.shots = shots;
        this.planes = planes;
        outcome = new EventBits(planes.length);
        recorded =
                IntStream.range(start, steps.size())
                        .filter(step -> steps.event(step) != StepList.NO_EVENT)
                        .toArray();
    }

    @Override
    public void finish(S state, EventBits events, long draws, int[] order, int from, int to) {
        if (!evolve(state)) {
            record(events, 0, shots.first(), draws);
            outcome.writeTo(planes, order, from, to);
            return;
        }
        draw(state, draws, order, from, to);
        int[] group = new int[to - from];
        for (int i = 0; i < to - from; ) {
            int index = (int) (hits[i] >>> 32);
            int size = 0;
            // Where outcomes are told wrongly, shots of one basis state may differ.
            do group[size++] = (int) hits[i++];
            while (noise.isEmpty() && i < to - from && (int) (hits[i] >>> 32) == index);
            record(events, index, shots.first() + group[0], draws + 1);
            outcome.writeTo(planes, group, 0, size);
        }
    }

    /// Applies the gates of the tail, which commute with the measurements before them, and turns
    /// measured qubits to Z. Returns whether anything is measured.
    private boolean evolve(S state) {
        boolean measures = false;
        boolean[] turned = new boolean[steps.slotsPeak()];
        int width = start == 0 ? 0 : steps.width(start - 1);
        for (int step = start; step < steps.size(); step++) {
            width = Math.max(width, steps.width(step));
            state.setWidth(width);
            switch (steps.act(step)) {
                case MEASURE, MEASURE_ANGLE -> {
                    measures = true;
                    int slot = steps.slot(step, 0);
                    if (!turned[slot]) state.turnToZ(step);
                    turned[slot] = true;
                }
                case PAULI,
                        ROTATE,
                        H,
                        S,
                        SDG,
                        SX,
                        SXDG,
                        T,
                        TDG,
                        CNOT,
                        CZ,
                        SWAP,
                        ISWAP,
                        ISWAPDG,
                        CCZ,
                        TOFFOLI ->
                        state.apply(step);
                case ALLOC,
                        FREE,
                        RESET,
                        EVENT_CONST,
                        EVENT_NOT,
                        EVENT_XOR,
                        EVENT_AND,
                        EVENT_OR,
                        EVENT_SELECT -> {}
            }
        }
        return measures;
    }

    /// Fills `hits` with basis state (high half) and place of the shot (low half), sorted.
    private void draw(S state, long draws, int[] order, int from, int to) {
        double[] sums = state.cumulative(BLOCK_SHIFT);
        double total = sums[sums.length - 1];
        int count = to - from;
        if (hits.length < count) hits = new long[count];
        long[] found = hits;
        state.share(
                (count + PIECE - 1) / PIECE,
                (_, piece) -> {
                    int end = Math.min(count, (piece + 1) * PIECE);
                    for (int i = piece * PIECE; i < end; i++) {
                        int place = order[from + i];
                        double u = ShotStream.uniform(shots.seed(), shots.first() + place, draws);
                        found[i] = find(state, sums, u * total) << 32 | place;
                    }
                });
        Arrays.sort(hits, 0, count);
    }

    /// The basis state in which the cumulative weight passes `target`.
    private static long find(SampledState state, double[] sums, double target) {
        int block = Arrays.binarySearch(sums, target);
        if (block < 0) block = -block - 1;
        else while (block < sums.length && sums[block] <= target) block++;
        block = Math.min(block, sums.length - 1);
        while (block > 0 && sums[block] == sums[block - 1]) block--;
        double sum = block == 0 ? 0 : sums[block - 1];
        long end = Math.min(state.length(), block + 1L << BLOCK_SHIFT);
        long last = (long) block << BLOCK_SHIFT;
        for (long i = last; i < end; i++) {
            double weight = state.weight(i);
            if (weight == 0) continue;
            sum += weight;
            last = i;
            if (sum > target) return i;
        }
        return last;
    }

    /// Makes `outcome` the events of a path that ends in the given basis state.
    ///
    /// @param draw the first number of the shot's that has not been drawn
    private void record(EventBits events, int index, long shot, long draw) {
        outcome.copyFrom(events);
        long next = draw;
        for (int step : recorded) {
            Act act = steps.act(step);
            if (act.isClassical()) {
                if (outcome.holds(steps.guard(step))) outcome.evaluate(steps, step);
            } else {
                boolean one = (index >>> steps.slot(step, 0) & 1) != 0;
                for (int error = noise.start(step); error < noise.end(step); error++) {
                    one ^= ShotStream.uniform(shots.seed(), shot, next++) < noise.chance(error);
                }
                outcome.set(steps.event(step), one != steps.isNegative(step));
            }
        }
    }
}
