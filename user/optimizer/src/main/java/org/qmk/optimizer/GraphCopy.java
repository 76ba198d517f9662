package org.qmk.optimizer;

import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.NameTable;

/// A graph in the making that has the names, outputs and requests of another, and nodes of it.
///
/// Explicit edges between copied nodes are kept, and so are labels of copied nodes.
final class GraphCopy {

    private final Graph from;
    private final GraphBuilder builder = new GraphBuilder();
    // By node of the original: its node here + 1, or 0.
    private final int[] copies;
    private String eventPrefix = "";
    private int eventCount;

    GraphCopy(Graph from) {
        this.from = from;
        copies = new int[from.size()];
        for (int i = 0; i < from.qubits().declared(); i++) {
            builder.declareQubit(from.qubits().name(i));
        }
        for (int i = 0; i < from.channels().declared(); i++) {
            builder.declareChannel(from.channels().name(i));
        }
        for (int i = 0; i < from.events().declared(); i++) {
            builder.declareEvent(from.events().name(i));
            if (from.defaultsToZero(i)) builder.defaultToZero(i);
        }
        builder.outputsGiven();
        for (int i = 0; i < from.outputs().size(); i++) {
            builder.output(from.outputs().name(i), from.outputEvent(i));
        }
    }

    /// By node: whether an explicit edge begins or ends there.
    static boolean[] joinedByEdges(Graph graph) {
        var joined = new boolean[graph.size()];
        for (int edge = 0; edge < graph.afterCount(); edge++) {
            joined[graph.afterNode(edge)] = true;
            joined[graph.afterTarget(edge)] = true;
        }
        return joined;
    }

    /// For nodes that are new.
    GraphBuilder builder() {
        return builder;
    }

    /// Declares qubits whose names are not taken.
    int[] newQubits(int count) {
        if (count == 0) return new int[0];
        String prefix = free(from.qubits(), "ancilla$");
        int[] qubits = new int[count];
        for (int i = 0; i < count; i++) qubits[i] = builder.declareQubit(prefix + i);
        return qubits;
    }

    /// Declares channels whose names are not taken.
    int[] newChannels(int count) {
        String prefix = free(from.channels(), "link$");
        int[] channels = new int[count];
        for (int i = 0; i < count; i++) channels[i] = builder.declareChannel(prefix + i);
        return channels;
    }

    /// Declares events whose names are not taken.
    int[] newEvents(int count) {
        int[] events = new int[count];
        if (count > 0 && eventPrefix.isEmpty()) eventPrefix = free(from.events(), "outcome$");
        for (int i = 0; i < count; i++) {
            events[i] = builder.declareEvent(eventPrefix + eventCount++);
        }
        return events;
    }

    /// A prefix that no name has.
    private static String free(NameTable names, String prefix) {
        String free = prefix;
        for (int i = 0; i < names.declared(); i++) {
            while (names.name(i).startsWith(free)) free = free + "$";
        }
        return free;
    }

    /// Adds a node of the original as it is.
    void add(int node) {
        builder.node(from.opcode(node));
        for (int i = from.operandStart(node); i < from.operandEnd(node); i++) {
            builder.operand(from.operand(i));
        }
        if (from.guardIndex(node) != 0) builder.guard(from.guard(node));
        if (from.argumentIndex(node) != 0) builder.argument(from.argument(node));
        if (from.hasLabel(node)) builder.label(from.label(node));
        copies[node] = builder.size();
    }

    /// The graph, which requires and requests what the original did, and what its nodes need.
    Graph build() {
        for (int edge = 0; edge < from.afterCount(); edge++) {
            int node = copies[from.afterNode(edge)];
            int target = copies[from.afterTarget(edge)];
            if (node != 0 && target != 0) builder.after(node - 1, target - 1);
        }
        from.families().forEach(builder::require);
        for (Capability capability : from.capabilities()) builder.request(capability);
        return builder.requireWhatIsUsed().build();
    }
}
