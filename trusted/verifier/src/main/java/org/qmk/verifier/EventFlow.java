package org.qmk.verifier;

import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Follows the events of a graph: each is made once, and read only after it is made and only on
/// paths on which it is made, unless it defaults to 0.
///
/// An event made under guard g may be read by a node whose guard implies g. If the reader's guard
/// mentions the event, that same guard must imply g whatever the event's value.
final class EventFlow {

    private final Graph graph;
    private final Limits limits;
    private final Findings findings;
    /// By event: 1 + the node that makes it first, 0 if none was met yet.
    private final int[] makers;
    private final int declared;
    private final Conditions conditions;
    // By guard: whether all its events are declared, made and implied; that stays so.
    private final boolean[] settled;

    EventFlow(Graph graph, Limits limits, Findings findings) {
        this.graph = graph;
        this.limits = limits;
        this.findings = findings;
        this.makers = new int[graph.events().size()];
        this.declared = graph.events().declared();
        this.conditions = new Conditions(graph, limits, makers);
        this.settled = new boolean[graph.guardCount()];
        settled[0] = true;
    }

    Conditions conditions() {
        return conditions;
    }

    /// The node that makes an event, or -1.
    int maker(int event) {
        return event >= 0 && event < makers.length ? makers[event] - 1 : -1;
    }

    /// Checks the events in the guard of a node.
    void readGuard(int node) {
        int guard = graph.guardIndex(node);
        if (settled[guard]) return;
        byte size = conditions.size(guard);
        if (size == Conditions.TOO_MANY_TERMS) tooLarge(node, "guardTerms", limits.guardTerms());
        if (size == Conditions.TOO_DEEP) tooLarge(node, "guardDepth", limits.guardDepth());
        boolean sound = size == Conditions.FITS;
        for (int event : conditions.events(guard)) sound &= read(node, event);
        settled[guard] = sound;
    }

    /// Checks one event that a node reads and returns whether it is right.
    boolean read(int node, int event) {
        if (event < 0 || event >= declared) return undeclared(node, event);
        int maker = makers[event] - 1;
        if (maker < 0) {
            findings.at(Rule.EVENT_BEFORE, node, "name", graph.events().name(event));
            return false;
        }
        int guard = graph.guardIndex(maker);
        if (guard == 0 || graph.defaultsToZero(event)) return true;
        int unmade = conditions.exceeding(graph.guardIndex(node), guard);
        if (unmade == DecisionDiagram.NEVER) return true;
        if (unmade == DecisionDiagram.UNKNOWN) return unknown(node, event);
        findings.at(Rule.EVENT_GUARD, node,
                "name", graph.events().name(event), "made", graph.label(maker));
        return false;
    }

    /// Records that a node makes an event.
    void make(int node, int event) {
        if (event >= declared) undeclared(node, event);
        else if (makers[event] != 0) {
            findings.at(Rule.EVENT_TWICE, node,
                    "name", graph.events().name(event), "made", graph.label(makers[event] - 1));
        }
        if (event < makers.length && makers[event] == 0) makers[event] = node + 1;
    }

    /// Checks the events that the outputs are.
    void finish() {
        for (int place = 0; place < graph.outputs().size(); place++) {
            int event = graph.outputEvent(place);
            int maker = maker(event);
            if (maker < 0) {
                findings.add(Rule.EVENT_NEVER, Violation.NO_NODE,
                        "output", graph.outputs().name(place), "name", name(event));
                continue;
            }
            int guard = graph.guardIndex(maker);
            if (guard == 0 || graph.defaultsToZero(event)) continue;
            int holds = conditions.ofGuard(guard);
            if (holds == DecisionDiagram.UNKNOWN) unknown(maker, event);
            else if (holds != DecisionDiagram.ALWAYS) {
                findings.at(Rule.EVENT_OUTPUT, maker,
                        "output", graph.outputs().name(place),
                        "name", name(event), "made", graph.label(maker));
            }
        }
    }

    private boolean undeclared(int node, int event) {
        findings.at(Rule.NAME_UNDECLARED, node, "kind", "event", "name", name(event));
        return false;
    }

    private String name(int event) {
        boolean named = event >= 0 && event < graph.events().size();
        return named ? graph.events().name(event) : "number " + event;
    }

    /// Reports that the analysis gave up; a guard that is too large was reported already.
    private boolean unknown(int node, int event) {
        if (conditions.diagram().exhausted()) {
            findings.at(Rule.GUARD_ANALYSIS, node, "kind", "event", "name", name(event),
                    "max", Integer.toString(limits.guardAnalysis()));
        }
        return false;
    }

    private void tooLarge(int node, String limit, int max) {
        findings.at(Rule.BOUND, node,
                "where", "the guard of node " + graph.label(node) + " (" + graph.opcode(node) + ")",
                "found", "more than " + max, "limit", limit, "max", Integer.toString(max));
    }
}
