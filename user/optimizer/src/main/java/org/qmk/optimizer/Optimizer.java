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
        if (settings.level() == 0 && settings.target() == OptimizerSettings.Target.IDEAL) {
            return new OptimizedProgram(graph, steps);
        }
        boolean changes = settings.level() > 0;
        Graph reduced = changes ? step(step(graph, new KnownStates()), new DeadCode()) : graph;
        Stretches stretches = Stretches.of(reduced);
        if (settings.target() == OptimizerSettings.Target.CLIFFORD_T) {
            step(stretches, new ThreeQubitGates());
        }
        if (changes) step(stretches, new ExactAngles());
        for (int round = 0; changes && round < ROUNDS_MAX; round++) {
            long before = stretches.gates();
            step(stretches, new Cancellation());
            step(stretches, new SingleQubitRuns());
            if (settings.level() > 1) {
                step(stretches, new PhaseFolding());
                step(stretches, new CliffordRuns());
            }
            if (stretches.gates() == before) break;
        }
        Graph optimized = stretches.graph();
        if (changes) optimized = step(step(optimized, new KnownStates()), new DeadCode());
        return new OptimizedProgram(optimized, steps);
    }

    private Graph step(Graph graph, GraphPass pass) {
        long start = System.nanoTime();
        Graph changed = pass.apply(graph);
        long nanos = System.nanoTime() - start;
        if (reports) {
            steps.add(new OptimizedProgram.Step(pass.title(), ProgramFigures.of(changed), nanos));
        }
        return changed;
    }

    private void step(Stretches stretches, GatePass pass) {
        long start = System.nanoTime();
        stretches.change(pass::apply);
        long nanos = System.nanoTime() - start;
        if (!reports) return;
        var after = ProgramFigures.of(stretches.graph());
        steps.add(new OptimizedProgram.Step(pass.title(), after, nanos));
    }
}
