package org.qmk.sim;

import java.util.Optional;
import java.util.OptionalInt;

/// Runs Clifford programs of any number of qubits: by frames where events decide on Pauli operators
/// only, else with a tableau for every distinct outcome.
final class TableauSimulator implements Candidate {

    static final String NAME = "tableau";

    // Measured on the machine of docs/reference/simulators.md.
    private static final double NANOS_PER_STEP = 50;
    private static final double NANOS_PER_WORD = 1.5;
    private static final double NANOS_PER_MEASUREMENT = 1_000;
    private static final double NANOS_PER_MEASURED_SLOT = 3;
    private static final double NANOS_PER_SHOT = 50;

    /// Of a batch of shots: of a step, of an error, and of a shot that has the error. Two threads.
    private static final double NANOS_PER_FRAME_STEP = 2.5;

    private static final double NANOS_PER_ERROR = 2.5;
    private static final double NANOS_PER_HIT = 3.5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ShotOutcomes run(StepList steps, NoiseModel model, Shots shots) {
        NoiseList noise = NoiseList.of(steps, model);
        if (FrameSampler.applies(steps)) return FrameSampler.run(steps, noise, shots);
        long keptBytesMax = (HeapMemory.bytesMax() - Tableau.bytes(steps.slotsPeak())) / 2;
        return runTree(steps, noise, shots, keptBytesMax);
    }

    @Override
    public Estimate estimate(StepList steps, NoiseModel model, long shots) {
        NoiseList noise = NoiseList.of(steps, model);
        long bytes = Tableau.bytes(steps.slotsPeak());
        if (FrameSampler.applies(steps)) {
            double nanos = 0;
            for (int step = 0; step < steps.size(); step++) nanos += nanos(steps, step);
            double batches = Math.ceil((double) shots / FrameBatch.SHOTS);
            double batch = NANOS_PER_FRAME_STEP * steps.size();
            for (int error = 0; error < noise.size(); error++) {
                double hits = FrameBatch.SHOTS * noise.chance(error);
                batch += NANOS_PER_ERROR + NANOS_PER_HIT * hits;
            }
            return new Estimate((nanos + batches * batch) * 1e-9, bytes);
        }
        double[] paths = PathCounts.of(steps, noise, shots, steps.size());
        double nanos = NANOS_PER_SHOT * shots;
        for (int step = 0; step < steps.size(); step++) nanos += paths[step] * nanos(steps, step);
        return new Estimate(nanos * 1e-9, bytes);
    }

    private static double nanos(StepList steps, int step) {
        Act act = steps.act(step);
        int slots = steps.slotsPeak();
        boolean measures = act == Act.MEASURE || act == Act.MEASURE_ANGLE || act == Act.RESET;
        if (measures) return NANOS_PER_MEASUREMENT + NANOS_PER_MEASURED_SLOT * slots;
        return NANOS_PER_STEP + NANOS_PER_WORD * (act.isClassical() ? 0 : (slots + 63) / 64);
    }

    /// Follows every distinct outcome with a tableau of its own.
    static ShotOutcomes runTree(StepList steps, NoiseList noise, Shots shots, long keptBytesMax) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        var state = Tableau.of(steps);
        ShotTree.Ending<Tableau> ending =
                (_, events, _, order, from, to) -> events.writeTo(planes, order, from, to);
        new ShotTree<>(steps, noise, steps.size(), shots, state, keptBytesMax, ending).run();
        return ShotOutcomes.owning(shots.count(), planes);
    }

    @Override
    public Optional<Choice.Refused> refusal(StepList steps, NoiseModel noise) {
        if (!noise.isPauli()) {
            return refused(
                    SimulatorRule.NOISE,
                    "tableau: amplitude damping leaves no stabilizer state. Use statevector, or"
                            + " noise without damping.");
        }
        return refusal(steps, HeapMemory.bytesMax());
    }

    /// Why the program cannot run, if it cannot.
    ///
    /// @param heapBytes what a program may use
    static Optional<Choice.Refused> refusal(StepList steps, long heapBytes) {
        OptionalInt other = QuarterTurns.firstOther(steps);
        if (other.isPresent()) {
            String node = QuarterTurns.describe(steps.graph(), other.getAsInt());
            return refused(
                    SimulatorRule.CLIFFORD,
                    "tableau: %s is not Clifford, expected Clifford gates and angles that are"
                            + " multiples of pi/2. Use statevector.",
                    node);
        }
        int qubits = steps.slotsPeak();
        String need = HeapMemory.bytesText(Tableau.bytes(qubits));
        if (!Tableau.fits(qubits)) {
            return refused(
                    SimulatorRule.QUBITS,
                    "tableau cannot index %d qubits, which need %s. Free qubits earlier, or use"
                            + " fewer.",
                    qubits,
                    need);
        }
        if (Tableau.bytes(qubits) > heapBytes) {
            return refused(
                    SimulatorRule.MEMORY,
                    "tableau needs %s for %d qubits, and the Java heap offers %s. Start Java with a"
                            + " larger heap (-Xmx), or use fewer qubits.",
                    need,
                    qubits,
                    HeapMemory.bytesText(heapBytes));
        }
        return Optional.empty();
    }

    private static Optional<Choice.Refused> refused(
            SimulatorRule rule, String message, Object... facts) {
        return Optional.of(new Choice.Refused(rule, message.formatted(facts)));
    }
}
