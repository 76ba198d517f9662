package org.qmk.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Undo;

/// Checks the claims `rev+NAME` ... `rev-NAME` of BAR_REGION nodes: whatever acts on a qubit or a
/// channel between the two can be undone. Regions of different names may overlap.
final class ReversibleRegions {

    private static final String BEGIN = "rev+";
    private static final String END = "rev-";

    private final Graph graph;
    private final Findings findings;
    // Looked up, never iterated: the node that began each open region.
    private final Map<String, Integer> openNodes = new HashMap<>();
    // In the order of their beginnings; ended ones stay until they are last.
    private final List<Begun> begun = new ArrayList<>();

    private record Begun(String name, int node) {}

    ReversibleRegions(Graph graph, Findings findings) {
        this.graph = graph;
        this.findings = findings;
    }

    void pass(int node, Opcode opcode) {
        if (opcode == Opcode.BAR_REGION) mark(node);
        else if (!begun.isEmpty() && opcode.undo() instanceof Undo.Never(var because)) {
            findings.at(Rule.REV_IRREVERSIBLE, node,
                    "because", because, "name", begun.getLast().name());
        }
    }

    void finish() {
        for (Begun region : begun) {
            if (isOpen(region)) unbalanced(region.node(), BEGIN, region.name(), "a later " + END);
        }
    }

    private void mark(int node) {
        if (!(graph.argument(node) instanceof Argument.Tag(var tag))) return;
        if (tag.startsWith(BEGIN)) begin(node, tag.substring(BEGIN.length()));
        else if (tag.startsWith(END)) end(node, tag.substring(END.length()));
    }

    private void begin(int node, String name) {
        if (openNodes.putIfAbsent(name, node) == null) begun.add(new Begun(name, node));
        else unbalanced(node, BEGIN, name, "first " + END);
    }

    private void end(int node, String name) {
        if (openNodes.remove(name) == null) unbalanced(node, END, name, "an earlier " + BEGIN);
        while (!begun.isEmpty() && !isOpen(begun.getLast())) begun.removeLast();
    }

    private boolean isOpen(Begun region) {
        Integer node = openNodes.get(region.name());
        return node != null && node == region.node();
    }

    private void unbalanced(int node, String mark, String name, String expected) {
        findings.at(Rule.REV_UNBALANCED, node, "found", mark + name, "expected", expected + name);
    }
}
