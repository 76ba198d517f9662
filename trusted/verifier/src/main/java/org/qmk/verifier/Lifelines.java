package org.qmk.verifier;

import static org.qmk.verifier.DecisionDiagram.ALWAYS;
import static org.qmk.verifier.DecisionDiagram.NEVER;
import static org.qmk.verifier.DecisionDiagram.UNKNOWN;

import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.NameTable;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Shape;

/// Follows the linear handles of one kind, qubits or channels, through a graph.
///
/// Each handle is live on some of the paths that a run may take: L, a function of the events. A
/// node that makes the handle under guard g needs "L and g" to be impossible, and L becomes "L or
/// g". A node that uses it needs g to imply L. A node that ends it needs the same, and L becomes
/// "L and not g". At the end, L must be impossible. A name may be made again after it ended.
/// Handles that are not declared are reported where they stand and followed no further.
final class Lifelines {

    /// Which handles are followed, and the rules that are theirs.
    enum Kind {
        QUBIT(Operand.Kind.QUBIT, "qubit", Rule.LINEAR_BEFORE_ALLOC, Rule.LINEAR_AFTER_FREE, Rule.LINEAR_DOUBLE_ALLOC,
                Rule.LINEAR_LEAK),
        CHANNEL(Operand.Kind.CHANNEL, "channel", Rule.CHAN_BEFORE_OPEN, Rule.CHAN_AFTER_CLOSE, Rule.CHAN_DOUBLE_OPEN,
                Rule.CHAN_LEAK);

        private final Operand.Kind operands;
        private final String word;
        private final Rule before;
        private final Rule after;
        private final Rule twice;
        private final Rule leak;

        Kind(Operand.Kind operands, String word, Rule before, Rule after, Rule twice, Rule leak) {
            this.operands = operands;
            this.word = word;
            this.before = before;
            this.after = after;
            this.twice = twice;
            this.leak = leak;
        }
    }

    private final Graph graph;
    private final Limits limits;
    private final Findings findings;
    private final Conditions conditions;
    private final DecisionDiagram diagram;
    private final Kind kind;
    private final NameTable names;
    /// By handle: L.
    private final int[] live;
    // By handle: 1 + the last node that made, ended or named it, 0 if there was none.
    private final int[] made;
    private final int[] ended;
    private final int[] named;
    private int liveCount;
    private int peak;

    Lifelines(Graph graph, Limits limits, Findings findings, Conditions conditions, Kind kind) {
        this.graph = graph;
        this.limits = limits;
        this.findings = findings;
        this.conditions = conditions;
        this.diagram = conditions.diagram();
        this.kind = kind;
        this.names = kind == Kind.QUBIT ? graph.qubits() : graph.channels();
        this.live = new int[names.declared()];
        this.made = new int[live.length];
        this.ended = new int[live.length];
        this.named = new int[live.length];
    }

    /// The number of handles that are live on some path.
    int liveCount() {
        return liveCount;
    }

    /// The largest number of handles that were live on some path at once.
    int peak() {
        return peak;
    }

    /// Follows a handle through a node whose operation makes, uses or ends handles of this kind.
    void pass(int node, int handle, Shape.Life life) {
        if (handle >= live.length) {
            findings.at(Rule.NAME_UNDECLARED, node, "kind", kind.word, "name", name(handle));
            return;
        }
        if (named[handle] == node + 1) {
            if (kind == Kind.QUBIT) {
                findings.at(Rule.LINEAR_TWICE_IN_NODE, node, "name", name(handle));
            }
            return;
        }
        named[handle] = node + 1;
        switch (life) {
            case USES -> {
                if (live[handle] != ALWAYS) use(node, handle);
            }
            case MAKES -> make(node, handle);
            case ENDS -> end(node, handle);
        }
    }

    private void make(int node, int handle) {
        int before = live[handle];
        int guard = conditions.ofGuard(graph.guardIndex(node));
        int both = diagram.and(before, guard);
        int after = diagram.or(before, guard);
        if (both == UNKNOWN || after == UNKNOWN) {
            lose(node, handle);
            return;
        }
        if (both != NEVER && before == ALWAYS) {
            findings.at(kind.twice, node, "kind", kind.word, "name", name(handle),
                    "made", graph.label(made[handle] - 1));
        } else if (both != NEVER) {
            findings.at(Rule.GUARD_MAKE, node, "kind", kind.word, "name", name(handle));
        }
        if (guard != NEVER && before != ALWAYS) made[handle] = node + 1;
        set(handle, after);
    }

    private void use(int node, int handle) {
        int guard = conditions.ofGuard(graph.guardIndex(node));
        int dead = diagram.butNot(guard, live[handle]);
        if (dead == NEVER) return;
        if (dead == UNKNOWN) lose(node, handle);
        else if (live[handle] != NEVER) {
            findings.at(Rule.GUARD_LIVE, node, "kind", kind.word, "name", name(handle));
        } else if (ended[handle] == 0) {
            findings.at(kind.before, node, "name", name(handle));
        } else {
            findings.at(kind.after, node, "name", name(handle),
                    "freed", graph.label(ended[handle] - 1));
        }
    }

    private void end(int node, int handle) {
        use(node, handle);
        int guard = conditions.ofGuard(graph.guardIndex(node));
        int after = diagram.butNot(live[handle], guard);
        if (after == UNKNOWN) lose(node, handle);
        if (live[handle] != NEVER) ended[handle] = node + 1;
        set(handle, after);
    }

    private void set(int handle, int after) {
        if (live[handle] != NEVER) liveCount--;
        if (after != NEVER) liveCount++;
        if (liveCount > peak) peak = liveCount;
        live[handle] = after;
    }

    /// Gives up on a handle; says so unless the cause, a guard that is too large, was reported.
    private void lose(int node, int handle) {
        if (diagram.exhausted() && live[handle] != UNKNOWN) {
            findings.at(Rule.GUARD_ANALYSIS, node, "kind", kind.word, "name", name(handle),
                    "max", Integer.toString(limits.guardAnalysis()));
        }
        set(handle, UNKNOWN);
    }

    /// Reports the handles that are live at the end.
    void finish() {
        boolean conditional = false;
        for (int function : live) conditional |= function > ALWAYS;
        if (conditional) findLeakers();
        for (int handle = 0; handle < live.length; handle++) {
            if (live[handle] == NEVER || live[handle] == UNKNOWN) continue;
            int node = made[handle] - 1;
            findings.add(kind.leak, node, "kind", kind.word, "name", name(handle),
                    "made", graph.label(node));
        }
    }

    /// Of several nodes that make one handle under different guards, finds the last one that makes
    /// it on a path on which it is live at the end.
    private void findLeakers() {
        for (int node = 0; node < graph.size(); node++) {
            Shape shape = graph.opcode(node).shape();
            Shape.Life life = kind == Kind.QUBIT ? shape.qubitLife : shape.channelLife;
            if (life != Shape.Life.MAKES) continue;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int handle = Operand.index(graph.operand(i));
                boolean mine = Operand.kind(graph.operand(i)) == kind.operands;
                if (!mine || handle >= live.length || live[handle] <= ALWAYS) continue;
                int guard = conditions.ofGuard(graph.guardIndex(node));
                if (diagram.and(live[handle], guard) != NEVER) made[handle] = node + 1;
            }
        }
    }

    private String name(int handle) {
        return handle < names.size() ? names.name(handle) : "number " + handle;
    }
}
