package org.qmk.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.MachineShape;
import org.qmk.device.Supply;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// A device that computes nothing: each outcome is a random bit, told in the epoch in which it was
/// issued. Factories and links make all that they can.
final class PromptDevice implements LogicalDevice {

    private final SplittableRandom random = new SplittableRandom(20261126);
    private final Map<JobId, EpochPlan.Start> waves = new HashMap<>();
    private final Supply supply;

    PromptDevice(MachineShape machine) {
        supply =
                new Supply(
                        machine.factories().stream().mapToInt(f -> f.statesPerEpoch()).toArray(),
                        machine.links().stream().mapToInt(link -> link.pairsPerEpoch()).toArray(),
                        0);
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), start);
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (EpochPlan.Issue issue : plan.issues()) {
            EpochPlan.Start wave = waves.get(issue.job());
            Graph graph = wave.graph();
            for (int place = 0; place < issue.size(); place++) {
                int node = issue.node(place);
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                    int event = Operand.index(graph.operand(i));
                    long[] plane = plane(wave.shots());
                    outcomes.add(new EpochReport.Outcome(issue.job(), event, plane));
                }
            }
        }
        return new EpochReport(plan.epoch(), outcomes, List.of(), supply, List.of());
    }

    private long[] plane(int shots) {
        long[] plane = new long[(shots + 63) / 64];
        for (int i = 0; i < plane.length; i++) plane[i] = random.nextLong();
        plane[plane.length - 1] &= -1L >>> -shots;
        return plane;
    }
}
