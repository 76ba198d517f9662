package org.qmk.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.MachineShape;
import org.qmk.device.Signal;
import org.qmk.device.Supply;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// Answers every plan with outcomes of the right shape, unless it is told to do otherwise.
final class StageDevice implements LogicalDevice {

    /// The outcome of shot s is 1 for even s: what the bits are does not matter to a kernel.
    private static final long BITS = 0x5555_5555_5555_5555L;

    /// What goes otherwise than it should.
    sealed interface Trouble {
        record Fault(JobId job, EpochReport.Fault.Kind kind) implements Trouble {}

        /// An outcome that nobody asked for.
        record Lie(JobId job) implements Trouble {}

        /// Nothing is decoded.
        record Late() implements Trouble {}

        record Bad(Signal signal) implements Trouble {}

        record Makes(Supply supply) implements Trouble {}
    }

    private final MachineShape machine;
    private final TreeMap<JobId, EpochPlan.Start> waves = new TreeMap<>();
    private final List<EpochReport.Outcome> undecoded = new ArrayList<>();
    private final List<Trouble> once = new ArrayList<>();
    private final List<Trouble> always = new ArrayList<>();

    StageDevice(MachineShape machine) {
        this.machine = machine;
    }

    /// @param lasts whether it goes on until `well`
    void trouble(Trouble trouble, boolean lasts) {
        (lasts ? always : once).add(trouble);
    }

    void well() {
        once.clear();
        always.clear();
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        for (JobId job : plan.ends()) forget(job);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), start);
        List<EpochReport.Outcome> measured = new ArrayList<>();
        for (EpochPlan.Issue issue : plan.issues()) measure(issue, measured);
        List<EpochReport.Fault> faults = new ArrayList<>();
        List<Signal> signals = new ArrayList<>();
        List<EpochReport.Outcome> lies = new ArrayList<>();
        Supply supply = usual();
        boolean late = false;
        List<Trouble> troubles = new ArrayList<>(always);
        troubles.addAll(once);
        once.clear();
        for (Trouble trouble : troubles) {
            switch (trouble) {
                case Trouble.Fault(var job, var kind) -> {
                    faults.add(new EpochReport.Fault(job, kind, "as the script says"));
                    measured.removeIf(outcome -> outcome.job().equals(job));
                    boolean whole = kind == EpochReport.Fault.Kind.NOT_DONE;
                    if (!whole) undecoded.removeIf(outcome -> outcome.job().equals(job));
                }
                case Trouble.Lie(var job) ->
                        lies.add(new EpochReport.Outcome(job, 1 << 20, new long[0]));
                case Trouble.Late() -> late = true;
                case Trouble.Bad(var signal) -> signals.add(signal);
                case Trouble.Makes(var made) -> supply = made;
            }
        }
        undecoded.addAll(measured);
        List<EpochReport.Outcome> outcomes = new ArrayList<>(lies);
        if (!late) {
            outcomes.addAll(undecoded);
            undecoded.clear();
        }
        return new EpochReport(plan.epoch(), outcomes, faults, supply, signals);
    }

    private void forget(JobId job) {
        waves.remove(job);
        undecoded.removeIf(outcome -> outcome.job().equals(job));
    }

    private void measure(EpochPlan.Issue issue, List<EpochReport.Outcome> measured) {
        EpochPlan.Start wave = waves.get(issue.job());
        Graph graph = wave.graph();
        long[] plane = new long[(wave.shots() + 63) / 64];
        Arrays.fill(plane, BITS);
        plane[plane.length - 1] &= -1L >>> -wave.shots();
        for (int node : issue.nodes()) {
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                int event = Operand.index(graph.operand(i));
                measured.add(new EpochReport.Outcome(issue.job(), event, plane));
            }
        }
    }

    /// All that factories and links can make.
    private Supply usual() {
        int[] magic =
                machine.factories().stream()
                        .mapToInt(MachineShape.Factory::statesPerEpoch)
                        .toArray();
        int[] pairs = machine.links().stream().mapToInt(MachineShape.Link::pairsPerEpoch).toArray();
        return new Supply(magic, pairs, 0);
    }
}
