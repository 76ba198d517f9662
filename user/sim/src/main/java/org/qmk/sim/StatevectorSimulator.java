package org.qmk.sim;

import java.util.Optional;
import org.qmk.sim.loops.Precision;

/// Runs any graph on a vector of amplitudes. Shots share their work: see `ShotTree` for
/// measurements on the way and `TerminalSampler` for those at the end.
final class StatevectorSimulator implements Candidate {

    static final String NAME = "statevector";

    /// In single precision: half the memory and half the time, amplitudes off by some 1e-6.
    static final String NAME_SINGLE = "statevector-single";

    /// The most qubits live at once in double precision, whatever the memory.
    private static final int QUBITS_MAX = 30;

    /// The most in single precision.
    private static final int QUBITS_MAX_SINGLE = 31;

    /// From this many on, planning pays.
    private static final int LARGE_QUBITS = 14;

    private static final double NANOS_PER_STEP = 60;
    private static final double NANOS_PER_AMPLITUDE = 0.55;
    private static final double NANOS_PER_SHOT = 40;
    private static final double NANOS_PER_SHOT_AND_QUBIT = 8;

    /// Of a place where there may be an error, on each path.
    private static final double NANOS_PER_ERROR = 200;

    /// In double precision, a step on one amplitude of a large state, by two threads.
    private static final double NANOS_SWEPT = 0.065;

    /// Of a large state: to plan it, and to wake the other threads.
    private static final double NANOS_PER_LARGE_STEP = 300;

    private final Precision precision;
    private final int threads;

    /// On all processors.
    StatevectorSimulator(Precision precision) {
        this(precision, Runtime.getRuntime().availableProcessors());
    }

    /// @param threads how many share the work on one large state; it changes no outcome
    StatevectorSimulator(Precision precision, int threads) {
        this.precision = precision;
        this.threads = threads;
    }

    @Override
    public String name() {
        return switch (precision) {
            case DOUBLE -> NAME;
            case SINGLE -> NAME_SINGLE;
        };
    }

    @Override
    public ShotOutcomes run(StepList steps, NoiseModel model, Shots shots) {
        NoiseList noise = NoiseList.of(steps, model);
        long kept = keptBytesMax(steps);
        if (!isLarge(steps)) return run(steps, noise, shots, kept);
        return run(steps, noise, shots, kept, Sweep.of(precision, threads));
    }

    private boolean isLarge(StepList steps) {
        return precision == Precision.SINGLE || steps.slotsPeak() >= LARGE_QUBITS;
    }

    @Override
    public Estimate estimate(StepList steps, NoiseModel model, long shots) {
        NoiseList noise = NoiseList.of(steps, model);
        int tail = TerminalTail.start(steps, noise);
        double[] paths = PathCounts.of(steps, noise, shots, tail);
        double each =
                isLarge(steps)
                        ? NANOS_SWEPT * precision.bytes() / Double.BYTES
                        : NANOS_PER_AMPLITUDE;
        double base = isLarge(steps) ? NANOS_PER_LARGE_STEP : NANOS_PER_STEP;
        double nanos = (NANOS_PER_SHOT + NANOS_PER_SHOT_AND_QUBIT * steps.slotsPeak()) * shots;
        nanos += NANOS_PER_ERROR * noise.size() * (tail == 0 ? 1 : paths[tail - 1]);
        for (int step = 0; step < steps.size(); step++) {
            double runs = step < tail ? paths[step] : tail == 0 ? 1 : paths[tail - 1];
            boolean sweeps =
                    step < tail ? !steps.act(step).isClassical() : steps.act(step).isGate();
            double amplitudes = sweeps ? Math.scalb(1.0, steps.width(step)) : 0;
            nanos += runs * ((sweeps ? base : NANOS_PER_STEP) + each * amplitudes);
        }
        return new Estimate(nanos * 1e-9, bytes(steps.slotsPeak(), precision));
    }

    @Override
    public Optional<Choice.Refused> refusal(StepList steps, NoiseModel noise) {
        int qubits = Math.min(steps.slotsPeak(), qubitsMax(precision));
        return refusal(steps, precision, VectorMemory.bytesMax(bytes(qubits, precision)));
    }

    @Override
    public long bytesMax(long need) {
        return VectorMemory.bytesMax(need);
    }

    /// Runs a small program, step by step on the heap.
    ///
    /// @param keptBytesMax what states kept for later branches may take; it changes no outcome
    static ShotOutcomes run(StepList steps, NoiseList noise, Shots shots, long keptBytesMax) {
        return run(steps, noise, shots, keptBytesMax, StateVector.of(steps));
    }

    /// Runs a program in sweeps over memory outside the heap.
    static ShotOutcomes run(
            StepList steps, NoiseList noise, Shots shots, long keptBytesMax, Sweep sweep) {
        try (var crew = new Crew(sweep.threads())) {
            var state = LargeVector.of(steps, sweep, crew);
            try {
                return run(steps, noise, shots, keptBytesMax, state);
            } finally {
                state.release();
            }
        }
    }

    private static <S extends ShotState<S> & SampledState> ShotOutcomes run(
            StepList steps, NoiseList noise, Shots shots, long keptBytesMax, S state) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        int tail = TerminalTail.start(steps, noise);
        var sampler = new TerminalSampler<S>(steps, noise, tail, shots, planes);
        new ShotTree<>(steps, noise, tail, shots, state, keptBytesMax, sampler).run();
        return ShotOutcomes.owning(shots.count(), planes);
    }

    /// The bytes that a state of so many qubits takes.
    static long bytes(int qubits, Precision precision) {
        return 2L * precision.bytes() << qubits;
    }

    static int qubitsMax(Precision precision) {
        return switch (precision) {
            case DOUBLE -> QUBITS_MAX;
            case SINGLE -> QUBITS_MAX_SINGLE;
        };
    }

    private long keptBytesMax(StepList steps) {
        long bytes = bytes(steps.slotsPeak(), precision);
        return (VectorMemory.bytesMax(2 * bytes) - bytes) / 2;
    }

    /// Why the program cannot run, if it cannot.
    ///
    /// @param memoryBytes what a program may use
    static Optional<Choice.Refused> refusal(StepList steps, Precision precision, long memoryBytes) {
        int qubits = steps.slotsPeak();
        int qubitsMax = qubitsMax(precision);
        String name = new StatevectorSimulator(precision, 1).name();
        String need = HeapMemory.text(qubits, precision);
        if (qubits > qubitsMax) {
            String message =
                    "%s holds at most %d qubits here: %d qubits need %s."
                            + " Free qubits earlier, or use fewer.";
            return Optional.of(
                    new Choice.Refused(
                            SimulatorRule.QUBITS,
                            message.formatted(name, qubitsMax, qubits, need)));
        }
        if (bytes(qubits, precision) > memoryBytes) {
            String message =
                    "%s needs %s for %d qubits, and this machine's memory offers %s."
                            + " Free qubits earlier, or use fewer.";
            String offer = HeapMemory.bytesText(memoryBytes);
            return Optional.of(
                    new Choice.Refused(
                            SimulatorRule.MEMORY, message.formatted(name, need, qubits, offer)));
        }
        return Optional.empty();
    }
}
