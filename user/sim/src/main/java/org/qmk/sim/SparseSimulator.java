package org.qmk.sim;

import java.util.Optional;

/// Runs any graph on the non-zero amplitudes only: for arithmetic on many qubits, of which few
/// basis states are in superposition. Memory is checked as the state grows.
final class SparseSimulator implements Candidate {

    static final String NAME = "sparse";

    /// Passes over entries that a look ahead may do: some hundredths of a second.
    private static final long PILOT_WORK_MAX = 1L << 24;

    /// Time of one gate for one entry, measured.
    private static final double NANOS_PER_PASS = 2;

    private static final double NANOS_PER_STEP = 100;
    private static final double NANOS_PER_SHOT = 200;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ShotOutcomes run(StepList steps, NoiseModel model, Shots shots) {
        return run(steps, NoiseList.of(steps, model), shots, HeapMemory.bytesMax());
    }

    @Override
    public Optional<Choice.Refused> refusal(StepList steps, NoiseModel model) {
        return refusal(steps, HeapMemory.bytesMax());
    }

    /// Told by following one path with a bound on the work; where the bound is met, the state is
    /// taken to double with every gate that may double it, up to all 2^qubits amplitudes.
    @Override
    public Estimate estimate(StepList steps, NoiseModel model, long shots) {
        return new SparsePilot(steps, PILOT_WORK_MAX).cost(NoiseList.of(steps, model), shots);
    }

    /// @param bytesMax what the state, the states kept for later branches and outcomes may take
    /// @throws IllegalArgumentException if the state grows past that
    static ShotOutcomes run(StepList steps, NoiseList noise, Shots shots, long bytesMax) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        long outcomeBytes = 8L * planes.length * ShotOutcomes.words(shots.count());
        long rest = Math.max(0, bytesMax - outcomeBytes);
        int tail = TerminalTail.start(steps, noise);
        var sampler = new SparseSampler(steps, noise, tail, shots, planes);
        var state = SparseVector.of(steps, rest / 4 * 3);
        new ShotTree<>(steps, noise, tail, shots, state, rest / 4, sampler).run();
        return ShotOutcomes.owning(shots.count(), planes);
    }

    /// Why the program cannot run, if that can be told beforehand: nothing but its smallest state
    /// is known not to fit. A state that outgrows memory is refused where it does.
    ///
    /// @param heapBytes what a program may use
    static Optional<Choice.Refused> refusal(StepList steps, long heapBytes) {
        long need = SparseEntries.bytes(16, steps.slotsPeak());
        if (need <= heapBytes) return Optional.empty();
        String message =
                "sparse needs %s for one basis state of %d qubits, and the Java heap offers %s."
                        + " Start Java with a larger heap (-Xmx), or use fewer qubits.";
        return Optional.of(
                new Choice.Refused(
                        SimulatorRule.MEMORY,
                        message.formatted(
                                HeapMemory.bytesText(need),
                                steps.slotsPeak(),
                                HeapMemory.bytesText(heapBytes))));
    }

    /// @param passes gates times entries
    static double nanos(double passes, int steps, long shots) {
        return NANOS_PER_PASS * passes + NANOS_PER_STEP * steps + NANOS_PER_SHOT * shots;
    }
}
