package org.qmk.verifier;

import static org.qmk.qvm.Operand.Kind.QUBIT;
import static org.qmk.verifier.DecisionDiagram.*;

import org.qmk.qvm.*;

/// Follows the linear handles of one kind, qubits or channels, through a graph.
///
/// Each handle is live on some of the paths that a run may take: L, a function of the events. A
/// node that makes the handle under guard g needs "L and g" to be impossible, and L becomes "L or
/// g". A node that uses it needs g to imply L. A node that ends it needs the same, and L becomes
/// "L and not g". At the end, L must be impossible. A name may be made again after it ended.
/// Handles that are not declared are reported where they stand and followed no further.
final class Lifelines {
    private final Graph graph;
    private final Findings findings;
    private final Conditions conditions;
    private final Operand.Kind kind;
    private final String word;
    private final NameTable names;

    /// By handle: L.
    private final int[] live;

    // By handle: 1 + the last node that made, ended or named it, 0 if there was none.
    private final int[] made;
    private final int[] ended;
    private final int[] named;

    private int liveCount;
    private int peak;

    /// @param kind QUBIT or CHANNEL
    Lifelines(Graph graph, Findings findings, Conditions conditions, Operand.Kind kind) {
        this.graph = graph;
        this.findings = findings;
        this.conditions = conditions;
        this.kind = kind;
        this.word = kind == QUBIT ? "qubit" : "channel";
        this.names = kind == QUBIT ? graph.qubits() : graph.channels();
        this.live = new int[names.declared()];
        this.made = new int[live.length];
        this.ended = new int[live.length];
        this.named = new int[live.length];
    }

    /// The largest number of handles that were live on some path at once.
    int peak() {
        return peak;
    }

    void pass(int node) {
        Shape shape = graph.opcode(node).shape();
        Shape.Life life = kind == QUBIT ? shape.qubitLife : shape.channelLife;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            if (Operand.kind(graph.operand(i)) != kind) continue;
            int handle = Operand.index(graph.operand(i));
            if (handle >= live.length) {
                findings.undeclared(node, word, names, handle);
                continue;
            }
            boolean again = named[handle] == node + 1;
            named[handle] = node + 1;
            // A second channel in one node is a violation of its shape.
            if (again && kind == QUBIT) report(Rule.LINEAR_TWICE_IN_NODE, node, handle);
            boolean easy = life == Shape.Life.USES && live[handle] == ALWAYS;
            if (!again && !easy) follow(node, handle, life);
        }
    }

    private void follow(int node, int handle, Shape.Life life) {
        int guard = conditions.ofGuard(graph.guardIndex(node));
        switch (life) {
            case USES -> use(node, handle, guard);
            case MAKES -> make(node, handle, guard);
            case ENDS -> end(node, handle, guard);
        }
    }

    private void use(int node, int handle, int guard) {
        int dead = conditions.butNot(guard, live[handle]);
        // A handle that is live on no path may not even be named by a node that never happens.
        if (dead == NEVER && live[handle] != NEVER) return;
        Rule before = rule(Rule.LINEAR_BEFORE_ALLOC, Rule.CHAN_BEFORE_OPEN);
        Rule after = rule(Rule.LINEAR_AFTER_FREE, Rule.CHAN_AFTER_CLOSE);
        if (dead == UNKNOWN) set(node, handle, UNKNOWN);
        else if (live[handle] != NEVER) report(Rule.GUARD_LIVE, node, handle);
        else report(ended[handle] == 0 ? before : after, node, handle);
    }

    private void make(int node, int handle, int guard) {
        int before = live[handle];
        int both = conditions.apply(AND, before, guard);
        if (both != NEVER && both != UNKNOWN) {
            Rule twice = rule(Rule.LINEAR_DOUBLE_ALLOC, Rule.CHAN_DOUBLE_OPEN);
            report(before == ALWAYS ? twice : Rule.GUARD_MAKE, node, handle);
        }
        // A sum may be known from elsewhere where the product is not.
        set(node, handle, both == UNKNOWN ? UNKNOWN : conditions.apply(OR, before, guard));
        if (live[handle] != before) made[handle] = node + 1;
    }

    private void end(int node, int handle, int guard) {
        use(node, handle, guard);
        int before = live[handle];
        set(node, handle, conditions.butNot(before, guard));
        if (live[handle] != before) ended[handle] = node + 1;
    }

    private void set(int node, int handle, int after) {
        if (after == UNKNOWN && live[handle] != UNKNOWN) {
            conditions.reportUnknown(node, word, names.name(handle));
        }
        if (live[handle] != NEVER) liveCount--;
        if (after != NEVER) liveCount++;
        peak = Math.max(peak, liveCount);
        live[handle] = after;
    }

    /// Reports the handles that are live at the end.
    void finish() {
        for (int handle = 0; handle < live.length; handle++) {
            if (live[handle] == NEVER || live[handle] == UNKNOWN) continue;
            report(rule(Rule.LINEAR_LEAK, Rule.CHAN_LEAK), made[handle] - 1, handle);
        }
    }

    private void report(Rule rule, int node, int handle) {
        String name = names.name(handle);
        String maker = made[handle] == 0 ? "none" : graph.label(made[handle] - 1);
        String ender = ended[handle] == 0 ? "none" : graph.label(ended[handle] - 1);
        findings.at(rule, node, "kind", word, "name", name, "made", maker, "freed", ender);
    }

    private Rule rule(Rule ofQubits, Rule ofChannels) {
        return kind == QUBIT ? ofQubits : ofChannels;
    }
}
