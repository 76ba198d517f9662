package org.qmk.verifier;

import org.qmk.qvm.*;

/// Decides whether a graph may run.
///
/// In this order: sizes (a graph that is too large is looked at no further), families and names,
/// then each node in program order against its row, its guard, its handles and its events, then
/// what is live at the end, the outputs, and the order of nodes. A graph without a violation is
/// `Verified`. Rules are decided on all paths, a path being one choice of the measured bits.
public final class Verifier {
    private Verifier() {}

    public static Verdict verify(Graph graph) {
        return verify(graph, Limits.DEFAULT);
    }

    /// Never throws, whatever the graph.
    public static Verdict verify(Graph graph, Limits limits) {
        var findings = new Findings(graph);
        var structure = new Structure(graph, limits, findings);
        if (!structure.sizesFit()) return findings.rejected();
        structure.begin();
        var events = new EventFlow(graph, limits, findings);
        var qubits = new Lifelines(graph, findings, events.conditions, Operand.Kind.QUBIT);
        var channels = new Lifelines(graph, findings, events.conditions, Operand.Kind.CHANNEL);
        var regions = new ReversibleRegions(graph, findings);
        for (int node = 0; node < graph.size(); node++) {
            structure.pass(node);
            events.pass(node);
            qubits.pass(node);
            channels.pass(node);
            regions.pass(node);
        }
        events.finish();
        qubits.finish();
        channels.finish();
        regions.finish();
        int[] order = NodeOrder.of(graph, findings, events);
        if (!findings.none()) return findings.rejected();
        // Another order has another peak. The nodes of one handle keep theirs: nothing new is
        // found.
        var again = new Lifelines(graph, findings, events.conditions, Operand.Kind.QUBIT);
        for (int node : order) again.pass(node);
        return new Verified(graph, order.length == 0 ? qubits.peak() : again.peak(), order);
    }
}
