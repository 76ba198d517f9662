package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

final class OptimizerTest {

    /// Fewer where rotations are written as words of T gates or where T gates are searched for.
    private static int programs(OptimizerSettings settings) {
        boolean quick = settings.level() < 3;
        return settings.target() != OptimizerSettings.Target.CLIFFORD_T && quick ? 200 : 12;
    }

    static List<OptimizerSettings> settings() {
        List<OptimizerSettings> all = new ArrayList<>();
        for (int level = 0; level <= OptimizerSettings.LEVEL_MAX; level++) {
            for (OptimizerSettings.Target target : OptimizerSettings.Target.values()) {
                var settings = new OptimizerSettings(level, target).withPrecision(1e-9);
                all.add(settings);
                if (level == OptimizerSettings.LEVEL_MAX) all.add(settings.withAncillas());
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void results_have_the_same_distribution(OptimizerSettings settings) {
        for (long seed = 0; seed < programs(settings); seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph optimized = Optimizer.optimize(graph, settings);

            OutputOracle.assertSame(graph, optimized, settings + " seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void the_verifier_accepts_the_result(OptimizerSettings settings) {
        for (long seed = 0; seed < programs(settings); seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph optimized = Optimizer.optimize(graph, settings);

            var before = OutputOracle.verified(graph, "seed " + seed);
            var after = OutputOracle.verified(optimized, "seed " + seed);
            boolean more = settings.ancillas() || after.qubitsPeak() <= before.qubitsPeak();
            assertTrue(more, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void names_outputs_and_all_nodes_but_gates_are_kept(OptimizerSettings settings) {
        if (settings.target() == OptimizerSettings.Target.PAULI) return; // no node stays as it is
        boolean lowers = settings.target() == OptimizerSettings.Target.CLIFFORD_T;
        for (long seed = 0; seed < programs(settings); seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph optimized = Optimizer.optimize(graph, settings);

            Graph living = alive(graph, settings);
            String what = settings + " seed " + seed;
            if (!settings.ancillas()) {
                assertEquals(kept(living, lowers), kept(optimized, lowers), what);
            }
            assertEquals(graph.afterCount(), edgesKept(graph, optimized), "seed " + seed);
            assertEquals(graph.outputs().size(), optimized.outputs().size());
            for (int i = 0; i < graph.qubits().size(); i++) {
                assertEquals(graph.qubits().name(i), optimized.qubits().name(i));
            }
        }
    }

    /// What dead code is has a test of its own.
    private static Graph alive(Graph graph, OptimizerSettings settings) {
        if (settings.level() == 0) return graph;
        boolean lowers = settings.target() == OptimizerSettings.Target.CLIFFORD_T;
        if (lowers)
            return alive(
                    new LargeGates().apply(graph),
                    new OptimizerSettings(1, OptimizerSettings.Target.IDEAL));
        return new DeadCode().apply(new KnownStates().apply(graph));
    }

    /// Everything that is no gate, in the order of each qubit, and gates that edges join.
    private static List<String> kept(Graph graph, boolean lowers) {
        List<String> kept = new ArrayList<>();
        boolean[] bound = GraphCopy.joinedByEdges(graph);
        for (int qubit = 0; qubit < graph.qubits().size(); qubit++) {
            var text = new StringBuilder();
            for (int node = 0; node < graph.size(); node++) {
                boolean gate = GateKind.has(graph.opcode(node)) && !bound[node];
                boolean large = graph.opcode(node).family() == Family.ROTATION && lowers;
                if (gate || large || !uses(graph, node, qubit)) continue;
                text.append(graph.opcode(node)).append(' ').append(graph.guard(node));
                text.append(' ').append(graph.argument(node));
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    text.append(' ').append(graph.operand(i));
                }
                text.append('\n');
            }
            kept.add(text.toString());
        }
        return kept;
    }

    private static boolean uses(Graph graph, int node, int qubit) {
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            if (graph.operand(i) == Operand.qubit(qubit)) return true;
        }
        return false;
    }

    /// The edges that are left; both ends must be the operations that they were.
    private static int edgesKept(Graph graph, Graph optimized) {
        var before = new TreeSet<String>();
        var after = new TreeSet<String>();
        for (int i = 0; i < graph.afterCount(); i++) before.add(edge(graph, i));
        for (int i = 0; i < optimized.afterCount(); i++) after.add(edge(optimized, i));
        assertEquals(before, after);
        return optimized.afterCount();
    }

    private static String edge(Graph graph, int edge) {
        return graph.opcode(graph.afterNode(edge)) + " " + graph.opcode(graph.afterTarget(edge));
    }
}
