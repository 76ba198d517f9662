package org.qmk.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.Graph;

/// Makes a program cheaper and keeps what can be observed of it.
public final class Optimizer {

    private static final int ROUNDS_MAX = 4;

    private final OptimizerSettings settings;
    private final boolean reports;
    private final List<OptimizedProgram.Step> steps = new ArrayList<>();

    private Optimizer(OptimizerSettings settings, boolean reports) {
        this.settings = settings;
        this.reports = reports;
    }

    /// Optimises a program.
    ///
    /// @param graph one that the verifier accepts; it accepts the result too
    public static Graph optimize(Graph graph, OptimizerSettings settings) {
        return new Optimizer(settings, false).optimize(graph).graph();
    }

    /// As `optimize`, and tells what each pass did.
    public static OptimizedProgram report(Graph graph, OptimizerSettings settings) {
        return new Optimizer(settings, true).optimize(graph);
    }

    private OptimizedProgram optimize(Graph graph) {
        if (!settings.passes().isEmpty()) {
            Graph now = graph;
            for (PassName name : settings.passes()) now = step(now, name.pass(settings));
            return new OptimizedProgram(now, steps);
        }
        boolean lowers = settings.target() == OptimizerSettings.Target.CLIFFORD_T;
        Graph now = graph;
        if (lowers && settings.level() > 0) {
            now = step(now, PassName.TOFFOLI_PAIRS.pass(settings));
        }
        if (lowers) now = step(now, new LargeGates());
        if (settings.joint()) now = step(now, new JointMeasurements());
        // Of a program without results the gates themselves are wanted, whatever they act on.
        boolean told = settings.level() > 0 && graph.outputs().size() > 0;
        if (told) now = step(step(now, new KnownStates()), new DeadCode());
        boolean searches = settings.level() > 2;
        if (searches && settings.ancillas()) now = step(now, new MeasuredUncomputation());
        if (settings.level() > 0) now = shortened(now);
        if (searches) {
            now = step(now, PassName.FEWEST_T_GATES.pass(settings));
            now = shortened(now);
        }
        if (lowers) {
            // Only now, as words of T gates are too many to search, and none has fewer.
            now = step(now, new RotationWords(settings.precision()));
            if (settings.level() > 0) now = shortened(now);
        }
        if (told) now = step(step(now, new KnownStates()), new DeadCode());
        if (settings.target() == OptimizerSettings.Target.PAULI) {
            now = step(now, new PauliComputation());
        }
        return new OptimizedProgram(now, steps);
    }

    /// The program after the passes on stretches, in turn while gates become fewer.
    private Graph shortened(Graph graph) {
        Stretches stretches = Stretches.of(graph);
        List<GatePass> passes = PassName.ofLevel(settings.level());
        List<GatePass> guarded = new ArrayList<>(passes);
        guarded.addFirst(new ExactAngles());
        step(stretches, new ExactAngles());
        for (int round = 0; round < ROUNDS_MAX; round++) {
            long before = stretches.gates();
            for (GatePass pass : passes) step(stretches, pass);
            if (stretches.gates() == before) break;
        }
        return step(stretches.graph(), new GuardedGates(guarded));
    }

    private void note(String title, Graph after, long nanos) {
        if (!reports) return;
        steps.add(new OptimizedProgram.Step(title, ProgramFigures.of(after), nanos));
    }

    private Graph step(Graph graph, GraphPass pass) {
        long start = System.nanoTime();
        Graph changed = pass.apply(graph);
        note(pass.title(), changed, System.nanoTime() - start);
        return changed;
    }

    private void step(Stretches stretches, GatePass pass) {
        long start = System.nanoTime();
        stretches.change(pass::apply);
        long nanos = System.nanoTime() - start;
        if (reports) note(pass.title(), stretches.graph(), nanos);
    }
}
