package org.qmk.machine.magic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.PhysicalQubit;

/// Finds the pipelines of distillation that are good enough and that no other one beats in qubits
/// and time. It goes through the same choices as Azure's estimator, in the same order and with the
/// same shortcuts, so that it finds the same pipelines.
public final class PipelineSearch {

    /// Azure's default for the number of rounds.
    public static final int ROUNDS_DEFAULT = 3;

    /// Tried where no pipeline of fewer rounds is good enough.
    private static final int ROUNDS_EXTRA = 4;

    /// What stands for states that need no distillation.
    private static final DistillationUnit NONE =
            new DistillationUnit(
                    "trivial 1-to-1",
                    1,
                    1,
                    DistillationUnit.REED_MULLER.failure(),
                    DistillationUnit.REED_MULLER.outputError(),
                    Optional.empty(),
                    Optional.of(new DistillationUnit.Needs(1, 1)),
                    Optional.empty());

    private final double required;
    private final UnitTable table;
    private final List<Pipeline> frontier = new ArrayList<>();

    private PipelineSearch(double required, UnitTable table) {
        this.required = required;
        this.table = table;
    }

    /// @param profile of the code that the units run on, a planar one
    /// @param required the largest error of a state
    /// @param distanceMax of the units
    /// @param roundsMax of a pipeline
    /// @return pipelines by falling number of qubits per state; none if nothing is good enough
    public static List<Pipeline> find(
            CodeProfile profile,
            PhysicalQubit qubit,
            List<DistillationUnit> units,
            double required,
            int distanceMax,
            int roundsMax) {
        if (required > qubit.tGateError()) return trivial(profile, qubit, distanceMax);
        var search =
                new PipelineSearch(required, new UnitTable(profile, qubit, units, distanceMax));
        for (int rounds = 1; rounds <= roundsMax; rounds++) search.rounds(rounds);
        for (int rounds = roundsMax + 1; rounds <= ROUNDS_EXTRA; rounds++) {
            if (search.frontier.isEmpty()) search.rounds(rounds);
        }
        search.frontier.sort(
                Comparator.comparingDouble(Pipeline::qubitsPerOutput)
                        .thenComparingLong(Pipeline::runNanos)
                        .reversed());
        return List.copyOf(search.frontier);
    }

    /// States are good enough as they come: one logical qubit takes them in.
    private static List<Pipeline> trivial(CodeProfile profile, PhysicalQubit qubit, int distance) {
        if (profile.errorPerCycle(qubit.error(), distance).isEmpty()) return List.of();
        long qubits = profile.qubits(distance);
        long nanos = profile.cycleNanos(qubit, distance);
        double error = qubit.tGateError();
        var round = new Pipeline.Round(NONE, distance, 1, qubits, nanos, 0, error);
        return List.of(new Pipeline(List.of(round), qubits, nanos, 1, error));
    }

    private void rounds(int rounds) {
        int[] choice = new int[rounds];
        if (table.choices(0) == 0 || rounds > 1 && table.choices(1) == 0) return;
        while (true) {
            units(choice);
            int at = rounds - 1;
            while (at >= 0 && choice[at] == table.choices(at) - 1) choice[at--] = 0;
            if (at < 0) return;
            choice[at]++;
        }
    }

    private void units(int[] choice) {
        int[] least = table.least(choice);
        int[] most = table.most(choice);
        for (int i = 0; i < choice.length; i++) {
            if (least[i] > most[i]) return;
        }
        int[] found = firstGoodEnough(choice, least, most);
        if (found.length > 0) sweep(choice, least, most, found);
    }

    /// Whether larger distances can help; notes the pipeline if it is good enough.
    private boolean wantsMore(int[] choice, int[] distances) {
        return switch (PipelineBuild.of(table.stages(choice, distances))) {
            case PipelineBuild.Result.TooPoor() -> true;
            case PipelineBuild.Result.NoFailure() -> false;
            case PipelineBuild.Result.Built(var pipeline) -> {
                boolean good = pipeline.outputError() <= required;
                boolean beaten = false;
                for (Pipeline other : frontier) beaten |= dominates(other, pipeline);
                if (good && !beaten) {
                    frontier.removeIf(other -> dominates(pipeline, other));
                    frontier.add(pipeline);
                }
                yield !good && !beaten;
            }
        };
    }

    private static boolean dominates(Pipeline a, Pipeline b) {
        double qubitsA = a.qubitsPerOutput();
        double qubitsB = b.qubitsPerOutput();
        return qubitsA < qubitsB && a.runNanos() <= b.runNanos()
                || qubitsA <= qubitsB && a.runNanos() < b.runNanos();
    }

    /// Distances, one round after the other by bisection, each the least that suffices while the
    /// later ones are at their largest; empty if the largest do not suffice or the least do.
    private int[] firstGoodEnough(int[] choice, int[] least, int[] most) {
        if (wantsMore(choice, most) || !wantsMore(choice, least)) return new int[0];
        int[] right = most.clone();
        int[] at = most.clone();
        for (int round = 0; round < choice.length; round++) {
            int left = round == 0 ? least[0] : at[round - 1];
            while (left + 1 < right[round]) {
                at[round] = (left + right[round]) >>> 1;
                if (wantsMore(choice, at)) left = at[round] + 1;
                else right[round] = at[round];
            }
            if (left + 1 == right[round]) {
                at[round] = left;
                if (wantsMore(choice, at)) at[round] = right[round];
            } else {
                at[round] = right[round];
            }
        }
        return at;
    }

    /// Goes on from distances that suffice to those that cannot be compared with them.
    private void sweep(int[] choice, int[] least, int[] most, int[] found) {
        int[] at = found.clone();
        for (int i = 0; i < at.length; i++) at[i] = Math.max(at[i], least[i]);
        boolean more = aside(at, least, most);
        while (more) {
            more = wantsMore(choice, at) ? up(at, least, most) : aside(at, least, most);
        }
    }

    private static boolean up(int[] at, int[] least, int[] most) {
        int round = at.length - 1;
        at[round]++;
        while (at[round] > most[round]) {
            if (round == 0) return false;
            at[--round]++;
        }
        for (int i = round + 1; i < at.length; i++) at[i] = Math.max(at[i - 1], least[i]);
        return true;
    }

    private static boolean aside(int[] at, int[] least, int[] most) {
        int round = at.length - 1;
        while (round > 0 && (at[round] <= at[round - 1] + 1 || at[round - 1] == most[round - 1])) {
            round--;
        }
        if (round == 0) return false;
        at[round - 1]++;
        for (int i = round; i < at.length; i++) at[i] = Math.max(at[i - 1], least[i]);
        return true;
    }
}
