package org.qmk.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// Answers every plan with outcomes of the right shape, all bits equal to those of `pattern`.
final class HonestDevice implements LogicalDevice {

    private final long pattern;
    private final TreeMap<JobId, EpochPlan.Start> waves = new TreeMap<>();

    HonestDevice(long pattern) {
        this.pattern = pattern;
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), start);
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (EpochPlan.Issue issue : plan.issues()) {
            EpochPlan.Start wave = waves.get(issue.job());
            Graph graph = wave.graph();
            for (int node : issue.nodes()) {
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                    int event = Operand.index(graph.operand(i));
                    outcomes.add(new EpochReport.Outcome(issue.job(), event, plane(wave.shots())));
                }
            }
        }
        return new EpochReport(plan.epoch(), outcomes, List.of());
    }

    private long[] plane(int shots) {
        long[] plane = new long[(shots + 63) / 64];
        java.util.Arrays.fill(plane, pattern);
        if (plane.length > 0) plane[plane.length - 1] &= -1L >>> -shots;
        return plane;
    }
}
