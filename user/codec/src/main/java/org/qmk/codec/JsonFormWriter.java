package org.qmk.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.NameTable;
import org.qmk.qvm.Operand;

/// Writes JSON of version 1.0.
final class JsonFormWriter {

    private final Graph graph;
    private final Utf8Text out = new Utf8Text();
    private final WrittenNames qubits;
    private final WrittenNames channels;
    private final WrittenNames events;

    /// Those written; of equal labels only the first is.
    private final Set<String> labels = new HashSet<>();

    private int afterEdge;

    private JsonFormWriter(Graph graph) {
        this.graph = graph;
        qubits = new WrittenNames(graph.qubits(), JsonFormWriter::name);
        channels = new WrittenNames(graph.channels(), JsonFormWriter::name);
        events = new WrittenNames(graph.events(), JsonFormWriter::name);
    }

    static byte[] write(Graph graph) {
        NamedForms.check(graph);
        var writer = new JsonFormWriter(graph);
        writer.graph();
        return writer.out.bytes();
    }

    private static void name(String name, Utf8Text out) {
        out.quoted(name);
    }

    private void graph() {
        out.text("{\"version\":\"1.0\",\n\"requires\":");
        texts(graph.families());
        out.text(",\n\"caps\":");
        texts(graph.capabilities().stream().map(Capability::text).toList());
        out.text(",\n\"resources\":{\"vqs\":");
        declared(graph.qubits(), qubits);
        out.text(",\n\"chs\":");
        declared(graph.channels(), channels);
        out.text(",\n\"events\":");
        declaredEvents();
        out.text("},\n");
        if (!NamedForms.outputsAreEvents(graph)) outputs();
        out.text("\"program\":{\"nodes\":[");
        for (int node = 0; node < graph.size(); node++) {
            out.text(node == 0 ? "\n" : ",\n");
            node(node);
        }
        out.text("]}}\n");
    }

    private void texts(List<String> texts) {
        out.letter('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) out.letter(',');
            out.quoted(texts.get(i));
        }
        out.letter(']');
    }

    private void declared(NameTable table, WrittenNames names) {
        out.letter('[');
        for (int i = 0; i < table.declared(); i++) {
            if (i > 0) out.letter(',');
            names.write(i, out);
        }
        out.letter(']');
    }

    private void declaredEvents() {
        out.letter('[');
        for (int i = 0; i < graph.events().declared(); i++) {
            if (i > 0) out.letter(',');
            boolean defaults = graph.defaultsToZero(i);
            if (defaults) out.text("{\"name\":");
            events.write(i, out);
            if (defaults) out.text(",\"default\":0}");
        }
        out.letter(']');
    }

    private void outputs() {
        out.text("\"outputs\":[");
        for (int i = 0; i < graph.outputs().size(); i++) {
            out.text(i == 0 ? "{\"bit\":" : ",{\"bit\":").quoted(graph.outputs().name(i));
            events.write(graph.outputEvent(i), out.text(",\"event\":"));
            out.letter('}');
        }
        out.text("],\n");
    }

    private void node(int node) {
        out.letter('{');
        if (graph.hasLabel(node) && labels.add(graph.label(node))) {
            out.text("\"id\":").quoted(graph.label(node)).letter(',');
        }
        out.text("\"op\":\"").text(graph.opcode(node).mnemonic()).letter('"');
        int at = graph.operandStart(node);
        at = handles(node, at, Operand.Kind.QUBIT, ",\"vqs\":[", qubits);
        at = handles(node, at, Operand.Kind.CHANNEL, ",\"chs\":[", channels);
        at = handles(node, at, Operand.Kind.INPUT, ",\"inputs\":[", events);
        handles(node, at, Operand.Kind.OUTPUT, ",\"produces\":[", events);
        Argument argument = graph.argument(node);
        if (!argument.equals(NamedForms.absent(graph.opcode(node)))) argument(argument);
        if (graph.guardIndex(node) != 0) {
            out.text(",\"guard\":");
            guard(graph.guard(node));
        }
        after(node);
        out.letter('}');
    }

    private int handles(int node, int from, Operand.Kind kind, String opening, WrittenNames names) {
        int at = from;
        int end = graph.operandEnd(node);
        for (; at < end && Operand.kind(graph.operand(at)) == kind; at++) {
            if (at == from) out.text(opening);
            else out.letter(',');
            names.write(Operand.index(graph.operand(at)), out);
        }
        if (at > from) out.letter(']');
        return at;
    }

    private void argument(Argument argument) {
        out.text(",\"args\":{");
        switch (argument) {
            case Argument.Nothing() -> {}
            case Argument.Profile(var text) -> out.text("\"profile\":").quoted(text);
            case Argument.Tag(var text) -> out.text("\"tag\":").quoted(text);
            case Argument.Pauli(var pauli) -> out.text("\"pauli\":").quoted(pauli.toString());
            case Argument.Rotation(double angle, double precision) -> rotation(angle, precision);
            case Argument.PauliRotation(var pauli, double angle, double precision) -> {
                out.text("\"pauli\":").quoted(pauli.toString()).letter(',');
                rotation(angle, precision);
            }
            case Argument.Bit(boolean value) -> out.text(value ? "\"value\":1" : "\"value\":0");
            case Argument.Channel(double fidelity, var kind) ->
                    out.text("\"fidelity\":")
                            .text(Double.toString(fidelity))
                            .text(",\"kind\":")
                            .quoted(kind);
            case Argument.Link(var gate) -> out.text("\"gate\":").quoted(gate.text());
            case Argument.Policy(var entries) -> policy(entries);
        }
        out.letter('}');
    }

    private void rotation(double angle, double precision) {
        out.text("\"angle\":").text(Double.toString(angle));
        if (precision != Argument.PRECISION_DEFAULT) {
            out.text(",\"precision\":").text(Double.toString(precision));
        }
    }

    private void policy(List<Argument.Policy.Entry> entries) {
        out.text("\"policy\":[");
        for (int i = 0; i < entries.size(); i++) {
            out.text(i == 0 ? "{\"key\":" : ",{\"key\":").quoted(entries.get(i).key());
            out.text(",\"value\":").quoted(entries.get(i).value()).letter('}');
        }
        out.letter(']');
    }

    private void guard(Guard guard) {
        switch (guard) {
            case Guard.Always() -> out.text("{}");
            case Guard.Is(int event, boolean value) -> {
                events.write(event, out.text("{\"event\":"));
                out.text(value ? ",\"equals\":1}" : ",\"equals\":0}");
            }
            case Guard.All(var parts) -> parts("{\"all\":[", parts);
            case Guard.Any(var parts) -> parts("{\"any\":[", parts);
        }
    }

    private void parts(String opening, List<Guard> parts) {
        out.text(opening);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) out.letter(',');
            guard(parts.get(i));
        }
        out.text("]}");
    }

    private void after(int node) {
        boolean first = true;
        for (; afterEdge < graph.afterCount() && graph.afterNode(afterEdge) == node; afterEdge++) {
            out.text(first ? ",\"after\":[" : ",").number(graph.afterTarget(afterEdge));
            first = false;
        }
        if (!first) out.letter(']');
    }
}
