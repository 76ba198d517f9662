package org.qmk.verifier;

import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Shape;

/// Decides whether a graph may run.
///
/// In this order: sizes (a graph that is too large is looked at no further), families and names,
/// then each node in program order against its row, its guard, its handles and its events, then
/// what is live at the end, the outputs, and the order of nodes. A graph without a violation is
/// `Verified`. Rules are decided on all paths, a path being one choice of the measured bits.
public final class Verifier {

    private final Graph graph;
    private final Limits limits;
    private final Findings findings;
    private final Structure structure;
    private final EventFlow events;
    private final Lifelines qubits;
    private final Lifelines channels;
    private final ReversibleRegions regions;

    private Verifier(Graph graph, Limits limits, Findings findings) {
        this.graph = graph;
        this.limits = limits;
        this.findings = findings;
        structure = new Structure(graph, limits, findings);
        events = new EventFlow(graph, limits, findings);
        Conditions conditions = events.conditions();
        qubits = new Lifelines(graph, limits, findings, conditions, Lifelines.Kind.QUBIT);
        channels = new Lifelines(graph, limits, findings, conditions, Lifelines.Kind.CHANNEL);
        regions = new ReversibleRegions(graph, findings);
    }

    public static Verdict verify(Graph graph) {
        return verify(graph, Limits.DEFAULT);
    }

    /// Never throws, whatever the graph.
    public static Verdict verify(Graph graph, Limits limits) {
        Findings findings = new Findings(graph);
        var declarations = new Declarations(graph, limits, findings);
        if (!declarations.sizesFit()) return findings.rejected();
        declarations.check();
        return new Verifier(graph, limits, findings).decide();
    }

    private Verdict decide() {
        for (int node = 0; node < graph.size(); node++) pass(node);
        qubits.finish();
        channels.finish();
        events.finish();
        regions.finish();
        int[] order = NodeOrder.of(graph, findings, events);
        if (!findings.none()) return findings.rejected();
        int peak = order.length == 0 ? qubits.peak() : peak(order);
        return new Verified(graph, peak, order);
    }

    private void pass(int node) {
        Opcode opcode = graph.opcode(node);
        Shape shape = opcode.shape();
        structure.check(node, opcode);
        events.readGuard(node);
        int end = graph.operandEnd(node);
        for (int i = graph.operandStart(node); i < end; i++) {
            int operand = graph.operand(i);
            int handle = Operand.index(operand);
            switch (Operand.kind(operand)) {
                case QUBIT -> qubits.pass(node, handle, shape.qubitLife);
                case CHANNEL -> channels.pass(node, handle, shape.channelLife);
                case INPUT -> events.read(node, handle);
                case OUTPUT -> events.make(node, handle);
            }
        }
        regions.pass(node, opcode);
    }

    /// The peak when nodes happen in an order other than the program's. The nodes of one handle keep
    /// their order, so that nothing new can be found.
    private int peak(int[] order) {
        var again =
                new Lifelines(graph, limits, findings, events.conditions(), Lifelines.Kind.QUBIT);
        for (int node : order) {
            Shape.Life life = graph.opcode(node).shape().qubitLife;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int operand = graph.operand(i);
                if (Operand.kind(operand) == Operand.Kind.QUBIT) {
                    again.pass(node, Operand.index(operand), life);
                }
            }
        }
        return again.peak();
    }
}
