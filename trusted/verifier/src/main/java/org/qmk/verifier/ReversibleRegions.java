package org.qmk.verifier;

import java.util.LinkedHashMap;
import org.qmk.qvm.*;

/// Checks the claims `rev+NAME` ... `rev-NAME` of BAR_REGION nodes: whatever acts on a qubit or a
/// channel between the two can be undone. Regions of different names may overlap.
final class ReversibleRegions {
    private final Graph graph;
    private final Findings findings;

    /// The nodes that began the open regions, by name, in the order of their beginnings.
    private final LinkedHashMap<String, Integer> open = new LinkedHashMap<>();

    ReversibleRegions(Graph graph, Findings findings) {
        this.graph = graph;
        this.findings = findings;
    }

    void pass(int node) {
        if (graph.argument(node) instanceof Argument.Tag(var tag)) {
            String name = tag.substring(Math.min(4, tag.length()));
            if (tag.startsWith("rev+") && open.putIfAbsent(name, node) != null) {
                unbalanced(node, tag, "first rev-" + name);
            }
            if (tag.startsWith("rev-") && open.remove(name) == null) {
                unbalanced(node, tag, "an earlier rev+" + name);
            }
        } else if (!open.isEmpty()
                && graph.opcode(node).undo() instanceof Undo.Never(var because)) {
            String name = open.lastEntry().getKey();
            findings.at(Rule.REV_IRREVERSIBLE, node, "because", because, "name", name);
        }
    }

    void finish() {
        open.forEach((name, node) -> unbalanced(node, "rev+" + name, "a later rev-" + name));
    }

    private void unbalanced(int node, String found, String expected) {
        findings.at(Rule.REV_UNBALANCED, node, "found", found, "expected", expected);
    }
}
