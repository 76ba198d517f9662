package org.qmk.sim;

import java.util.Optional;

/// Runs any graph on a vector of amplitudes in double precision. Shots share their work: see
/// `ShotTree` for measurements on the way and `TerminalSampler` for those at the end.
final class StatevectorSimulator implements Candidate {

    static final String NAME = "statevector";

    /// The most qubits live at once, whatever the memory.
    static final int QUBITS_MAX = 26;

    private static final double NANOS_PER_STEP = 50;
    private static final double NANOS_PER_AMPLITUDE = 0.3;
    private static final double NANOS_PER_SHOT = 200;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ShotOutcomes run(StepList steps, NoiseModel model, Shots shots) {
        return run(steps, NoiseList.of(steps, model), shots, keptBytesMax(steps));
    }

    @Override
    public Estimate estimate(StepList steps, NoiseModel model, long shots) {
        double sweep = NANOS_PER_AMPLITUDE * Math.scalb(1.0, steps.slotsPeak());
        double once = steps.size() * (NANOS_PER_STEP + sweep);
        long bytes = StateVector.bytes(steps.slotsPeak());
        return new Estimate((once + NANOS_PER_SHOT * shots) * 1e-9, bytes);
    }

    @Override
    public Optional<Choice.Refused> refusal(StepList steps, NoiseModel noise) {
        return refusal(steps, HeapMemory.bytesMax());
    }

    /// @param keptBytesMax what states kept for later branches may take; it changes no outcome
    static ShotOutcomes run(StepList steps, NoiseList noise, Shots shots, long keptBytesMax) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        int tail = TerminalTail.start(steps, noise);
        var sampler = new TerminalSampler(steps, noise, tail, shots, planes);
        var state = StateVector.of(steps);
        new ShotTree<>(steps, noise, tail, shots, state, keptBytesMax, sampler).run();
        return ShotOutcomes.owning(shots.count(), planes);
    }

    private static long keptBytesMax(StepList steps) {
        return (HeapMemory.bytesMax() - StateVector.bytes(steps.slotsPeak())) / 2;
    }

    /// Why the program cannot run, if it cannot.
    ///
    /// @param heapBytes what a program may use
    static Optional<Choice.Refused> refusal(StepList steps, long heapBytes) {
        int qubits = steps.slotsPeak();
        String need = HeapMemory.text(qubits);
        if (qubits > QUBITS_MAX) {
            String message =
                    "statevector holds at most %d qubits here: %d qubits need %s."
                            + " Free qubits earlier, or use fewer.";
            return Optional.of(
                    new Choice.Refused(
                            "SIM-QUBITS-1", message.formatted(QUBITS_MAX, qubits, need)));
        }
        if (StateVector.bytes(qubits) > heapBytes) {
            String message =
                    "statevector needs %s for %d qubits, and the Java heap offers %s."
                            + " Start Java with a larger heap (-Xmx), or use fewer qubits.";
            String offer = HeapMemory.bytesText(heapBytes);
            return Optional.of(
                    new Choice.Refused("SIM-MEMORY-1", message.formatted(need, qubits, offer)));
        }
        return Optional.empty();
    }
}
