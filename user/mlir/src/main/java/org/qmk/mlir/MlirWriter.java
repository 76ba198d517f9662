package org.qmk.mlir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.NameTable;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Shape;

/// Writes a graph that verifies as a function of the qvm dialect, in MLIR's generic form.
public final class MlirWriter {

    private static final String INDENT = "    ";

    private final Graph graph;
    private final StringBuilder text = new StringBuilder();
    // The number of the value that stands for a handle now; 0 for none.
    private final int[] qubitValues;
    private final int[] channelValues;
    private final int[] eventValues;
    private final HandleOrder qubitOrder = new HandleOrder();
    private final HandleOrder channelOrder = new HandleOrder();
    private final HandleOrder eventOrder = new HandleOrder();
    private int qubits;
    private int channels;
    private int events;

    /// The first explicit edge that is not yet written.
    private int edge;

    // The node at hand.
    private final List<String> operands = new ArrayList<>();
    private final List<String> operandTypes = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final List<String> resultTypes = new ArrayList<>();
    private final List<String> attributes = new ArrayList<>();
    private final int[] counts = new int[MlirSlot.Kind.values().length];

    private MlirWriter(Graph graph) {
        this.graph = graph;
        qubitValues = new int[graph.qubits().size()];
        channelValues = new int[graph.channels().size()];
        eventValues = new int[graph.events().size()];
    }

    /// The text of the module.
    ///
    /// @throws IllegalArgumentException if the graph is not one that verifies
    public static String write(Graph graph) {
        return new MlirWriter(graph).module();
    }

    private String module() {
        List<String> rights = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (Capability capability : graph.capabilities()) {
            rights.add(type(capability));
            arguments.add(value(capability) + ": " + type(capability));
        }
        text.append("\"builtin.module\"() ({\n");
        text.append("  \"func.func\"() <{function_type = (").append(String.join(", ", rights));
        String outputs =
                String.join(
                        ", ",
                        Collections.nCopies(graph.outputs().size(), type(MlirSlot.Kind.EVENT)));
        text.append(") -> (").append(outputs).append("), sym_name = \"main\"}> ({\n");
        text.append("  ^bb0(").append(String.join(", ", arguments)).append("):\n");
        for (int node = 0; node < graph.size(); node++) node(node);
        end(outputs);
        text.append("  }) {").append(String.join(", ", tables())).append("} : () -> ()\n");
        return text.append("}) : () -> ()\n").toString();
    }

