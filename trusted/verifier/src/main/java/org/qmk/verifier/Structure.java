package org.qmk.verifier;

import static java.util.stream.Collectors.joining;
import static org.qmk.qvm.Operand.Kind.*;
import static org.qmk.qvm.Violation.NO_NODE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeSet;
import org.qmk.qvm.*;

/// Checks what can be seen without following a path: the sizes, families and names of the graph;
/// and of each node, held against the row of its operation, how many handles it has of each kind
/// and in which order, its argument, and whether the graph names the family and the capability.
final class Structure {
    private final Graph graph;
    private final Limits limits;
    private final Findings findings;
    private final EnumSet<Family> families = EnumSet.noneOf(Family.class);
    private final EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);

    // By argument: its text is measured at the first node that carries it.
    private final boolean[] measured;

    Structure(Graph graph, Limits limits, Findings findings) {
        this.graph = graph;
        this.limits = limits;
        this.findings = findings;
        this.measured = new boolean[graph.argumentCount()];
        for (String family : graph.families()) Family.of(family).ifPresent(families::add);
        capabilities.addAll(graph.capabilities());
    }

    /// Whether the graph has no more nodes, handles and edges than allowed.
    boolean sizesFit() {
        findings.bound(NO_NODE, graph.size(), "nodes", limits.nodes());
        findings.bound(NO_NODE, graph.qubits().size(), "qubits", limits.qubits());
        findings.bound(NO_NODE, graph.channels().size(), "channels", limits.channels());
        findings.bound(NO_NODE, graph.events().size(), "events", limits.events());
        findings.bound(NO_NODE, graph.afterCount(), "afterEdges", limits.afterEdges());
        return findings.none();
    }

    /// Checks families, names and labels.
    void begin() {
        for (String family : graph.families()) {
            if (Family.of(family).isPresent()) continue;
            String known = Arrays.stream(Family.values()).map(Family::text).collect(joining(", "));
            findings.add(Rule.FAMILY_UNKNOWN, NO_NODE, "found", family, "expected", known);
        }
        names("qubit", graph.qubits(), Rule.NAME_TWICE);
        names("channel", graph.channels(), Rule.NAME_TWICE);
        names("event", graph.events(), Rule.NAME_TWICE);
        names("output", graph.outputs(), Rule.NAME_OUTPUT_TWICE);
        for (int i = 0; i < graph.labelCount(); i++) {
            int bytes = graph.labelBytes(i);
            findings.bound(graph.labelledNode(i), bytes, "textBytes", limits.textBytes());
        }
    }

    private void names(String kind, NameTable names, Rule twice) {
        int[] hashes = new int[names.declared()];
        for (int i = 0; i < hashes.length; i++) {
            int bytes = names.bytes(i);
            boolean formed = bytes > 0;
            for (int position = 0; position < bytes; position++) {
                byte letter = names.letter(i, position);
                hashes[i] = 31 * hashes[i] + letter;
                formed &= isAllowed(letter, position);
            }
            if (!formed) findings.add(Rule.NAME_FORM, NO_NODE, "kind", kind, "name", names.name(i));
            if (bytes <= limits.nameBytes()) continue;
            String where = kind + " " + names.name(i);
            findings.bound(NO_NODE, where, "" + bytes, "nameBytes", limits.nameBytes());
        }
        int[] repeated = repeated(hashes);
        var seen = new TreeSet<String>();
        for (int i = 0; repeated.length > 0 && i < hashes.length; i++) {
            boolean suspect = Arrays.binarySearch(repeated, hashes[i]) >= 0;
            if (suspect && !seen.add(names.name(i)))
                findings.add(twice, NO_NODE, "kind", kind, "name", names.name(i));
        }
    }

    private static boolean isAllowed(byte letter, int position) {
        int lower = letter | 0x20;
        boolean word = lower >= 'a' && lower <= 'z' || letter == '_';
        boolean digit = letter >= '0' && letter <= '9';
        return word || position > 0 && (digit || ".-$[]".indexOf(letter) >= 0);
    }

    /// The values that are there more than once, ascending. Few names share a hash, unless they are
    /// equal or made to collide.
    private static int[] repeated(int[] hashes) {
        int[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) sorted[count++] = sorted[i];
        }
        return Arrays.copyOf(sorted, count);
    }

    void pass(int node) {
        Opcode opcode = graph.opcode(node);
        Shape shape = opcode.shape();
        int qubits = count(Rule.TYPE_QUBITS, node, QUBIT, shape.qubitsMin, shape.qubitsMax);
        count(Rule.TYPE_CHANNELS, node, CHANNEL, shape.channels, shape.channels);
        int inputs = count(Rule.TYPE_INPUTS, node, INPUT, shape.inputsMin, shape.inputsMax);
        count(Rule.TYPE_OUTPUTS, node, OUTPUT, shape.outputs, shape.outputs);
        int operands = graph.operandEnd(node) - graph.operandStart(node);
        findings.bound(node, operands, "operands", limits.operands());
        if (!isOrdered(node)) mismatch(node, "mixed handles", "qubits, channels, inputs, outputs");
        if (shape == Shape.CORRECTION && inputs == 0 && graph.guardIndex(node) == 0) {
            findings.at(Rule.TYPE_CORRECTION, node);
        }
        argument(node, shape.argument, qubits);
        Family family = opcode.family();
        if (!families.contains(family)) {
            findings.at(Rule.FAMILY_MISSING, node, "family", family.text());
        }
        Optional<Capability> needed = opcode.capability();
        if (needed.isPresent() && !capabilities.contains(needed.get())) {
            findings.at(Rule.CAP_MISSING, node, "capability", needed.get().text());
        }
    }

    /// Whether qubits come first, then channels, inputs, outputs.
    private boolean isOrdered(int node) {
        for (int i = graph.operandStart(node) + 1; i < graph.operandEnd(node); i++) {
            Operand.Kind before = Operand.kind(graph.operand(i - 1));
            if (before.compareTo(Operand.kind(graph.operand(i))) > 0) return false;
        }
        return true;
    }

    private int count(Rule rule, int node, Operand.Kind kind, int min, int max) {
        int count = graph.count(node, kind);
        if (count < min || count > max) {
            // A row that takes more than the fewest takes as many as one likes.
            String expected = min + (min == max ? "" : " or more");
            findings.at(rule, node, "found", "" + count, "expected", expected);
        }
        return count;
    }

    private void mismatch(int node, String found, String expected) {
        findings.at(Rule.TYPE_ARGUMENT, node, "found", found, "expected", expected);
    }

    private void argument(int node, Argument.Kind kind, int qubits) {
        Argument argument = graph.argument(node);
        if (argument.kind() != kind) {
            mismatch(node, argument.kind().form(), kind.form());
            return;
        }
        if (argument instanceof Argument.Pauli(var pauli)) pauli(node, pauli, qubits);
        if (argument instanceof Argument.PauliRotation(var pauli, double _, double _)) {
            pauli(node, pauli, qubits);
        }
        if (measured[graph.argumentIndex(node)]) return;
        measured[graph.argumentIndex(node)] = true;
        int bytes = text(argument).getBytes(StandardCharsets.UTF_8).length;
        findings.bound(node, bytes, "textBytes", limits.textBytes());
    }

    /// The text in an argument; of a policy, all its entries as `key=value,key=value`.
    private static String text(Argument argument) {
        return switch (argument) {
            case Argument.Nothing _, Argument.Rotation _, Argument.PauliRotation _ -> "";
            case Argument.Pauli _, Argument.Bit _, Argument.Link _ -> "";
            case Argument.Profile(var text) -> text;
            case Argument.Tag(var text) -> text;
            case Argument.Channel(double _, var text) -> text;
            case Argument.Policy(var entries) ->
                    entries.stream().map(e -> e.key() + "=" + e.value()).collect(joining(","));
        };
    }

    private void pauli(int node, PauliString pauli, int qubits) {
        findings.bound(node, pauli.length(), "pauliLength", limits.pauliLength());
        if (pauli.length() != qubits) {
            String found = "" + pauli.length();
            findings.at(Rule.TYPE_PAULI_LENGTH, node, "found", found, "expected", "" + qubits);
        } else if (pauli.isIdentity()) {
            findings.at(Rule.TYPE_PAULI_IDENTITY, node, "found", pauli.toString());
        }
    }
}
