package org.qmk.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Invariant;
import org.qmk.qvm.Operand;
import org.qmk.sim.Choice;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulator;

/// A machine of perfect logical qubits.
///
/// A wave's shots are simulated when it begins, all at once, since the outcomes of a shot follow
/// from the graph, the seed and the shot's number whatever the order of independent nodes. An
/// outcome is told in the epoch whose plan issues the node that makes it, and not before.
public final class SimulatedDevice implements LogicalDevice {

    private record Wave(Graph graph, ShotOutcomes outcomes, BitSet carriedOut) {}

    private final Function<Graph, Choice> selection;
    private final TreeMap<JobId, Wave> waves = new TreeMap<>();

    /// @param selection which simulator runs a graph
    public SimulatedDevice(Function<Graph, Choice> selection) {
        this.selection = selection;
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        List<EpochReport.Fault> faults = new ArrayList<>();
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) begin(start, faults);
        for (EpochPlan.Issue issue : plan.issues()) {
            Wave wave = waves.get(issue.job());
            if (wave != null) carryOut(issue, wave, outcomes);
        }
        return new EpochReport(plan.epoch(), outcomes, faults);
    }

    private void begin(EpochPlan.Start start, List<EpochReport.Fault> faults) {
        switch (selection.apply(start.graph())) {
            case Choice.Chosen(var simulator, _) -> simulate(start, simulator, faults);
            case Choice.Refused(_, var message) ->
                    faults.add(new EpochReport.Fault(start.job(), message));
        }
    }

    private void simulate(
            EpochPlan.Start start, Simulator simulator, List<EpochReport.Fault> faults) {
        var shots = new Shots(start.seed(), start.firstShot(), start.shots());
        try {
            ShotOutcomes outcomes = simulator.run(start.graph(), shots);
            waves.put(start.job(), new Wave(start.graph(), outcomes, new BitSet()));
        } catch (IllegalArgumentException tooMuch) {
            // The simulator's documented answer to more outcomes than the heap holds.
            faults.add(new EpochReport.Fault(start.job(), tooMuch.getMessage()));
        }
    }

    private static void carryOut(
            EpochPlan.Issue issue, Wave wave, List<EpochReport.Outcome> outcomes) {
        Graph graph = wave.graph();
        for (int place = 0; place < issue.size(); place++) {
            int node = issue.node(place);
            Invariant.hold(!wave.carriedOut().get(node), "a node is issued once a wave");
            wave.carriedOut().set(node);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                int event = Operand.index(graph.operand(i));
                outcomes.add(
                        new EpochReport.Outcome(issue.job(), event, wave.outcomes().plane(event)));
            }
        }
    }
}