    private void end(String types) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) values.add(event(graph.outputEvent(i)));
        text.append(INDENT).append("\"func.return\"(").append(String.join(", ", values));
        text.append(") : (").append(types).append(") -> ()\n");
    }

    /// What a graph says besides its nodes.
    private List<String> tables() {
        List<String> tables = new ArrayList<>();
        tables.add("qvm.requires = " + texts(graph.families()));
        tables.add("qvm.qubits = " + names(graph.qubits()));
        tables.add("qvm.channels = " + names(graph.channels()));
        tables.add("qvm.events = " + names(graph.events()));
        List<Integer> zero = new ArrayList<>();
        for (int i = 0; i < graph.events().size(); i++) {
            if (graph.defaultsToZero(i)) zero.add(i);
        }
        tables.add("qvm.default_zero = " + integers(zero));
        tables.add("qvm.outputs = " + names(graph.outputs()));
        return tables;
    }

    private void node(int node) {
        Opcode opcode = graph.opcode(node);
        Shape shape = opcode.shape();
        clear();
        boolean guarded = !(graph.guard(node) instanceof Guard.Always);
        opcode.capability().ifPresent(this::right);
        List<Integer> begun = new ArrayList<>();
        List<Integer> made = new ArrayList<>();
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int handle = Operand.index(graph.operand(i));
            switch (Operand.kind(graph.operand(i))) {
                case QUBIT -> {
                    if (shape.qubitLife == Shape.Life.MAKES) begun.add(handle);
                    qubit(handle, shape.qubitLife, guarded);
                }
                case CHANNEL -> {
                    if (shape.channelLife == Shape.Life.MAKES) begun.add(handle);
                    channel(handle, shape.channelLife, guarded);
                }
                case INPUT -> operand(event(handle), MlirSlot.Kind.EVENT);
                case OUTPUT -> made.add(handle);
            }
        }
        HandleOrder order = shape.channels > 0 ? channelOrder : qubitOrder;
        if (!order.expects(begun)) attributes.add("handles = " + integers(begun));
        made(made);
        argument(graph.argument(node));
        if (guarded) guard(graph.guard(node));
        edges(node);
        List<MlirSlot> slots = MlirSlot.operands(opcode);
        if (MlirSlot.needSizes(slots)) sizes(slots);
        print(QvmDialect.name(opcode));
    }

    private void clear() {
        operands.clear();
        operandTypes.clear();
        results.clear();
        resultTypes.clear();
        attributes.clear();
        Arrays.fill(counts, 0);
    }

    private void right(Capability capability) {
        if (!graph.capabilities().contains(capability)) {
            throw new IllegalArgumentException("the graph does not request " + capability.text());
        }
        operands.add(value(capability));
        operandTypes.add(type(capability));
        counts[MlirSlot.Kind.CAPABILITY.ordinal()]++;
    }

    private void qubit(int handle, Shape.Life life, boolean guarded) {
        boolean in = life != Shape.Life.MAKES || guarded;
        if (in && qubitValues[handle] == 0) {
            qubitValues[handle] = ++qubits;
            absent(QvmDialect.NO_QUBIT, "%q" + qubits, MlirSlot.Kind.QUBIT);
        }
        if (in) operand("%q" + qubitValues[handle], MlirSlot.Kind.QUBIT);
        boolean out = life != Shape.Life.ENDS || guarded;
        qubitValues[handle] = out ? ++qubits : 0;
        if (out) result("%q" + qubits, MlirSlot.Kind.QUBIT);
    }

    private void channel(int handle, Shape.Life life, boolean guarded) {
        boolean in = life != Shape.Life.MAKES || guarded;
        if (in && channelValues[handle] == 0) {
            channelValues[handle] = ++channels;
            absent(QvmDialect.NO_CHANNEL, "%ch" + channels, MlirSlot.Kind.CHANNEL);
        }
        if (in) operand("%ch" + channelValues[handle], MlirSlot.Kind.CHANNEL);
        boolean out = life != Shape.Life.ENDS || guarded;
        channelValues[handle] = out ? ++channels : 0;
        if (out) result("%ch" + channels, MlirSlot.Kind.CHANNEL);
    }

    private void absent(String name, String value, MlirSlot.Kind kind) {
        text.append(INDENT).append(value).append(" = \"").append(name).append("\"() : () -> ");
        text.append(type(kind)).append('\n');
    }

    private void made(List<Integer> made) {
        if (!eventOrder.expects(made)) attributes.add("makes = " + integers(made));
        for (int handle : made) {
            eventValues[handle] = ++events;
            result("%e" + events, MlirSlot.Kind.EVENT);
        }
    }

    private String event(int handle) {
        if (eventValues[handle] == 0) {
            throw new IllegalArgumentException(
                    "event " + graph.events().name(handle) + " is read before it is made");
        }
        return "%e" + eventValues[handle];
    }

    private void operand(String value, MlirSlot.Kind kind) {
        operands.add(value);
        operandTypes.add(type(kind));
        counts[kind.ordinal()]++;
    }

    private void result(String value, MlirSlot.Kind kind) {
        results.add(value);
        resultTypes.add(type(kind));
    }

    private void argument(Argument argument) {
        switch (argument) {
            case Argument.Nothing() -> {}
            case Argument.Profile(var profile) -> attributes.add("profile = " + quoted(profile));
            case Argument.Tag(var tag) -> attributes.add("tag = " + quoted(tag));
            case Argument.Pauli(var pauli) -> attributes.add("pauli = " + quoted(pauli.toString()));
            case Argument.Rotation(double angle, double precision) -> {
                attributes.add("angle = " + real(angle));
                attributes.add("precision = " + real(precision));
            }
            case Argument.PauliRotation(var pauli, double angle, double precision) -> {
                attributes.add("pauli = " + quoted(pauli.toString()));
                attributes.add("angle = " + real(angle));
                attributes.add("precision = " + real(precision));
            }
            case Argument.Bit(boolean value) -> attributes.add("value = " + value);
            case Argument.Channel(double fidelity, var kind) -> {
                attributes.add("fidelity = " + real(fidelity));
                attributes.add("kind = " + quoted(kind));
            }
            case Argument.Link(var gate) -> attributes.add("gate = " + quoted(gate.text()));
            case Argument.Policy(var entries) -> {
                List<String> pairs = new ArrayList<>();
                for (var entry : entries) pairs.add(texts(List.of(entry.key(), entry.value())));
                attributes.add("policy = [" + String.join(", ", pairs) + "]");
            }
        }
    }

    /// The guard's events become operands; the expression names them by their places among these.
    private void guard(Guard guard) {
        List<Integer> places = new ArrayList<>();
        attributes.add("guard = " + expression(guard, places));
        for (int handle : places) operand(event(handle), MlirSlot.Kind.EVENT);
    }

    private static String expression(Guard guard, List<Integer> places) {
        return switch (guard) {
            case Guard.Always() -> joined("all", List.of(), places);
            case Guard.Is(int event, boolean value) -> {
                if (!places.contains(event)) places.add(event);
                yield "[" + places.indexOf(event) + ", " + value + "]";
            }
            case Guard.All(var parts) -> joined("all", parts, places);
            case Guard.Any(var parts) -> joined("any", parts, places);
        };
    }

    private static String joined(String word, List<Guard> parts, List<Integer> places) {
        var joined = new StringBuilder("[\"" + word + "\"");
        for (Guard part : parts) joined.append(", ").append(expression(part, places));
        return joined.append(']').toString();
    }

    private void edges(int node) {
        List<Integer> targets = new ArrayList<>();
        while (edge < graph.afterCount() && graph.afterNode(edge) == node) {
            targets.add(graph.afterTarget(edge++));
        }
        if (!targets.isEmpty()) attributes.add("after = " + integers(targets));
        if (graph.hasLabel(node)) attributes.add("label = " + quoted(graph.label(node)));
    }

    private void sizes(List<MlirSlot> slots) {
        List<String> sizes = new ArrayList<>();
        for (int size : MlirSlot.sizes(slots, counts)) sizes.add(Integer.toString(size));
        attributes.add(QvmDialect.SIZES + " = array<i32: " + String.join(", ", sizes) + ">");
    }

    private void print(String name) {
        text.append(INDENT);
        if (!results.isEmpty()) text.append(String.join(", ", results)).append(" = ");
        text.append('"').append(name).append("\"(").append(String.join(", ", operands)).append(')');
        if (!attributes.isEmpty()) {
            text.append(" {").append(String.join(", ", attributes)).append('}');
        }
        text.append(" : (").append(String.join(", ", operandTypes)).append(") -> (");
        text.append(String.join(", ", resultTypes)).append(")\n");
    }

    private static String value(Capability capability) {
        return "%" + capability.name().toLowerCase(Locale.ROOT);
    }

    private static String type(Capability capability) {
        return "!qvm.capability<\"" + capability.text() + "\">";
    }

    private static String type(MlirSlot.Kind kind) {
        return "!qvm." + kind.word();
    }

    /// The shortest decimal that reads back to the same double.
    private static String real(double value) {
        return value + " : f64";
    }

    private static String integers(List<Integer> values) {
        if (values.isEmpty()) return "array<i64>";
        return "array<i64: "
                + String.join(", ", values.stream().map(value -> "" + value).toList())
                + ">";
    }

    private static String texts(List<String> texts) {
        return "[" + String.join(", ", texts.stream().map(MlirWriter::quoted).toList()) + "]";
    }

    private static String names(NameTable names) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) texts.add(names.name(i));
        return texts(texts);
    }

    /// A text in ASCII: other bytes of its UTF-8 form are written as two digits each.
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= ' ' && each <= '~' && each != '"' && each != '\\';
            if (plain) quoted.append((char) each);
            else quoted.append("\\%02X".formatted(each));
        }
        return quoted.append('"').toString();
    }
}
