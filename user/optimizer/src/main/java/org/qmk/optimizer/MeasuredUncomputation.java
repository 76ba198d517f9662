package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Takes products of bits back by a measurement and not by a Toffoli gate.
///
/// Where a qubit holds the product of two others' bits, a Toffoli gate makes it 0 again. If it is
/// freed or reset next, that gate becomes a measurement of X and, where the outcome is 1, a CZ on
/// the controls: no T gates. Not in regions that claim to be reversible. Source: Jones,
/// arXiv:1212.5069; Gidney, arXiv:1709.06648.
public final class MeasuredUncomputation implements GraphPass {

    public MeasuredUncomputation() {}

    @Override
    public String title() {
        return "uncomputation";
    }

    @Override
    public Graph apply(Graph graph) {
        int[] order = ProgramOrder.of(graph);
        boolean[] measured = new Search(graph, order).measured();
        var copy = new GraphCopy(graph);
        for (int node : order) {
            if (measured[node]) measure(copy, graph, node);
            else copy.add(node);
        }
        return copy.build();
    }

    private static void measure(GraphCopy copy, Graph graph, int node) {
        int event = copy.newEvents(1)[0];
        copy.builder().node(Opcode.MEASURE_X).qubit(graph.qubit(node, 2)).output(event);
        copy.builder().node(Opcode.APPLY_CZ);
        copy.builder().qubit(graph.qubit(node, 0)).qubit(graph.qubit(node, 1));
        copy.builder().guard(new Guard.Is(event, true));
    }

    /// Goes through the program once and follows the bits of the qubits.
    private static final class Search {

        private final Graph graph;
        private final int[] order;
        private final boolean[] bound;
        private final boolean[] measured;
        private final WireSums sums;
        // By qubit: the last node there if it is a Toffoli gate that makes the qubit 0, else -1.
        private final int[] closing;
        private int regions;

        Search(Graph graph, int[] order) {
            this.graph = graph;
            this.order = order;
            bound = GraphCopy.joinedByEdges(graph);
            measured = new boolean[graph.size()];
            sums = new WireSums(graph.qubits().size());
            closing = new int[graph.qubits().size()];
            Arrays.fill(closing, -1);
        }

        boolean[] measured() {
            for (int node : order) {
                regions += Stretches.regionsBegun(graph, node);
                visit(node);
            }
            return measured;
        }

        private void visit(int node) {
            Opcode opcode = graph.opcode(node);
            boolean free = graph.guardIndex(node) == 0;
            boolean ends = free && (opcode == Opcode.FREE_LQ || opcode == Opcode.RESET);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                int qubit = Operand.index(graph.operand(i));
                if (ends && closing[qubit] >= 0) measured[closing[qubit]] = true;
                closing[qubit] = -1;
            }
            if (free && GateKind.has(opcode)) gate(node);
            else other(node, free);
        }

        private void gate(int node) {
            int places = graph.operandEnd(node) - graph.operandStart(node);
            int a = graph.qubit(node, 0);
            int b = places > 1 ? graph.qubit(node, 1) : GateList.NONE;
            int c = places > 2 ? graph.qubit(node, 2) : GateList.NONE;
            sums.apply(GateKind.of(graph.opcode(node)), a, b, c);
            if (graph.opcode(node) != Opcode.APPLY_TOFFOLI || bound[node] || regions > 0) return;
            if (sums.sum(c).isZero() && !sums.isOpposite(c)) closing[c] = node;
        }

        private void other(int node, boolean free) {
            Opcode opcode = graph.opcode(node);
            // What is along Z changes no bit, whether it happens or not.
            boolean keeps = opcode == Opcode.MEASURE_Z;
            boolean zero = free && (opcode == Opcode.ALLOC_LQ || opcode == Opcode.RESET);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                int qubit = Operand.index(graph.operand(i));
                if (zero) sums.setZero(qubit);
                else if (!keeps) sums.setUnknown(qubit);
            }
        }
    }
}
