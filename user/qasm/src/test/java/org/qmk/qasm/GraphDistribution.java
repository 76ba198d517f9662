package org.qmk.qasm;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// The exact distribution of a graph's results, by following every path of measurements.
final class GraphDistribution {

    private final Graph graph;
    private final TreeMap<String, Double> distribution = new TreeMap<>();

    private GraphDistribution(Graph graph) {
        this.graph = graph;
    }

    static Map<String, Double> of(Graph graph) {
        var paths = new GraphDistribution(graph);
        paths.follow(0, new ExactState(graph.qubits().size()), new boolean[graph.events().size()]);
        return paths.distribution;
    }

    private void follow(int from, ExactState state, boolean[] events) {
        for (int node = from; node < graph.size(); node++) {
            if (!holds(graph.guard(node), events)) continue;
            Opcode opcode = graph.opcode(node);
            switch (opcode) {
                case ALLOC_LQ, FREE_LQ, FENCE_EPOCH, BAR_REGION, SET_POLICY -> {}
                case MEASURE_Z, RESET -> {
                    branch(node, state, events);
                    return;
                }
                case EV_CONST, EV_NOT, EV_XOR, EV_AND, EV_OR, EV_SELECT ->
                        events[output(node)] = logic(opcode, node, events);
                default ->
                        state.apply(
                                GraphUnitary.gate(graph, node), GraphUnitary.qubits(graph, node));
            }
        }
        var key = new StringBuilder();
        for (int i = 0; i < graph.outputs().size(); i++)
            key.append(events[graph.outputEvent(i)] ? '1' : '0');
        distribution.merge(key.toString(), state.weight(), Double::sum);
    }

    private void branch(int node, ExactState state, boolean[] events) {
        boolean measures = graph.opcode(node) == Opcode.MEASURE_Z;
        if (!measures && graph.count(node, Operand.Kind.QUBIT) > 1)
            throw new AssertionError("one reset at a time");
        for (int value = 0; value < 2; value++) {
            Optional<ExactState> part = state.where(graph.qubit(node, 0), value == 1);
            if (part.isEmpty()) continue;
            boolean[] next = events.clone();
            if (measures) next[output(node)] = value == 1;
            else if (value == 1)
                part.get().apply(ReferenceGate.of("x").matrix(), graph.qubit(node, 0));
            follow(node + 1, part.get(), next);
        }
    }

    private int output(int node) {
        return Operand.index(graph.operand(graph.operandEnd(node) - 1));
    }

    private boolean logic(Opcode opcode, int node, boolean[] events) {
        if (opcode == Opcode.EV_CONST) return ((Argument.Bit) graph.argument(node)).value();
        int start = graph.operandStart(node);
        int count = graph.operandEnd(node) - start - 1;
        boolean[] in = new boolean[count];
        int ones = 0;
        for (int i = 0; i < count; i++) {
            in[i] = events[Operand.index(graph.operand(start + i))];
            if (in[i]) ones++;
        }
        return switch (opcode) {
            case EV_NOT -> !in[0];
            case EV_XOR -> ones % 2 == 1;
            case EV_AND -> ones == count;
            case EV_OR -> ones > 0;
            case EV_SELECT -> in[0] ? in[1] : in[2];
            default -> throw new AssertionError(opcode);
        };
    }

    private static boolean holds(Guard guard, boolean[] events) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(int event, boolean value) -> events[event] == value;
            case Guard.All(var parts) -> parts.stream().allMatch(part -> holds(part, events));
            case Guard.Any(var parts) -> parts.stream().anyMatch(part -> holds(part, events));
        };
    }

    /// The largest difference of two distributions.
    static double distance(Map<String, Double> a, Map<String, Double> b) {
        double distance = 0;
        for (var entry : a.entrySet()) {
            distance =
                    Math.max(
                            distance,
                            Math.abs(entry.getValue() - b.getOrDefault(entry.getKey(), 0.0)));
        }
        for (var entry : b.entrySet()) {
            distance =
                    Math.max(
                            distance,
                            Math.abs(entry.getValue() - a.getOrDefault(entry.getKey(), 0.0)));
        }
        return distance;
    }
}
