package org.qmk.verifier;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Shape;

/// Holds each node against the row of its operation: how many handles of each kind, in which
/// order, which argument; and the families and capabilities that the graph must name for it.
final class Structure {

    private static final int KIND_SHIFT = 30;

    private final Graph graph;
    private final Limits limits;
    private final Findings findings;
    // By operation: whether the graph lacks its capability, its family.
    private final boolean[] capabilityLacks = new boolean[Opcode.values().length];
    private final boolean[] familyLacks = new boolean[capabilityLacks.length];
    private final boolean[] lacks = new boolean[capabilityLacks.length];

    // By argument: its texts are measured at the first node that carries it.
    private final boolean[] textsChecked;

    Structure(Graph graph, Limits limits, Findings findings) {
        this.graph = graph;
        this.textsChecked = new boolean[graph.argumentCount()];
        this.limits = limits;
        this.findings = findings;
        for (Opcode opcode : Opcode.values()) {
            int row = opcode.ordinal();
            var capability = opcode.capability();
            capabilityLacks[row] =
                    capability.isPresent() && !graph.capabilities().contains(capability.get());
            familyLacks[row] = !graph.families().contains(opcode.family().text());
            lacks[row] = capabilityLacks[row] || familyLacks[row];
        }
    }

    void check(int node, Opcode opcode) {
        Shape shape = opcode.shape();
        int qubits = 0;
        int channels = 0;
        int inputs = 0;
        int outputs = 0;
        int last = 0;
        boolean ordered = true;
        int end = graph.operandEnd(node);
        for (int i = graph.operandStart(node); i < end; i++) {
            int kind = graph.operand(i) >>> KIND_SHIFT;
            ordered &= kind >= last;
            last = kind;
            switch (kind) {
                case 0 -> qubits++;
                case 1 -> channels++;
                case 2 -> inputs++;
                case 3 -> outputs++;
                default -> throw new IllegalStateException("two bits hold the kind of an operand");
            }
        }
        counts(node, Rule.TYPE_QUBITS, qubits, shape.qubitsMin, shape.qubitsMax);
        counts(node, Rule.TYPE_CHANNELS, channels, shape.channels, shape.channels);
        counts(node, Rule.TYPE_INPUTS, inputs, shape.inputsMin, shape.inputsMax);
        counts(node, Rule.TYPE_OUTPUTS, outputs, shape.outputs, shape.outputs);
        if (!ordered) disordered(node);
        int operands = end - graph.operandStart(node);
        if (operands > limits.operands()) bound(node, operands, "operands", limits.operands());
        argument(node, shape, qubits);
        if (shape == Shape.CORRECTION && inputs == 0 && graph.guardIndex(node) == 0) {
            findings.at(Rule.TYPE_CORRECTION, node);
        }
        if (lacks[opcode.ordinal()]) rights(node, opcode);
    }

    private void counts(int node, Rule rule, int found, int min, int max) {
        if (found >= min && found <= max) return;
        String expected = min == max ? "" + min : max == Shape.MANY ? min + " or more" : min + " to " + max;
        findings.at(rule, node, "found", Integer.toString(found), "expected", expected);
    }

    private void disordered(int node) {
        var found = new StringBuilder();
        for (int i = graph.operandStart(node); i < graph.operandEnd(node) && i < graph.operandStart(node) + 8; i++) {
            found.append(found.isEmpty() ? "" : ", ").append(Operand.kind(graph.operand(i)));
        }
        findings.at(Rule.TYPE_ARGUMENT, node,
                "found", "its handles in the order " + found,
                "expected", "qubits, then channels, then inputs, then outputs");
    }

    private void argument(int node, Shape shape, int qubits) {
        Argument argument = graph.argument(node);
        if (argument.kind() != shape.argument) {
            findings.at(Rule.TYPE_ARGUMENT, node,
                    "found", argument.kind().form(), "expected", shape.argument.form());
            return;
        }
        if (argument instanceof Argument.Pauli(var pauli)) pauli(node, pauli, qubits);
        if (argument instanceof Argument.PauliRotation(var pauli, double _, double _)) {
            pauli(node, pauli, qubits);
        }
        int index = graph.argumentIndex(node);
        if (!textsChecked[index]) texts(node, argument);
        textsChecked[index] = true;
    }

    private void texts(int node, Argument argument) {
        switch (argument) {
            case Argument.Nothing() -> {}
            case Argument.Rotation _ -> {}
            case Argument.PauliRotation _ -> {}
            case Argument.Pauli _ -> {}
            case Argument.Bit _ -> {}
            case Argument.Link _ -> {}
            case Argument.Profile(var text) -> text(node, text);
            case Argument.Tag(var text) -> text(node, text);
            case Argument.Channel(double _, var kind) -> text(node, kind);
            case Argument.Policy(var entries) -> {
                for (var entry : entries) {
                    text(node, entry.key());
                    text(node, entry.value());
                }
            }
        }
    }

    private void pauli(int node, PauliString pauli, int qubits) {
        if (pauli.length() > limits.pauliLength()) {
            bound(node, pauli.length(), "pauliLength", limits.pauliLength());
        }
        if (pauli.length() != qubits) {
            findings.at(Rule.TYPE_PAULI_LENGTH, node,
                    "found", Integer.toString(pauli.length()), "expected", Integer.toString(qubits));
        } else if (pauli.isIdentity()) {
            findings.at(Rule.TYPE_PAULI_IDENTITY, node, "found", pauli.toString());
        }
    }

    private void text(int node, String text) {
        int bytes = Declarations.utf8Bytes(text, limits.textBytes());
        if (bytes > limits.textBytes()) bound(node, bytes, "textBytes", limits.textBytes());
    }

    private void bound(int node, int found, String limit, int max) {
        findings.at(Rule.BOUND, node,
                "where", "node " + graph.label(node) + " (" + graph.opcode(node) + ")",
                "found", Integer.toString(found), "limit", limit, "max", Integer.toString(max));
    }

    private void rights(int node, Opcode opcode) {
        if (capabilityLacks[opcode.ordinal()]) {
            findings.at(Rule.CAP_MISSING, node,
                    "capability", opcode.capability().orElseThrow().text());
        }
        if (familyLacks[opcode.ordinal()]) {
            findings.at(Rule.FAMILY_MISSING, node, "family", opcode.family().text());
        }
    }
}
