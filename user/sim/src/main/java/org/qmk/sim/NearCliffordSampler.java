package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Draws the terminal tail of a program for many shots from one near-Clifford state.
final class NearCliffordSampler implements ShotTree.Ending<NearCliffordState> {

    private final StepList steps;
    private final NoiseList noise;
    private final int start;
    private final Shots shots;
    private final long[][] planes;
    private final long bytesMax;
    private final ClusterSplit.Rule rule;
    private final EventBits outcome;
    // The steps of the tail that make events.
    private final int[] makers;

    /// The numbers of one shot's stream.
    private static final class Stream implements ClusterSampler.Numbers {
        private final long seed;
        private final long shot;
        private long draws;

        Stream(long seed, long shot, long draws) {
            this.seed = seed;
            this.shot = shot;
            this.draws = draws;
        }

        @Override
        public double next() {
            return ShotStream.uniform(seed, shot, draws++);
        }

        long bits() {
            long first = ShotStream.start(seed, shot);
            return ShotStream.bits(first, ShotStream.step(first), draws++);
        }
    }

    /// @param noise that has wrong outcomes alone behind the steps from `start` on
    /// @param bytesMax what samplers may take
    NearCliffordSampler(
            StepList steps,
            NoiseList noise,
            int start,
            Shots shots,
            long[][] planes,
            long bytesMax,
            ClusterSplit.Rule rule) {
        this.steps = steps;
        this.noise = noise;
        this.start = start;
        this.shots = shots;
        this.planes = planes;
        this.bytesMax = bytesMax;
        this.rule = rule;
        outcome = new EventBits(planes.length);
        makers = makers(steps, start);
    }

    private static int[] makers(StepList steps, int start) {
        int[] found = new int[steps.size() - start];
        int count = 0;
        for (int step = start; step < steps.size(); step++) {
            if (steps.act(step).isClassical() || isMeasurement(steps, step)) found[count++] = step;
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean isMeasurement(StepList steps, int step) {
        return steps.act(step) == Act.MEASURE || steps.act(step) == Act.MEASURE_ANGLE;
    }

    /// Applies the gates of a tail, which commute with the measurements before them, and turns
    /// measured qubits to Z. Returns the slots of these.
    static int[] evolve(StepList steps, int start, NearCliffordState state) {
        boolean[] turned = new boolean[steps.slotsPeak()];
        int[] measured = new int[steps.slotsPeak()];
        int count = 0;
        for (int step = start; step < steps.size(); step++) {
            Act act = steps.act(step);
            if (isMeasurement(steps, step)) {
                int slot = steps.slot(step, 0);
                if (turned[slot]) continue;
                state.turnToZ(step);
                turned[slot] = true;
                measured[count++] = slot;
            } else if (act == Act.PAULI || act.isGate()) {
                state.apply(step);
            }
        }
        return Arrays.copyOf(measured, count);
    }

    @Override
    public void finish(
            NearCliffordState state, EventBits events, long draws, int[] order, int from, int to) {
        int[] slots = evolve(steps, start, state);
        int[] placeOfSlot = new int[steps.slotsPeak()];
        for (int i = 0; i < slots.length; i++) placeOfSlot[slots[i]] = i;
        var group = new MeasuredGroup(state, slots);
        List<MeasuredGroup.Cluster> clusters = group.clusters();
        List<ClusterSampler> samplers = new ArrayList<>();
        double bytes = 0;
        for (MeasuredGroup.Cluster cluster : clusters) {
            ClusterSplit split = ClusterSplit.of(cluster, rule);
            bytes += split.bytes();
            NearCliffordSimulator.check(cluster.width(), split.lowWidth(), bytes, bytesMax);
            samplers.add(new ClusterSampler(group, cluster, split));
        }
        long[] measured = new long[group.words()];
        for (int i = from; i < to; i++) {
            var stream = new Stream(shots.seed(), shots.first() + order[i], draws);
            group.start(measured);
            long coins = 0;
            for (int coin = 0; coin < group.coins(); coin++) {
                coins = coin % 64 == 0 ? stream.bits() : coins >>> 1;
                if ((coins & 1) != 0) group.toss(measured, coin);
            }
            for (int c = 0; c < samplers.size(); c++) {
                long negative = samplers.get(c).sample(stream);
                int[] products = clusters.get(c).products();
                for (int p = 0; p < products.length; p++) {
                    if ((negative >>> p & 1) != 0) group.negate(measured, products[p]);
                }
            }
            record(events, measured, placeOfSlot, stream);
            outcome.writeTo(planes, order, i, i + 1);
        }
    }

    /// Makes `outcome` the events of a path that ends with the given Z of the measured slots.
    private void record(EventBits events, long[] measured, int[] placeOfSlot, Stream stream) {
        outcome.copyFrom(events);
        for (int step : makers) {
            if (steps.act(step).isClassical()) {
                if (outcome.holds(steps.guard(step))) outcome.evaluate(steps, step);
            } else {
                int place = placeOfSlot[steps.slot(step, 0)];
                boolean one = (measured[place >>> 6] >>> place & 1) != 0;
                for (int error = noise.start(step); error < noise.end(step); error++) {
                    one ^= stream.next() < noise.chance(error);
                }
                outcome.set(steps.event(step), one != steps.isNegative(step));
            }
        }
    }
}
