package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// Measures products of Z or of X at once, where a program measures them by way of an ancilla.
///
/// The ancilla is allocated or reset, takes part in CNOT gates with the qubits of the product, for
/// X between two Hadamard gates, is measured and then freed or reset; and the qubits rest from
/// their CNOT until the measurement. One MEASURE_PAULI on them takes the place of all that lies
/// between.
public final class JointMeasurements implements GraphPass {

    public JointMeasurements() {}

    @Override
    public String title() {
        return "joint measurements";
    }

    @Override
    public Graph apply(Graph graph) {
        return new Search(graph).joined();
    }

    /// The nodes, linked along their qubits in program order.
    private static final class Search {

        private static final int NONE = -1;

        private final Graph graph;
        private final int[] order;
        private final boolean[] bound;
        // By node: its position in the order. By operand: the node before and after on the qubit.
        private final int[] positions;
        private final int[] before;
        private final int[] after;
        private final boolean[] removed;
        // By node: the measurement's qubits, empty if it stays, and whether it is one of X.
        private final int[][] products;
        private final boolean[] ofX;

        Search(Graph graph) {
            this.graph = graph;
            order = ProgramOrder.of(graph);
            bound = GraphCopy.joinedByEdges(graph);
            positions = new int[graph.size()];
            before = new int[graph.operandCount()];
            after = new int[graph.operandCount()];
            removed = new boolean[graph.size()];
            products = new int[graph.size()][];
            ofX = new boolean[graph.size()];
            link();
        }

        private void link() {
            int[] last = new int[graph.qubits().size()];
            Arrays.fill(last, NONE);
            Arrays.fill(after, NONE);
            for (int position = 0; position < order.length; position++) {
                int node = order[position];
                positions[node] = position;
                for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                    if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                    int qubit = Operand.index(graph.operand(i));
                    before[i] = last[qubit];
                    if (last[qubit] != NONE) after[operand(last[qubit], qubit)] = node;
                    last[qubit] = node;
                }
            }
        }

        private int operand(int node, int qubit) {
            int i = graph.operandStart(node);
            while (graph.operand(i) != Operand.qubit(qubit)) i++;
            return i;
        }

        Graph joined() {
            for (int node : order) {
                if (graph.opcode(node) == Opcode.MEASURE_Z && isFree(node)) examine(node);
            }
            var copy = new GraphCopy(graph);
            for (int node : order) {
                if (removed[node]) continue;
                if (products[node] == null) {
                    copy.add(node);
                } else {
                    measure(copy, node);
                }
            }
            return copy.build();
        }

        private boolean isFree(int node) {
            return graph.guardIndex(node) == 0 && !bound[node] && !removed[node];
        }

        /// Looks for the gates that make the measurement one of a product.
        private void examine(int node) {
            int ancilla = graph.qubit(node, 0);
            int end = after[graph.operandStart(node)];
            if (!discards(end, Opcode.FREE_LQ)) return;
            int at = before[graph.operandStart(node)];
            boolean turned = isGate(at, Opcode.APPLY_H);
            int from = turned ? before[operand(at, ancilla)] : at;
            int place = turned ? 0 : 1;
            int count = 0;
            int[] qubits = new int[4];
            int gate = from;
            while (isGate(gate, Opcode.APPLY_CNOT) && graph.qubit(gate, place) == ancilla) {
                int qubit = graph.qubit(gate, 1 - place);
                int next = after[operand(gate, qubit)];
                boolean rests = next == NONE || positions[next] > positions[node];
                if (!rests) return;
                if (count == qubits.length) qubits = Arrays.copyOf(qubits, 2 * count);
                qubits[count++] = qubit;
                gate = before[operand(gate, ancilla)];
            }
            int begin = gate;
            if (turned) {
                if (!isGate(gate, Opcode.APPLY_H)) return;
                begin = before[operand(gate, ancilla)];
            }
            if (count == 0 || !discards(begin, Opcode.ALLOC_LQ)) return;
            products[node] = Arrays.copyOf(qubits, count);
            ofX[node] = turned;
            int last = before[graph.operandStart(node)];
            for (int each = last; each != begin; each = before[operand(each, ancilla)]) {
                removed[each] = true;
            }
        }

        private boolean isGate(int node, Opcode opcode) {
            return node != NONE && graph.opcode(node) == opcode && isFree(node);
        }

        /// Whether a node is a reset, or the other operation, without a guard.
        private boolean discards(int node, Opcode other) {
            if (node == NONE || graph.guardIndex(node) != 0) return false;
            return graph.opcode(node) == Opcode.RESET || graph.opcode(node) == other;
        }

        private void measure(GraphCopy copy, int node) {
            String letters = (ofX[node] ? "X" : "Z").repeat(products[node].length);
            copy.builder().node(Opcode.MEASURE_PAULI).qubits(products[node]);
            copy.builder().operand(graph.operand(graph.operandEnd(node) - 1));
            copy.builder().argument(new Argument.Pauli(PauliString.of(letters)));
            if (graph.hasLabel(node)) copy.builder().label(graph.label(node));
        }
    }
}
