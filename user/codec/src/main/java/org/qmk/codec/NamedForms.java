package org.qmk.codec;

import java.util.List;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;

/// What the text and JSON forms share: they name handles, and spell arguments by operation.
final class NamedForms {

    static final Argument NO_PROFILE = new Argument.Profile("");
    static final Argument NO_POLICY = new Argument.Policy(List.of());

    private NamedForms() {}

    /// @throws IllegalArgumentException if a node carries an argument its operation does not take
    ///     or names its handles out of order, or an edge belongs to no node: no reader makes such
    ///     a graph, and no form can write it
    static void check(Graph graph) {
        for (int node = 0; node < graph.size(); node++) {
            Argument.Kind kind = graph.argument(node).kind();
            if (!fits(kind, graph.opcode(node))) {
                throw new IllegalArgumentException(
                        ArgumentFields.where(graph.opcode(node), node) + " carries " + kind.form());
            }
            checkOrder(graph, node);
        }
        int last = graph.afterCount() - 1;
        if (last < 0) return;
        if (graph.afterNode(0) < 0 || graph.afterNode(last) >= graph.size()) {
            throw new IllegalArgumentException("an after edge belongs to no node");
        }
    }

    private static void checkOrder(Graph graph, int node) {
        for (int i = graph.operandStart(node) + 1; i < graph.operandEnd(node); i++) {
            if (graph.operand(i - 1) >>> 30 > graph.operand(i) >>> 30) {
                throw new IllegalArgumentException(
                        ArgumentFields.where(graph.opcode(node), node)
                                + " does not name qubits, channels, inputs, outputs in this order");
            }
        }
    }

    /// Whether a node of the operation may carry an argument of the kind: its own, or nothing
    /// where nothing is not read as something.
    static boolean fits(Argument.Kind kind, Opcode opcode) {
        return kind == opcode.shape().argument || kind == absent(opcode).kind();
    }

    /// What a node carries that gives no argument: a profile without wishes, a policy without
    /// entries, else nothing, which the verifier refuses where an argument is needed.
    static Argument absent(Opcode opcode) {
        return switch (opcode.shape().argument) {
            case PROFILE -> NO_PROFILE;
            case POLICY -> NO_POLICY;
            case NONE, TAG, PAULI, ROTATION, PAULI_ROTATION, BIT, CHANNEL, LINK_GATE ->
                    Argument.NOTHING;
        };
    }

    /// Whether the bits of the result are the declared events, which need not be said.
    static boolean outputsAreEvents(Graph graph) {
        if (graph.outputs().size() != graph.events().declared()) return false;
        for (int i = 0; i < graph.outputs().size(); i++) {
            if (graph.outputEvent(i) != i) return false;
            if (!graph.outputs().name(i).equals(graph.events().name(i))) return false;
        }
        return true;
    }
}
