package org.qmk.sim;

/// Follows one path of a program in the Clifford frame, without vectors wider than a few qubits, to
/// see how wide they would become. Widths depend on outcomes only through guards, and where a qubit
/// turns out not to be entangled.
final class NearCliffordPilot {

    /// Vectors that are kept, to see what cancels.
    private static final int HELD_MAX = 10;

    /// Words of the frame after which the rest of the program is taken to go on like this.
    private static final long FRAME_WORK_MAX = 1L << 29;

    /// Times, measured: per amplitude, per word of the frame, per step, and per shot and event.
    private static final double AMPLITUDE_NANOS = 1.3;

    private static final double ERROR_NANOS = 1_500;

    private static final double WORD_NANOS = 1.2;
    private static final double STEP_NANOS = 150;
    private static final double EVENT_NANOS = 5;

    /// Widths of vectors to try, the first of which puts nothing off.
    private static final int[] MERGES = {DenseCore.QUBITS_MAX, 22, 12};

    /// A program that takes less is not worth another look.
    private static final double SOON_SECONDS = 1;

    private final StepList steps;
    private final ClusterSplit.Rule rule;
    private final NearCliffordState state;
    private final EventBits events;
    private int draws;
    private int widest;
    private int together;
    private double bytes;
    private double samplingSetup;
    private double samplingShot;
    private double share = 1;

    /// The look ahead with the rule that takes least time for the shots of the standard rule.
    static NearCliffordPilot cheapest(StepList steps) {
        NearCliffordPilot best = new NearCliffordPilot(steps, ClusterSplit.Rule.STANDARD);
        for (int i = 1; i < MERGES.length && best.nominal() > SOON_SECONDS; i++) {
            var rule = ClusterSplit.Rule.STANDARD.merging(MERGES[i]);
            var other = new NearCliffordPilot(steps, rule);
            if (other.nominal() < best.nominal()) best = other;
        }
        return best;
    }

    private NearCliffordPilot(StepList steps, ClusterSplit.Rule rule) {
        this.steps = steps;
        this.rule = rule;
        state = NearCliffordState.pilot(steps, rule.mergeMax(), HELD_MAX);
        events = new EventBits(steps.graph().events().size());
        int tail = TerminalTail.start(steps);
        for (int step = 0; step < tail; step++) {
            follow(step);
            if (state.frameWork() > FRAME_WORK_MAX) {
                share = (double) steps.size() / (step + 1);
                break;
            }
        }
        if (share == 1) finish(tail);
        bytes = Math.max(bytes, state.bytesPeak()) + CliffordFrame.bytes(steps.slotsPeak());
        widest = Math.max(widest, state.widthPeak());
        together = Math.max(together, widest);
    }

    ClusterSplit.Rule rule() {
        return rule;
    }

    /// Time for the shots of the rule; infinite if some vector has no index.
    private double nominal() {
        if (widest > DenseCore.QUBITS_MAX) return Double.POSITIVE_INFINITY;
        return cost(NoiseList.NONE, (long) rule.shots()).seconds();
    }

    /// @throws IllegalArgumentException if the vectors do not fit
    void check(double bytesMax) {
        NearCliffordSimulator.check(together, widest, bytes, bytesMax);
    }

    Estimate cost(NoiseList noise, long shots) {
        if (bytes > Long.MAX_VALUE / 4) return Estimate.UNBOUNDED;
        double path =
                share * (AMPLITUDE_NANOS * state.work() + WORD_NANOS * state.frameWork())
                        + STEP_NANOS * steps.size()
                        + ERROR_NANOS * noise.size()
                        + samplingSetup;
        double shot = samplingShot + EVENT_NANOS * steps.graph().events().size();
        double nanos = noise.runs(shots, draws) * path + shots * shot;
        return new Estimate(nanos * 1e-9, (long) bytes);
    }

    private void finish(int tail) {
        int[] slots = NearCliffordSampler.evolve(steps, tail, state);
        var group = new MeasuredGroup(state, slots);
        double sampling = 0;
        for (MeasuredGroup.Cluster cluster : group.clusters()) {
            ClusterSplit split = ClusterSplit.of(cluster, rule);
            together = Math.max(together, cluster.width());
            widest = Math.max(widest, split.lowWidth());
            sampling += split.bytes();
            samplingSetup += split.nanos(0);
            samplingShot += split.nanos(1) - split.nanos(0);
        }
        bytes = sampling + state.bytesPeak();
    }

    private void follow(int step) {
        Act act = steps.act(step);
        if (steps.isGuarded(step) && !events.holds(steps.guard(step))) return;
        if (act.isClassical()) {
            events.evaluate(steps, step);
        } else if (act.isGate()) {
            state.apply(step);
        } else if (act == Act.PAULI) {
            if (events.applies(steps.graph(), steps.node(step))) state.apply(step);
        } else if (act != Act.ALLOC) {
            double chance = state.chanceOfOne(step);
            boolean one = chance > 0.5;
            if (chance > 0 && chance < 1) draws++;
            state.settle(step, one);
            if (steps.event(step) != StepList.NO_EVENT) events.set(steps.event(step), one);
        }
    }
}
