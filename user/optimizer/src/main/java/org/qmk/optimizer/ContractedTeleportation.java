package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// Writes a CNOT that goes through a channel's Bell pair as one TELEPORT_CNOT.
///
/// It is what `ExpandedTeleportation` makes of one: the pair's qubits are used for nothing else and
/// are freed, or reset, after their measurements; nothing else reads the two outcomes; and the
/// control rests until it is corrected. The allocations stay, and so does the channel.
public final class ContractedTeleportation implements GraphPass {

    public ContractedTeleportation() {}

    @Override
    public String title() {
        return "links joined";
    }

    @Override
    public Graph apply(Graph graph) {
        return new Search(graph).contracted();
    }

    /// The nodes, linked along their qubits in program order.
    private static final class Search {

        private static final int NONE = -1;

        private final Graph graph;
        private final int[] order;
        private final boolean[] bound;
        // By operand: the node after on the qubit.
        private final int[] after;
        // By event: how many nodes, guards and outputs read it.
        private final int[] readers;
        private final boolean[] removed;
        // By node: the control of the gate that takes its place, or NONE.
        private final int[] controls;

        Search(Graph graph) {
            this.graph = graph;
            order = ProgramOrder.of(graph);
            bound = GraphCopy.joinedByEdges(graph);
            after = new int[graph.operandCount()];
            readers = new int[graph.events().size()];
            removed = new boolean[graph.size()];
            controls = new int[graph.size()];
            Arrays.fill(controls, NONE);
            link();
        }

        private void link() {
            int[] last = new int[graph.qubits().size()];
            Arrays.fill(last, NONE);
            Arrays.fill(after, NONE);
            for (int node : order) {
                read(graph.guard(node));
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    int index = Operand.index(graph.operand(i));
                    switch (Operand.kind(graph.operand(i))) {
                        case QUBIT -> {
                            if (last[index] != NONE) after[operand(last[index], index)] = node;
                            last[index] = node;
                        }
                        case INPUT -> readers[index]++;
                        case OUTPUT, CHANNEL -> {}
                    }
                }
            }
            for (int i = 0; i < graph.outputs().size(); i++) readers[graph.outputEvent(i)]++;
        }

        private void read(Guard guard) {
            switch (guard) {
                case Guard.Always() -> {}
                case Guard.Is(int event, boolean _) -> readers[event]++;
                case Guard.All(var parts) -> parts.forEach(this::read);
                case Guard.Any(var parts) -> parts.forEach(this::read);
            }
        }

        private int operand(int node, int qubit) {
            int i = graph.operandStart(node);
            while (graph.operand(i) != Operand.qubit(qubit)) i++;
            return i;
        }

        private int next(int node, int qubit) {
            return after[operand(node, qubit)];
        }

        Graph contracted() {
            for (int node : order) {
                if (is(node, Opcode.OPEN_CHAN)) examine(node);
            }
            var copy = new GraphCopy(graph);
            for (int node : order) {
                if (removed[node]) continue;
                if (controls[node] == NONE) {
                    copy.add(node);
                } else {
                    copy.builder().node(Opcode.TELEPORT_CNOT);
                    copy.builder().qubit(controls[node]).qubit(graph.qubit(node, 1));
                }
            }
            return copy.build();
        }

        private boolean is(int node, Opcode opcode) {
            return node != NONE
                    && graph.opcode(node) == opcode
                    && graph.guardIndex(node) == 0
                    && !bound[node];
        }

        private void examine(int open) {
            int near = graph.qubit(open, 0);
            int far = graph.qubit(open, 1);
            int in = next(open, near);
            if (!is(in, Opcode.APPLY_CNOT) || graph.qubit(in, 1) != near) return;
            int control = graph.qubit(in, 0);
            int first = next(in, near);
            int flip = next(open, far);
            if (control == far || !is(first, Opcode.MEASURE_Z) || !ends(first, near)) return;
            if (!corrects(flip, far, "X", first)) return;
            int out = next(flip, far);
            if (!is(out, Opcode.APPLY_CNOT) || graph.qubit(out, 0) != far) return;
            int second = next(out, far);
            if (!is(second, Opcode.MEASURE_X) || !ends(second, far)) return;
            int turn = next(in, control);
            if (!corrects(turn, control, "Z", second)) return;
            for (int node : new int[] {in, first, flip, second, turn}) removed[node] = true;
            controls[out] = control;
        }

        /// Whether the qubit's state is discarded after the measurement.
        private boolean ends(int measurement, int qubit) {
            int next = next(measurement, qubit);
            return next != NONE
                    && graph.guardIndex(next) == 0
                    && (graph.opcode(next) == Opcode.FREE_LQ || graph.opcode(next) == Opcode.RESET);
        }

        /// Whether a node is the correction by the outcome of a measurement that nobody else reads.
        private boolean corrects(int node, int qubit, String pauli, int measurement) {
            if (!is(node, Opcode.COND_PAULI) || graph.count(node, Operand.Kind.QUBIT) != 1) {
                return false;
            }
            int event = Operand.index(graph.operand(graph.operandEnd(measurement) - 1));
            boolean reads =
                    graph.count(node, Operand.Kind.INPUT) == 1
                            && Operand.index(graph.operand(graph.operandEnd(node) - 1)) == event;
            return reads
                    && readers[event] == 1
                    && graph.qubit(node, 0) == qubit
                    && graph.argument(node).equals(new Argument.Pauli(PauliString.of(pauli)));
        }
    }
}
