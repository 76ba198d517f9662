package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Takes out nodes that change nothing that is told: gates on qubits that are then discarded,
/// phases before a measurement of Z after which the qubit is discarded, measurements of discarded
/// qubits and event logic that nobody reads.
public final class DeadCode implements GraphPass {

    public DeadCode() {}

    @Override
    public String title() {
        return "dead code";
    }

    @Override
    public Graph apply(Graph graph) {
        return new Backwards(graph).living();
    }

    /// One pass against program order.
    private static final class Backwards {

        private static final int ALIVE = 0;
        private static final int DEAD = 4;

        private final Graph graph;
        private final boolean[] bound;
        private final boolean[] kept;
        private final boolean[] read;
        // By qubit: DEAD if no node kept after this place uses it before it is discarded; an axis
        // if those that do all have that axis on it. Such nodes and a node of that axis commute.
        private final int[] states;

        Backwards(Graph graph) {
            this.graph = graph;
            bound = GraphCopy.joinedByEdges(graph);
            kept = new boolean[graph.size()];
            read = new boolean[graph.events().size()];
            for (int i = 0; i < graph.outputs().size(); i++) read[graph.outputEvent(i)] = true;
            states = new int[graph.qubits().size()];
            Arrays.fill(states, DEAD);
        }

        Graph living() {
            int[] order = ProgramOrder.of(graph);
            for (int at = order.length - 1; at >= 0; at--) {
                int node = order[at];
                kept[node] = bound[node] || !isDead(node);
                if (kept[node]) keep(node);
            }
            var copy = new GraphCopy(graph);
            for (int node : order) {
                if (kept[node]) copy.add(node);
            }
            return copy.build();
        }

        private boolean isDead(int node) {
            return switch (graph.opcode(node).shape()) {
                case EVENT_CONSTANT, EVENT_1, EVENT_MANY, EVENT_3 -> isUnread(node);
                case GATE_1,
                        GATE_2,
                        GATE_3,
                        ROTATION_1,
                        ROTATION_PRODUCT,
                        CORRECTION,
                        MEASURE_1,
                        MEASURE_PRODUCT ->
                        graph.opcode(node) != Opcode.TELEPORT_CNOT
                                && isUnread(node)
                                && isUnseen(node);
                case ALLOC,
                        FREE,
                        RESET,
                        FENCE,
                        REGION,
                        MEASURE_2,
                        MEASURE_ANGLE,
                        CHANNEL_OPEN,
                        CHANNEL_USE,
                        CHANNEL_CLOSE,
                        POLICY ->
                        false;
            };
        }

        /// Whether nobody reads an event that the node makes.
        private boolean isUnread(int node) {
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int operand = graph.operand(i);
                boolean made = Operand.kind(operand) == Operand.Kind.OUTPUT;
                if (made && read[Operand.index(operand)]) return false;
            }
            return true;
        }

        /// Whether what the node does to its qubits can be moved past all that is kept to where
        /// they are discarded.
        private boolean isUnseen(int node) {
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                int state = states[Operand.index(graph.operand(i))];
                if (state == DEAD) continue;
                int axis = NodeAxes.of(graph, node, i - graph.operandStart(node));
                if (state == ALIVE || axis != state) return false;
            }
            return true;
        }

        private void keep(int node) {
            Opcode opcode = graph.opcode(node);
            readGuard(graph.guard(node));
            boolean discards =
                    graph.guardIndex(node) == 0
                            && (opcode == Opcode.ALLOC_LQ
                                    || opcode == Opcode.FREE_LQ
                                    || opcode == Opcode.RESET
                                    || opcode == Opcode.INJECT_T_STATE
                                    || opcode == Opcode.OPEN_CHAN);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> {
                        int axis = NodeAxes.of(graph, node, i - graph.operandStart(node));
                        boolean first = states[index] == DEAD;
                        if (discards) {
                            states[index] = DEAD;
                        } else if (!first && states[index] != axis) {
                            states[index] = ALIVE;
                        } else {
                            states[index] = axis;
                        }
                    }
                    case INPUT -> read[index] = true;
                    case CHANNEL, OUTPUT -> {}
                }
            }
        }

        private void readGuard(Guard guard) {
            switch (guard) {
                case Guard.Always() -> {}
                case Guard.Is(int event, boolean _) -> read[event] = true;
                case Guard.All(var parts) -> parts.forEach(this::readGuard);
                case Guard.Any(var parts) -> parts.forEach(this::readGuard);
            }
        }
    }
}
