package org.qmk.sim;

import java.util.Optional;
import org.qmk.qvm.Graph;

/// Runs any graph on a vector of amplitudes in double precision. Shots share their work: see
/// `ShotTree` for measurements on the way and `TerminalSampler` for those at the end.
final class StatevectorSimulator implements Simulator {

    static final String NAME = "statevector";

    /// The most qubits live at once, whatever the memory.
    static final int QUBITS_MAX = 26;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ShotOutcomes run(Graph graph, Shots shots) {
        var steps = new StepList(graph);
        Optional<Choice.Refused> refusal = refusal(steps, HeapMemory.bytesMax());
        if (refusal.isPresent()) throw new IllegalArgumentException(refusal.get().message());
        return run(steps, NoiseList.NONE, shots, keptBytesMax(steps));
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
        return refusal(steps, QUBITS_MAX, heapBytes);
    }

    /// @param qubitsMax the most that it is to hold, up to `QUBITS_MAX`
    static Optional<Choice.Refused> refusal(StepList steps, int qubitsMax, long heapBytes) {
        int qubits = steps.slotsPeak();
        String need = HeapMemory.text(qubits);
        if (qubits > qubitsMax) {
            String message =
                    "statevector holds at most %d qubits here: %d qubits need %s."
                            + " Free qubits earlier, or use fewer.";
            return Optional.of(
                    new Choice.Refused("SIM-QUBITS-1", message.formatted(qubitsMax, qubits, need)));
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
