package org.qmk.sim;

import java.util.Optional;

/// Runs programs of many qubits and few gates that are not Clifford: see `NearCliffordState` for
/// what happens on the way and `ClusterSampler` for the measurements at the end.
final class NearCliffordSimulator implements Candidate {

    static final String NAME = "nearclifford";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ShotOutcomes run(StepList steps, NoiseModel model, Shots shots) {
        NoiseList noise = NoiseList.of(steps, model);
        var rule = NearCliffordPilot.cheapest(steps).rule();
        return run(steps, noise, shots, HeapMemory.bytesMax(), rule);
    }

    @Override
    public Optional<Choice.Refused> refusal(StepList steps, NoiseModel model) {
        return refusal(steps, HeapMemory.bytesMax());
    }

    /// Told by following one path without wide vectors.
    @Override
    public Estimate estimate(StepList steps, NoiseModel model, long shots) {
        return NearCliffordPilot.cheapest(steps).cost(NoiseList.of(steps, model), shots);
    }

    /// @param bytesMax what states, samplers and outcomes may take
    /// @throws IllegalArgumentException if they come to take more
    static ShotOutcomes run(
            StepList steps, NoiseList noise, Shots shots, long bytesMax, ClusterSplit.Rule rule) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        long outcomeBytes = 8L * planes.length * ShotOutcomes.words(shots.count());
        long rest = Math.max(0, bytesMax - outcomeBytes);
        int tail = TerminalTail.start(steps, noise);
        var sampler =
                new NearCliffordSampler(steps, noise, tail, shots, planes, rest / 4 * 3, rule);
        var state = NearCliffordState.of(steps, rule.mergeMax(), rest / 4 * 3);
        new ShotTree<>(steps, noise, tail, shots, state, rest / 4, sampler).run();
        return ShotOutcomes.owning(shots.count(), planes);
    }

    /// Why the program cannot run, if it cannot on the path that a look ahead takes. On others a
    /// vector that does not fit is refused when it is to be made.
    ///
    /// @param heapBytes what a program may use
    static Optional<Choice.Refused> refusal(StepList steps, long heapBytes) {
        try {
            NearCliffordPilot.cheapest(steps).check(heapBytes / 4 * 3);
            return Optional.empty();
        } catch (IllegalArgumentException tooLarge) {
            return Optional.of(new Choice.Refused(SimulatorRule.MEMORY, tooLarge.getMessage()));
        }
    }

    /// @param width active qubits that have to be seen together
    /// @param vector how many of them make the widest vector
    /// @throws IllegalArgumentException if vectors do not fit
    static void check(int width, int vector, double bytes, double bytesMax) {
        if (vector <= DenseCore.QUBITS_MAX && bytes <= bytesMax) return;
        String need = bytes < 0x1p62 ? HeapMemory.bytesText((long) bytes) : "more than 4 EiB";
        throw new IllegalArgumentException(
                ("nearclifford: the non-Clifford gates entangle %d qubits beyond what Clifford"
                                + " operations describe; their vectors, the widest of %d qubits,"
                                + " need %s, and may take %s and %d qubits each. Measure earlier,"
                                + " use fewer non-Clifford gates, or start Java with a larger heap"
                                + " (-Xmx).")
                        .formatted(
                                width,
                                vector,
                                need,
                                HeapMemory.bytesText((long) bytesMax),
                                DenseCore.QUBITS_MAX));
    }
}
