package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.verifier.GraphSketch.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Rule;

/// The order of nodes is the one that the plainest algorithm finds on the plainest list of edges.
class OrderTest {

    @Test
    void without_a_forward_edge_the_order_is_that_of_the_program() {
        var program = new GraphSketch().alloc(0).alloc(1).free(0).free(1).after(1, 0).after(3, 0);

        assertEquals(List.of(0, 1, 2, 3), order(program.verified()));
    }

    @Test
    void a_node_that_waits_for_a_later_one_comes_as_soon_as_that_is_done() {
        var program = new GraphSketch().alloc(0).alloc(1).free(1).free(0).after(0, 2);

        assertEquals(List.of(1, 2, 0, 3), order(program.verified()));
        assertEquals(1, program.verified().qubitsPeak());
        assertEquals(
                2, new GraphSketch().alloc(0).alloc(1).free(1).free(0).verified().qubitsPeak());
    }

    @Test
    void a_cycle_is_told_by_the_nodes_on_it() {
        var program =
                new GraphSketch()
                        .alloc(0)
                        .gate(Opcode.APPLY_H, 0)
                        .free(0)
                        .alloc(1)
                        .free(1)
                        .after(0, 2);

        var violation = assertInstanceOf(Rejected.class, program.verdict()).violations().getFirst();

        assertEquals(
                "node 1 (APPLY_H) waits for itself, by way of 0, 2, 1. "
                        + "Remove one of the after edges.",
                violation.message());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_order_is_the_smallest_one_that_keeps_all_edges(long seed) {
        var random = new SplittableRandom(seed);
        int cycles = 0;
        int moved = 0;

        for (int i = 0; i < 2_000; i++) {
            Graph graph = random(random);
            int[] expected = plainOrder(graph);
            Verdict verdict = Verifier.verify(graph);
            String context = "seed " + seed + ", graph " + i;
            if (expected.length < graph.size()) {
                cycles++;
                var violations = assertInstanceOf(Rejected.class, verdict, context).violations();
                assertEquals(1, violations.size(), context);
                assertEquals(Rule.DAG_CYCLE, violations.getFirst().rule(), context);
                assertTrue(reaches(graph, violations.getFirst().node()), context);
            } else {
                Verified verified = assertInstanceOf(Verified.class, verdict, context);
                List<Integer> order = order(verified);
                assertEquals(Arrays.stream(expected).boxed().toList(), order, context);
                if (!order.equals(order.stream().sorted().toList())) moved++;
            }
        }

        assertTrue(cycles > 200 && moved > 200, "cycles " + cycles + ", moved " + moved);
    }

    private static List<Integer> order(Verified verified) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < verified.graph().size(); i++) order.add(verified.orderAt(i));
        return order;
    }

    /// A valid program but for after edges that may close a cycle.
    private static Graph random(SplittableRandom random) {
        var program = new GraphSketch();
        for (int q = 0; q < 6; q++) program.alloc(q);
        int made = 0;
        int length = random.nextInt(16);
        for (int i = 0; i < length; i++) {
            int q = random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0 -> program.fence();
                case 1 -> program.gate(Opcode.APPLY_CNOT, q, (q + 1) % 6);
                case 2 -> {
                    if (made < GraphSketch.EVENTS) program.measure(q, made++);
                }
                case 3 -> {
                    if (made > 0) program.correct("X", q, random.nextInt(made));
                }
                case 4 -> {
                    if (made > 0 && made < 9)
                        program.logic(Opcode.EV_NOT, made++, random.nextInt(made - 1));
                }
                default -> program.gate(Opcode.APPLY_H, q);
            }
            if (made > 0 && random.nextInt(5) == 0 && program.builder.size() > 6) {
                Guard guard = is(random.nextInt(Math.max(1, made - 1)));
                if (made > 1) program.gate(Opcode.APPLY_X, q).when(guard);
            }
        }
        for (int q = 0; q < 6; q++) program.free(q);
        int size = program.builder.size();
        int edges = random.nextInt(4);
        for (int i = 0; i < edges; i++) program.after(random.nextInt(size), random.nextInt(size));
        return program.graph();
    }

    /// What each node waits for, by the words of the specification.
    private static List<TreeSet<Integer>> sources(Graph graph) {
        List<TreeSet<Integer>> sources = new ArrayList<>();
        for (int node = 0; node < graph.size(); node++) {
            var waits = new TreeSet<Integer>();
            for (int earlier = 0; earlier < node; earlier++) {
                boolean fence =
                        graph.opcode(node) == Opcode.FENCE_EPOCH
                                || graph.opcode(earlier) == Opcode.FENCE_EPOCH;
                if (fence || shares(graph, earlier, node)) waits.add(earlier);
            }
            for (int i = 0; i < graph.afterCount(); i++) {
                if (graph.afterNode(i) == node) waits.add(graph.afterTarget(i));
            }
            sources.add(waits);
        }
        return sources;
    }

    private static boolean shares(Graph graph, int earlier, int node) {
        for (int i = graph.operandStart(earlier); i < graph.operandEnd(earlier); i++) {
            int index = Operand.index(graph.operand(i));
            boolean makes = Operand.kind(graph.operand(i)) == Operand.Kind.OUTPUT;
            if (makes
                    && graph.guard(node) instanceof Guard.Is(int event, boolean _)
                    && event == index) {
                return true;
            }
            for (int j = graph.operandStart(node); j < graph.operandEnd(node); j++) {
                boolean linear = Operand.kind(graph.operand(j)) == Operand.Kind.QUBIT;
                if (linear && graph.operand(i) == graph.operand(j)) return true;
                if (makes && graph.operand(j) == Operand.input(index)) return true;
            }
        }
        return false;
    }

    private static int[] plainOrder(Graph graph) {
        List<TreeSet<Integer>> sources = sources(graph);
        List<Integer> placed = new ArrayList<>();
        boolean found = true;
        while (found) {
            found = false;
            for (int node = 0; node < graph.size() && !found; node++) {
                if (placed.contains(node) || !placed.containsAll(sources.get(node))) continue;
                placed.add(node);
                found = true;
            }
        }
        return placed.stream().mapToInt(node -> node).toArray();
    }

    /// Whether a node waits for itself, over others.
    private static boolean reaches(Graph graph, int node) {
        List<TreeSet<Integer>> sources = sources(graph);
        var seen = new TreeSet<Integer>();
        List<Integer> open = new ArrayList<>(sources.get(node));
        while (!open.isEmpty()) {
            int next = open.removeLast();
            if (seen.add(next)) open.addAll(sources.get(next));
        }
        return seen.contains(node);
    }
}
