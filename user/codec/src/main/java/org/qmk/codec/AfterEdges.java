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

    private final List<String> labels = new ArrayList<>();
    private final List<Integer> labelled = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();

    void label(int node, String label) {
        labels.add(label);
        labelled.add(node);
    }

    void add(int node, String label, int offset, String pointer) {
        waiting.add(new Waiting(node, label, offset, pointer));
    }

    /// Adds the edges. Where several nodes have one label, it stands for the first of them.
    void resolve(GraphBuilder builder, FormErrors errors) {
        if (waiting.isEmpty()) return;
        Map<String, Integer> nodes = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) nodes.putIfAbsent(labels.get(i), labelled.get(i));
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
                "node", Integer.toString(edge.node),
                "name", FormErrors.quoted(edge.label));
    }
}
