package org.qmk.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// The labels of a graph that is being read, and its edges to labels that may come later.
final class AfterEdges {

    private record Waiting(int node, String label, int offset, String pointer) {}

    private final Map<String, Integer> nodes = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    /// Whether the label is new; a reader refuses a graph in which two nodes have one.
    boolean label(int node, String label) {
        return nodes.putIfAbsent(label, node) == null;
    }

    static Violation twice(int node, String label) {
        return Violation.of(Rule.NAME_NODE_TWICE, node, "name", FormErrors.quoted(label));
    }

    void add(int node, String label, int offset, String pointer) {
        waiting.add(new Waiting(node, label, offset, pointer));
    }

    void resolve(GraphBuilder builder, FormErrors errors) {
        for (Waiting edge : waiting) {
            Integer target = nodes.get(edge.label);
            if (target == null) errors.add(unknown(edge), edge.offset, edge.pointer);
            else builder.after(edge.node, target);
        }
    }

    private static Violation unknown(Waiting edge) {
        return Violation.of(
                Rule.NAME_NODE_UNKNOWN,
                edge.node,
                "node",
                Integer.toString(edge.node),
                "name",
                FormErrors.quoted(edge.label));
    }
}
