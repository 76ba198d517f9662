package org.qmk.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.qmk.qvm.Graph;
import org.qmk.sim.loops.Precision;

/// The simulators that there are, and which one to take.
public final class Simulators {

    /// Shots where nobody says how many: what `qmk run` takes.
    public static final int SHOTS_DEFAULT = 1024;

    /// Programs are not told apart by less: other things then take longer.
    private static final double SECONDS_MIN = 0.02;

    /// The one whose limits say what a program is too large for.
    private static final Candidate VECTOR = new StatevectorSimulator(Precision.DOUBLE);

    /// Taken unnamed only where double precision does not fit.
    private static final Candidate VECTOR_SINGLE = new StatevectorSimulator(Precision.SINGLE);

    /// In the order in which they are taken where estimates do not tell them apart.
    private static final List<Candidate> ALL =
            List.of(
                    new TableauSimulator(),
                    VECTOR,
                    VECTOR_SINGLE,
                    new NearCliffordSimulator(),
                    new SparseSimulator());

    private Simulators() {}

    /// What `named` knows.
    public static List<String> names() {
        return ALL.stream().map(Candidate::name).toList();
    }

    /// The simulator that suits a graph without noise, for `SHOTS_DEFAULT` shots.
    ///
    /// @param graph one that the verifier accepts
    public static Choice choose(Graph graph) {
        return choose(graph, NoiseModel.NONE, SHOTS_DEFAULT);
    }

    /// The simulator that is expected to take the least time, of those that can run the graph here.
    ///
    /// @param graph one that the verifier accepts
    /// @param shots how many will be run, in all
    public static Choice choose(Graph graph, NoiseModel noise, long shots) {
        var steps = new StepList(graph);
        Optional<Choice.Chosen> best = Optional.empty();
        for (Candidate candidate : ALL) {
            // A good enough one saves the others' looking ahead.
            if (best.isPresent() && best.get().estimate().seconds() <= SECONDS_MIN) break;
            if (candidate.refusal(steps, noise).isPresent()) continue;
            if (isSpare(candidate, steps, noise)) continue;
            Choice.Chosen next = chosen(candidate, steps, noise, shots);
            if (isTooLarge(candidate, next.estimate())) continue;
            if (best.isEmpty() || next.estimate().seconds() < best.get().estimate().seconds()) {
                best = Optional.of(next);
            }
        }
        if (best.isPresent()) return best.get();
        return new Choice.Refused(
                VECTOR.refusal(steps, noise).map(Choice.Refused::rule).orElse(SimulatorRule.MEMORY),
                ALL.stream()
                        .map(candidate -> unsuited(candidate, steps, noise, shots))
                        .collect(Collectors.joining(" ")));
    }

    /// Whether a simulator is there for what others do not hold.
    private static boolean isSpare(Candidate candidate, StepList steps, NoiseModel noise) {
        return candidate == VECTOR_SINGLE && VECTOR.refusal(steps, noise).isEmpty();
    }

    private static boolean isTooLarge(Candidate candidate, Estimate estimate) {
        return estimate.bytes() > candidate.bytesMax(estimate.bytes());
    }

    /// Why a simulator is not chosen: it refuses, or is expected to outgrow the heap on the way.
    private static String unsuited(
            Candidate candidate, StepList steps, NoiseModel noise, long shots) {
        Optional<Choice.Refused> refusal = candidate.refusal(steps, noise);
        if (refusal.isPresent()) return refusal.get().message();
        return "%s is expected to take %s; name it to try it all the same."
                .formatted(candidate.name(), candidate.estimate(steps, noise, shots).text());
    }

    /// All simulators that can run a graph here: first the one that `choose` takes, last those that
    /// it would not take.
    ///
    /// @param graph one that the verifier accepts
    public static List<Choice.Chosen> applicable(Graph graph, NoiseModel noise, long shots) {
        var steps = new StepList(graph);
        List<Choice.Chosen> suited = new ArrayList<>();
        List<Choice.Chosen> others = new ArrayList<>();
        for (Candidate candidate : ALL) {
            if (candidate.refusal(steps, noise).isPresent()) continue;
            Choice.Chosen next = chosen(candidate, steps, noise, shots);
            boolean suits =
                    !isSpare(candidate, steps, noise) && !isTooLarge(candidate, next.estimate());
            (suits ? suited : others).add(next);
        }
        // The sort is stable.
        suited.sort(
                Comparator.comparingDouble(
                        choice -> Math.max(SECONDS_MIN, choice.estimate().seconds())));
        suited.addAll(others);
        return suited;
    }

    private static Choice.Chosen chosen(
            Candidate candidate, StepList steps, NoiseModel noise, long shots) {
        Estimate estimate = candidate.estimate(steps, noise, shots);
        String reason = "%s: %s; about %s".formatted(candidate.name(), why(steps), estimate.text());
        return new Choice.Chosen(new ChosenSimulator(candidate, noise), reason, estimate);
    }

    /// The simulator of the given name, if it can run the graph.
    ///
    /// @param graph one that the verifier accepts
    public static Choice named(String name, Graph graph) {
        return named(name, graph, NoiseModel.NONE, SHOTS_DEFAULT);
    }

    /// The simulator of the given name, if it can run the graph.
    ///
    /// @param graph one that the verifier accepts
    public static Choice named(String name, Graph graph, NoiseModel noise, long shots) {
        Optional<Candidate> found =
                ALL.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            return new Choice.Refused(
                    SimulatorRule.NAME,
                    "there is no simulator %s, expected one of %s. Name one of these."
                            .formatted(name, String.join(", ", names())));
        }
        var steps = new StepList(graph);
        Optional<Choice.Refused> refusal = found.get().refusal(steps, noise);
        if (refusal.isPresent()) return refusal.get();
        return chosen(found.get(), steps, noise, shots);
    }

    /// `all 12 operations are Clifford; 3 qubits`, or the first operation that is not.
    private static String why(StepList steps) {
        var other = QuarterTurns.firstOther(steps);
        int nodes = steps.graph().size();
        String clifford =
                other.isEmpty()
                        ? (nodes == 1
                                        ? "its operation is"
                                        : "all %d operations are".formatted(nodes))
                                + " Clifford"
                        : QuarterTurns.describe(steps.graph(), other.getAsInt())
                                + " is not Clifford";
        int qubits = steps.slotsPeak();
        return clifford + "; " + (qubits == 1 ? "1 qubit" : qubits + " qubits");
    }
}
