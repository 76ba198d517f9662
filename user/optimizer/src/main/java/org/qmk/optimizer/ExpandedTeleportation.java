package org.qmk.optimizer;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Writes each TELEPORT_CNOT as what it is made of: a channel's Bell pair on two new qubits, a CNOT
/// into it, one out of it, two measurements and the corrections that they ask for. What is guarded
/// or joined by edges stays. Source: Gottesman and Chuang, arXiv:quant-ph/9908010.
public final class ExpandedTeleportation implements GraphPass {

    public ExpandedTeleportation() {}

    @Override
    public String title() {
        return "links written out";
    }

    @Override
    public Graph apply(Graph graph) {
        boolean[] bound = GraphCopy.joinedByEdges(graph);
        int count = 0;
        for (int node = 0; node < graph.size(); node++) if (is(graph, node, bound)) count++;
        if (count == 0) return graph;
        var copy = new GraphCopy(graph);
        int[] ends = copy.newQubits(2);
        int[] channels = copy.newChannels(count);
        int next = 0;
        for (int node : ProgramOrder.of(graph)) {
            if (is(graph, node, bound)) expand(copy, graph, node, ends, channels[next++]);
            else copy.add(node);
        }
        return copy.build();
    }

    private static boolean is(Graph graph, int node, boolean[] bound) {
        return graph.opcode(node) == Opcode.TELEPORT_CNOT
                && graph.guardIndex(node) == 0
                && !bound[node];
    }

    private static void expand(GraphCopy copy, Graph graph, int node, int[] ends, int channel) {
        GraphBuilder builder = copy.builder();
        int control = graph.qubit(node, 0);
        int target = graph.qubit(node, 1);
        int[] events = copy.newEvents(2);
        builder.node(Opcode.ALLOC_LQ).qubits(ends).argument(new Argument.Profile(""));
        builder.node(Opcode.OPEN_CHAN).qubits(ends).channel(channel);
        builder.argument(new Argument.Channel(1, "bell_pair"));
        builder.node(Opcode.APPLY_CNOT).qubit(control).qubit(ends[0]);
        builder.node(Opcode.MEASURE_Z).qubit(ends[0]).output(events[0]);
        correct(builder, "X", ends[1], events[0]);
        builder.node(Opcode.APPLY_CNOT).qubit(ends[1]).qubit(target);
        builder.node(Opcode.MEASURE_X).qubit(ends[1]).output(events[1]);
        correct(builder, "Z", control, events[1]);
        builder.node(Opcode.CLOSE_CHAN).channel(channel);
        builder.node(Opcode.FREE_LQ).qubits(ends);
        if (graph.hasLabel(node)) builder.label(graph.label(node));
    }

    private static void correct(GraphBuilder builder, String pauli, int qubit, int event) {
        builder.node(Opcode.COND_PAULI).qubit(qubit).input(event);
        builder.argument(new Argument.Pauli(PauliString.of(pauli)));
    }
}
