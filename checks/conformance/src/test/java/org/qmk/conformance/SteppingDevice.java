package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// A machine that carries out what it is told, node by node, on a dense state for each shot.
///
/// Unlike the simulated device it knows no outcome before the plans lead to it: a node that is
/// forgotten, issued twice, in the wrong order or not taken back changes the state and with it what
/// is measured. What a measurement finds depends on the state, the job's seed, the shot and the
/// node, so that two schedules of one job agree if, and only if, they do the same to the qubits.
///
/// For programs of ten qubits at the most; qubits that are freed after the last measurement count.
final class SteppingDevice implements LogicalDevice {

    /// One shot.
    private static final class Shot {
        final long number;
        DensePath path;

        Shot(long number, DensePath path) {
            this.number = number;
            this.path = path;
        }
    }

    private static final class Wave {
        final Graph graph;
        final long seed;
        final ExactDistribution rules;
        final List<Shot> shots = new ArrayList<>();

        Wave(EpochPlan.Start start) {
            graph = start.graph();
            seed = start.seed();
            rules = new ExactDistribution(graph);
            for (int i = 0; i < start.shots(); i++) {
                shots.add(new Shot(start.firstShot() + i, new DensePath(graph)));
            }
        }
    }

    private final TreeMap<JobId, Wave> waves = new TreeMap<>();

    @Override
    public EpochReport execute(EpochPlan plan) {
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), new Wave(start));
        for (EpochPlan.Issue issue : plan.issues()) {
            Wave wave = waves.get(issue.job());
            for (int place = 0; place < issue.size(); place++) {
                int node = issue.node(place);
                for (Shot shot : wave.shots) {
                    if (!shot.path.holds(wave.graph.guard(node))) continue;
                    if (issue.undo()) shot.path = wave.rules.takeBack(node, shot.path);
                    else shot.path = carryOut(wave, node, shot);
                }
                if (!issue.undo()) outcomes.addAll(outcomes(issue.job(), wave, node));
            }
        }
        return new EpochReport(plan.epoch(), outcomes, List.of());
    }

    /// A wave's shots as they are. The device changes them in the next epoch.
    List<DensePath> states(JobId job) {
        return waves.get(job).shots.stream().map(shot -> shot.path).toList();
    }

    /// One of the paths that come of a node, drawn by their weights.
    private static DensePath carryOut(Wave wave, int node, Shot shot) {
        List<DensePath> paths = wave.rules.perform(node, shot.path);
        if (paths.size() == 1) return paths.getFirst();
        double weight = 0;
        for (DensePath path : paths) weight += path.weight();
        var random = new SplittableRandom(wave.seed + 31 * (shot.number + 1_000_003L * node));
        double rest = weight * random.nextDouble();
        int drawn = 0;
        while (drawn < paths.size() - 1 && rest >= paths.get(drawn).weight()) {
            rest -= paths.get(drawn++).weight();
        }
        paths.get(drawn).normalise();
        return paths.get(drawn);
    }

    private static List<EpochReport.Outcome> outcomes(JobId job, Wave wave, int node) {
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (int i = wave.graph.operandStart(node); i < wave.graph.operandEnd(node); i++) {
            int operand = wave.graph.operand(i);
            if (Operand.kind(operand) != Operand.Kind.OUTPUT) continue;
            long[] plane = new long[(wave.shots.size() + 63) / 64];
            for (int s = 0; s < wave.shots.size(); s++) {
                if (wave.shots.get(s).path.event(Operand.index(operand))) {
                    plane[s / 64] |= 1L << s;
                }
            }
            outcomes.add(new EpochReport.Outcome(job, Operand.index(operand), plane));
        }
        return outcomes;
    }
}
