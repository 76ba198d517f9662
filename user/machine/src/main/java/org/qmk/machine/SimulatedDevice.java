package org.qmk.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.Placement;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Invariant;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Undo;
import org.qmk.sim.Choice;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulator;

/// A machine of perfect logical qubits, with factories, links and decoders that are not.
///
/// A wave's shots are simulated when it begins, all at once, since the outcomes of a shot follow
/// from the graph, the seed and the shot's number whatever the order of independent nodes, and
/// since only nodes that make no event are ever taken back. An outcome is told when what the epoch
/// of its node measured is decoded, and not before. Outcomes of classical nodes need no decoding:
/// they follow the outcome before them.
public final class SimulatedDevice implements LogicalDevice {

    /// An outcome that was issued and not told.
    ///
    /// @param mark when it was measured; nothing of an outcome that needs no decoding
    private record Pending(int event, Optional<DecoderQueue.Mark> mark) {}

    private static final class Wave {
        final Graph graph;
        final int shots;
        final ShotOutcomes outcomes;
        final BitSet carriedOut = new BitSet();
        final ArrayDeque<Pending> pending = new ArrayDeque<>();
        Placement placement;

        Wave(EpochPlan.Start start, ShotOutcomes outcomes) {
            this.graph = start.graph();
            this.shots = start.shots();
            this.placement = start.placement();
            this.outcomes = outcomes;
        }
    }

    private final Function<Graph, Choice> selection;
    private final Sources sources;
    private final DecoderQueue decoders;
    private final TreeMap<JobId, Wave> waves = new TreeMap<>();

    /// A machine without factories, links and limits to its decoders.
    ///
    /// @param selection which simulator runs a graph
    public SimulatedDevice(Function<Graph, Choice> selection) {
        this(selection, MachineModel.IDEAL, 0);
    }

    /// @param selection which simulator runs a graph
    /// @param seed decides what factories and links make
    public SimulatedDevice(Function<Graph, Choice> selection, MachineModel model, long seed) {
        this(selection, model, seed, Optional.empty());
    }

    /// @param seed decides what factories and links make
    /// @param decoding how long the windows of the machine's decoder farm take, if not as its law
    ///     says
    public SimulatedDevice(
            Function<Graph, Choice> selection,
            MachineModel model,
            long seed,
            Optional<WindowDecoding> decoding) {
        this.selection = selection;
        this.sources = new Sources(model, seed);
        Optional<DecoderFarm> farm = model.traits().farm();
        this.decoders =
                farm.isEmpty()
                        ? new Decoders(model)
                        : new FarmQueue(
                                farm.get(),
                                model.traits().latencyRounds(),
                                decoding.orElseGet(() -> WindowDecoding.of(farm.get(), seed)));
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        return execute(plan, Trouble.NONE);
    }

    EpochReport execute(EpochPlan plan, Trouble trouble) {
        List<EpochReport.Fault> faults = new ArrayList<>();
        for (JobId job : plan.ends()) {
            waves.remove(job);
            decoders.end(job);
        }
        for (EpochPlan.Start start : plan.starts()) begin(start, faults);
        for (EpochPlan.Move move : plan.moves()) move(move);
        decoders.pass(plan.rounds(), trouble.decoderRounds());
        for (EpochPlan.Issue issue : plan.issues()) {
            Wave wave = waves.get(issue.job());
            if (wave == null) continue;
            if (issue.undo()) takeBack(issue, wave);
            else carryOut(issue, wave);
        }
        return new EpochReport(
                plan.epoch(),
                decoded(),
                faults,
                sources.make(plan, trouble, decoders.backlogRounds()),
                List.of());
    }

    private void begin(EpochPlan.Start start, List<EpochReport.Fault> faults) {
        switch (selection.apply(start.graph())) {
            case Choice.Chosen(var simulator, _, _) -> simulate(start, simulator, faults);
            case Choice.Refused(_, var message) -> faults.add(refused(start, message));
        }
    }

    private void simulate(
            EpochPlan.Start start, Simulator simulator, List<EpochReport.Fault> faults) {
        var shots = new Shots(start.seed(), start.firstShot(), start.shots());
        try {
            waves.put(start.job(), new Wave(start, simulator.run(start.graph(), shots)));
            decoders.begin(start.job(), start.placement().blocks());
        } catch (IllegalArgumentException tooMuch) {
            // The simulator's documented answer to more outcomes than the heap holds.
            faults.add(refused(start, tooMuch.getMessage()));
        }
    }

    private static EpochReport.Fault refused(EpochPlan.Start start, String cause) {
        return new EpochReport.Fault(start.job(), EpochReport.Fault.Kind.REFUSED, cause);
    }

    private void move(EpochPlan.Move move) {
        Wave wave = waves.get(move.job());
        if (wave == null) return;
        Invariant.hold(wave.placement.equals(move.from()), "a wave moves from where it is");
        Invariant.hold(
                move.from().blocks() == move.to().blocks(), "a wave moves to as many blocks");
        wave.placement = move.to();
    }

    private void carryOut(EpochPlan.Issue issue, Wave wave) {
        Graph graph = wave.graph;
        for (int place = 0; place < issue.size(); place++) {
            int node = issue.node(place);
            Invariant.hold(!wave.carriedOut.get(node), "a node is issued once a wave");
            wave.carriedOut.set(node);
            consume(wave, node);
            boolean classical = graph.opcode(node).inSoftware();
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                int event = Operand.index(graph.operand(i));
                wave.pending.add(
                        classical
                                ? new Pending(event, Optional.empty())
                                : new Pending(event, Optional.of(decoders.mark())));
            }
        }
    }

    private void takeBack(EpochPlan.Issue issue, Wave wave) {
        Graph graph = wave.graph;
        for (int place = 0; place < issue.size(); place++) {
            int node = issue.node(place);
            Opcode opcode = graph.opcode(node);
            boolean possible = opcode.reversible() || opcode.undo() instanceof Undo.Nothing;
            Invariant.hold(
                    possible && graph.count(node, Operand.Kind.OUTPUT) == 0,
                    "only a node with an inverse is taken back");
            Invariant.hold(wave.carriedOut.get(node), "only what was carried out is taken back");
            wave.carriedOut.clear(node);
            consume(wave, node);
        }
    }

    private void consume(Wave wave, int node) {
        int states = sources.states(wave.graph, node);
        if (states > 0) sources.consume((long) states * wave.shots);
    }

    /// Of each wave the outcomes up to the first that is not decoded.
    private List<EpochReport.Outcome> decoded() {
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        for (Map.Entry<JobId, Wave> entry : waves.entrySet()) {
            Wave wave = entry.getValue();
            while (!wave.pending.isEmpty()) {
                Pending next = wave.pending.peek();
                boolean waits = next.mark().isPresent();
                if (waits && !decoders.done(entry.getKey(), next.mark().get())) break;
                wave.pending.remove();
                outcomes.add(
                        new EpochReport.Outcome(
                                entry.getKey(), next.event(), wave.outcomes.plane(next.event())));
            }
        }
        return outcomes;
    }
}
