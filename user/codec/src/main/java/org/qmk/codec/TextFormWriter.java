package org.qmk.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.NameTable;
import org.qmk.qvm.Operand;

/// Writes the text form.
final class TextFormWriter {

    private static final int NAMES_PER_LINE = 16;

    private final Graph graph;
    private final Utf8Text out = new Utf8Text();
    private final WrittenNames qubits;
    private final WrittenNames channels;
    private final WrittenNames events;
    private final Map<String, Integer> labels = new HashMap<>();
    private int afterEdge;

    private TextFormWriter(Graph graph) {
        this.graph = graph;
        qubits = new WrittenNames(graph.qubits(), TextFormWriter::name);
        channels = new WrittenNames(graph.channels(), TextFormWriter::name);
        events = new WrittenNames(graph.events(), TextFormWriter::name);
    }

    static byte[] write(Graph graph) {
        NamedForms.check(graph);
        var writer = new TextFormWriter(graph);
        writer.graph();
        return writer.out.bytes();
    }

    private static void name(String name, Utf8Text out) {
        if (TextScanner.isPlain(name)) out.text(name);
        else out.quoted(name);
    }

    private static void value(String value, Utf8Text out) {
        if (TextScanner.isPlainValue(value)) out.text(value);
        else out.quoted(value);
    }

    private void graph() {
        out.text("qvm 1.0\n");
        words("requires", graph.families());
        words("caps", graph.capabilities().stream().map(Capability::text).toList());
        declarations("qubits", graph.qubits(), qubits);
        declarations("channels", graph.channels(), channels);
        declareEvents();
        if (!NamedForms.outputsAreEvents(graph)) outputs();
        for (int i = 0; i < graph.labelCount(); i++) {
            labels.putIfAbsent(graph.label(graph.labelledNode(i)), graph.labelledNode(i));
        }
        for (int node = 0; node < graph.size(); node++) node(node);
    }

    private void words(String keyword, List<String> words) {
        if (words.isEmpty()) return;
        out.text(keyword);
        for (String word : words) value(word, out.letter(' '));
        out.letter('\n');
    }

    private void declarations(String keyword, NameTable table, WrittenNames names) {
        for (int i = 0; i < table.declared(); i++) {
            startLine(keyword, i);
            names.write(i, out.letter(' '));
        }
        if (table.declared() > 0) out.letter('\n');
    }

    private void startLine(String keyword, int item) {
        if (item % NAMES_PER_LINE != 0) return;
        if (item > 0) out.letter('\n');
        out.text(keyword);
    }

    private void declareEvents() {
        for (int i = 0; i < graph.events().declared(); i++) {
            startLine("events", i);
            events.write(i, out.letter(' '));
            if (graph.defaultsToZero(i)) out.text("=0");
        }
        if (graph.events().declared() > 0) out.letter('\n');
    }

    private void outputs() {
        if (graph.outputs().size() == 0) out.text("outputs");
        for (int i = 0; i < graph.outputs().size(); i++) {
            startLine("outputs", i);
            String bit = graph.outputs().name(i);
            name(bit, out.letter(' '));
            int event = graph.outputEvent(i);
            if (!bit.equals(graph.events().name(event))) events.write(event, out.letter('='));
        }
        out.letter('\n');
    }

    /// Whether the node has a label of its own; of equal labels only the first is written.
    private boolean isLabelled(int node) {
        return graph.hasLabel(node) && labels.get(graph.label(node)) == node;
    }

    private void node(int node) {
        if (isLabelled(node)) {
            name(graph.label(node), out);
            out.text(": ");
        }
        out.text(graph.opcode(node).mnemonic());
        int end = graph.operandEnd(node);
        Operand.Kind last = Operand.Kind.QUBIT;
        for (int i = graph.operandStart(node); i < end; i++) {
            Operand.Kind kind = Operand.kind(graph.operand(i));
            if (kind != last) clause(kind);
            last = kind;
            names(kind).write(Operand.index(graph.operand(i)), out.letter(' '));
        }
        if (graph.argumentIndex(node) != 0) argument(graph.argument(node));
        if (graph.guardIndex(node) != 0) {
            out.text(" if ");
            guard(graph.guard(node));
        }
        after(node);
        out.letter('\n');
    }

    private void clause(Operand.Kind kind) {
        switch (kind) {
            case QUBIT -> {}
            case CHANNEL -> out.text(" via");
            case INPUT -> out.text(" <-");
            case OUTPUT -> out.text(" ->");
        }
    }

    private WrittenNames names(Operand.Kind kind) {
        return switch (kind) {
            case QUBIT -> qubits;
            case CHANNEL -> channels;
            case INPUT, OUTPUT -> events;
        };
    }

    private void argument(Argument argument) {
        switch (argument) {
            case Argument.Nothing() -> {}
            case Argument.Profile(var text) -> {
                if (!text.isEmpty()) pair("profile", text);
            }
            case Argument.Tag(var text) -> pair("tag", text);
            case Argument.Pauli(var pauli) -> pair("pauli", pauli.toString());
            case Argument.Rotation(double angle, double precision) -> rotation(angle, precision);
            case Argument.PauliRotation(var pauli, double angle, double precision) -> {
                pair("pauli", pauli.toString());
                rotation(angle, precision);
            }
            case Argument.Bit(boolean value) -> pair("value", value ? "1" : "0");
            case Argument.Channel(double fidelity, var kind) -> {
                pair("fidelity", Double.toString(fidelity));
                pair("kind", kind);
            }
            case Argument.Link(var gate) -> pair("gate", gate.text());
            case Argument.Policy(var entries) -> {
                for (var entry : entries) pair(entry.key(), entry.value());
            }
        }
    }

    private void rotation(double angle, double precision) {
        pair("angle", Double.toString(angle));
        if (precision != Argument.PRECISION_DEFAULT) {
            pair("precision", Double.toString(precision));
        }
    }

    private void pair(String key, String value) {
        name(key, out.letter(' '));
        value(value, out.letter('='));
    }

    private void guard(Guard guard) {
        switch (guard) {
            case Guard.Always() -> out.text("always");
            case Guard.Is(int event, boolean value) -> {
                events.write(event, out);
                out.text(value ? " == 1" : " == 0");
            }
            case Guard.All(var parts) -> parts("all", " and ", parts);
            case Guard.Any(var parts) -> parts("any", " or ", parts);
        }
    }

    private void parts(String keyword, String joining, List<Guard> parts) {
        if (parts.size() < 2) {
            out.text(keyword).letter('(');
            for (Guard part : parts) guard(part);
            out.letter(')');
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) out.text(joining);
            Guard part = parts.get(i);
            boolean joined =
                    switch (part) {
                        case Guard.Always() -> false;
                        case Guard.Is _ -> false;
                        case Guard.All(var inner) -> inner.size() > 1;
                        case Guard.Any(var inner) -> inner.size() > 1;
                    };
            if (joined) out.letter('(');
            guard(part);
            if (joined) out.letter(')');
        }
    }

    private void after(int node) {
        boolean first = true;
        for (; afterEdge < graph.afterCount() && graph.afterNode(afterEdge) == node; afterEdge++) {
            out.text(first ? " after " : ", ");
            first = false;
            int target = graph.afterTarget(afterEdge);
            if (target < graph.size() && isLabelled(target)) {
                name(graph.label(target), out);
            } else {
                out.letter('#').number(target);
            }
        }
    }
}
