package org.qmk.verifier;

import static org.qmk.qvm.Violation.NO_NODE;
import static org.qmk.verifier.DecisionDiagram.*;

import org.qmk.qvm.*;

/// Follows the events of a graph: each is made once, and read only after it is made and only on
/// paths on which it is made, unless it defaults to 0.
///
/// An event made under guard g may be read by a node whose guard implies g. If the reader's guard
/// mentions the event, that same guard must imply g whatever the event's value.
final class EventFlow {
    private final Graph graph;
    private final Findings findings;

    /// By event: 1 + the node that makes it first, 0 if none was met yet.
    private final int[] makers;

    final Conditions conditions;

    // By guard: whether all its events are declared, made and implied; that stays so.
    private final boolean[] settled;

    EventFlow(Graph graph, Limits limits, Findings findings) {
        this.graph = graph;
        this.findings = findings;
        this.makers = new int[graph.events().size()];
        this.conditions = new Conditions(graph, limits, findings, makers);
        this.settled = new boolean[graph.guardCount()];
        settled[0] = true;
    }

    /// The node that makes an event, or -1.
    int maker(int event) {
        return event >= 0 && event < makers.length ? makers[event] - 1 : -1;
    }

    void pass(int node) {
        int guard = graph.guardIndex(node);
        if (!settled[guard]) {
            settled[guard] = conditions.fits(node);
            for (int event : conditions.events(guard)) settled[guard] &= reads(node, event);
        }
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            Operand.Kind kind = Operand.kind(graph.operand(i));
            if (kind == Operand.Kind.INPUT) reads(node, Operand.index(graph.operand(i)));
            if (kind == Operand.Kind.OUTPUT) make(node, Operand.index(graph.operand(i)));
        }
    }

    /// Whether a node may read an event; reports it if not.
    private boolean reads(int node, int event) {
        if (event < 0 || event >= graph.events().declared()) {
            findings.undeclared(node, "event", graph.events(), event);
            return false;
        }
        if (maker(event) >= 0)
            return reads(Rule.EVENT_GUARD, node, graph.guardIndex(node), event, -1);
        findings.at(Rule.EVENT_BEFORE, node, "name", name(event));
        return false;
    }

    /// Whether an event is made wherever a guard holds; reports it if not.
    private boolean reads(Rule rule, int node, int guard, int event, int output) {
        int making = graph.defaultsToZero(event) ? 0 : graph.guardIndex(maker(event));
        int unmade = conditions.excess(guard, making);
        if (unmade == NEVER) return true;
        if (unmade == UNKNOWN) conditions.reportUnknown(node, "event", name(event));
        else report(rule, node, event, output);
        return false;
    }

    private void make(int node, int event) {
        if (event >= graph.events().declared()) {
            findings.undeclared(node, "event", graph.events(), event);
        } else if (makers[event] != 0) {
            report(Rule.EVENT_TWICE, node, event, -1);
        }
        if (maker(event) < 0 && event < makers.length) makers[event] = node + 1;
    }

    /// Checks the events that the outputs are.
    void finish() {
        for (int place = 0; place < graph.outputs().size(); place++) {
            int event = graph.outputEvent(place);
            if (maker(event) >= 0) reads(Rule.EVENT_OUTPUT, maker(event), 0, event, place);
            else {
                String output = graph.outputs().name(place);
                findings.add(Rule.EVENT_NEVER, NO_NODE, "output", output, "name", name(event));
            }
        }
    }

    private void report(Rule rule, int node, int event, int output) {
        String made = graph.label(maker(event));
        String name = Findings.name(graph.outputs(), output);
        findings.at(rule, node, "name", name(event), "made", made, "output", name);
    }

    private String name(int event) {
        return Findings.name(graph.events(), event);
    }
}
