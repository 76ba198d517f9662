package org.qmk.mlir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Shape;

/// Makes a graph of the operations of a function, which come in their order.
final class GraphAssembly implements MlirParser.Sink {

    private static final String CAPABILITY = "!qvm.capability<\"";

    /// What a name of the module stands for.
    ///
    /// @param index of the capability, handle or event; NO_HANDLE where none has begun
    private record Value(MlirSlot.Kind kind, int index) {}

    private static final int NO_HANDLE = -1;

    /// The handles of one kind of linear value.
    private static final class Handles {
        private final HandleOrder order = new HandleOrder();
        // The value that stands for each handle now; null where it has ended or never began.
        private Value[] current = new Value[16];
        private int used;

        void put(int handle, Value value) {
            if (handle >= current.length) {
                current = Arrays.copyOf(current, Math.max(handle + 1, 2 * current.length));
            }
            current[handle] = value;
            used = Math.max(used, handle + 1);
        }
    }

    private final GraphBuilder builder = new GraphBuilder();
    // Looked up, never iterated.
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Opcode> opcodes = new HashMap<>();
    private final Handles qubits = new Handles();
    private final Handles channels = new Handles();
    private final HandleOrder eventOrder = new HandleOrder();
    private final List<Integer> returned = new ArrayList<>();
    private final int bound;
    private int events;
    private boolean ended;

    /// @param bytes of the source, more than it can have handles
    GraphAssembly(int bytes) {
        bound = Math.max(1, bytes);
        for (Opcode opcode : Opcode.values()) opcodes.put(QvmDialect.name(opcode), opcode);
    }

    Graph graph() {
        return builder.build();
    }

    @Override
    public void argument(MlirOperation.Use value, String type) {
        Optional<Capability> capability =
                type.startsWith(CAPABILITY) && type.endsWith("\">")
                        ? Capability.of(type.substring(CAPABILITY.length(), type.length() - 2))
                        : Optional.empty();
        if (capability.isEmpty()) {
            throw new MlirRefusal(
                    MlirRule.TYPE, value.at(), "argument " + value.name(), type, "a capability");
        }
        builder.request(capability.get());
        define(value, new Value(MlirSlot.Kind.CAPABILITY, capability.get().ordinal()));
    }

    @Override
    public void operation(MlirOperation operation) {
        if (ended) throw new MlirRefusal(MlirRule.MODULE, operation.at, "more after func.return");
        switch (operation.name) {
            case "func.return" -> end(operation);
            case QvmDialect.NO_QUBIT -> absent(operation, MlirSlot.Kind.QUBIT);
            case QvmDialect.NO_CHANNEL -> absent(operation, MlirSlot.Kind.CHANNEL);
            default -> {
                Opcode opcode = opcodes.get(operation.name);
                if (opcode == null) {
                    throw new MlirRefusal(MlirRule.OPERATION, operation.at, operation.name);
                }
                node(operation, opcode);
            }
        }
    }

    private void end(MlirOperation operation) {
        for (Value value : operands(operation)) {
            if (value.kind != MlirSlot.Kind.EVENT) {
                throw shape(operation, "a " + value.kind.word(), "events");
            }
            returned.add(value.index);
        }
        if (!operation.results.isEmpty()) throw shape(operation, "results", "none");
        ended = true;
    }

    private void absent(MlirOperation operation, MlirSlot.Kind kind) {
        if (!operation.operands.isEmpty()) throw shape(operation, "operands", "none");
        results(operation, List.of(new Value(kind, NO_HANDLE)));
    }

    private void node(MlirOperation operation, Opcode opcode) {
        Shape shape = opcode.shape();
        var attributes = new MlirAttributes(operation);
        List<Value> operands = operands(operation);
        matched(operation, MlirSlot.operands(opcode), operands);
        int[] read =
                operands.stream().filter(GraphAssembly::isEvent).mapToInt(Value::index).toArray();
        int inputs = read.length - attributes.guardEvents();
        if (inputs < 0) throw shape(operation, read.length + " events", "those of its guard");

        builder.node(opcode);
        List<Value> results = new ArrayList<>();
        linear(operation, attributes, shape, MlirSlot.Kind.QUBIT, operands, results);
        linear(operation, attributes, shape, MlirSlot.Kind.CHANNEL, operands, results);
        for (int i = 0; i < inputs; i++) builder.input(read[i]);
        makes(operation, attributes, shape.outputs, results);
        builder.guard(attributes.guard(Arrays.copyOfRange(read, inputs, read.length)));
        builder.argument(attributes.argument(shape.argument));
        for (int target : attributes.numbers("after", Integer.MAX_VALUE).orElse(new int[0])) {
            builder.after(builder.size() - 1, target);
        }
        if (attributes.has("label")) builder.label(attributes.text("label"));
        results(operation, results);
    }

    private static boolean isEvent(Value value) {
        return value.kind == MlirSlot.Kind.EVENT;
    }

    /// Whether the operands are of the kinds that belong into the places.
    private static void matched(
            MlirOperation operation, List<MlirSlot> slots, List<Value> operands) {
        int[] counts = new int[MlirSlot.Kind.values().length];
        for (Value value : operands) counts[value.kind.ordinal()]++;
        int[] sizes = MlirSlot.sizes(slots, counts);
        List<MlirSlot.Kind> kinds = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            boolean most = slots.get(i).times() != MlirSlot.Times.OPTIONAL || sizes[i] <= 1;
            if (sizes[i] < 0 || !most) throw shape(operation, "other operands", kinds(slots));
            for (int n = 0; n < sizes[i]; n++) kinds.add(slots.get(i).kind());
        }
        if (!kinds.equals(operands.stream().map(Value::kind).toList())) {
            throw shape(operation, "other operands", kinds(slots));
        }
    }

    private static String kinds(List<MlirSlot> slots) {
        List<String> words = new ArrayList<>();
        for (MlirSlot slot : slots) {
            words.add(
                    switch (slot.times()) {
                        case ONE -> slot.kind().word();
                        case OPTIONAL -> "perhaps a " + slot.kind().word();
                        case VARIADIC -> "any number of " + slot.kind().word() + "s";
                    });
        }
        return String.join(", ", words);
    }

    /// The qubits or channels of a node, and the values that stand for them after it.
    private void linear(
            MlirOperation operation,
            MlirAttributes attributes,
            Shape shape,
            MlirSlot.Kind kind,
            List<Value> operands,
            List<Value> results) {
        Handles handles = kind == MlirSlot.Kind.QUBIT ? qubits : channels;
        Shape.Life life = kind == MlirSlot.Kind.QUBIT ? shape.qubitLife : shape.channelLife;
        List<Value> in = operands.stream().filter(value -> value.kind == kind).toList();
        int out = count(operation, kind);
        boolean guarded = attributes.has("guard");
        List<Integer> named = new ArrayList<>();
        switch (life) {
            case MAKES -> {
                if (guarded ? in.size() != out : !in.isEmpty()) {
                    throw shape(operation, in.size() + " values", "one for each under a guard");
                }
                named.addAll(begun(operation, attributes, handles, out));
            }
            case USES -> {
                if (in.size() != out) throw shape(operation, out + " results", "" + in.size());
                for (Value value : in) named.add(value.index);
            }
            case ENDS -> {
                int expected = guarded ? in.size() : 0;
                if (out != expected) throw shape(operation, out + " results", "" + expected);
                for (Value value : in) named.add(value.index);
            }
        }
        for (int i = 0; i < named.size(); i++) {
            int handle = named.get(i);
            if (handle == NO_HANDLE) throw shape(operation, "no handle", "one that has begun");
            if (i < in.size()) consume(operation, handles, in.get(i), handle);
            builder.operand(
                    Operand.of(
                            kind == MlirSlot.Kind.QUBIT ? Operand.Kind.QUBIT : Operand.Kind.CHANNEL,
                            handle));
            if (out == 0) continue;
            Value after = new Value(kind, handle);
            handles.put(handle, after);
            results.add(after);
        }
    }

    private static int count(MlirOperation operation, MlirSlot.Kind kind) {
        String type = "!qvm." + kind.word();
        return (int) operation.resultTypes.stream().filter(type::equals).count();
    }

    /// The handles that an operation begins: those that it names, else the next ones.
    private List<Integer> begun(
            MlirOperation operation, MlirAttributes attributes, Handles handles, int count) {
        Optional<int[]> named = attributes.numbers("handles", bound);
        if (named.isPresent() && named.get().length != count) {
            throw shape(operation, named.get().length + " handles", count + ", as it begins");
        }
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int handle = named.isPresent() ? named.get()[i] : handles.order.next();
            handles.order.begin(handle);
            begun.add(handle);
        }
        return begun;
    }

    private void consume(MlirOperation operation, Handles handles, Value value, int handle) {
        if (value.index == NO_HANDLE) return;
        if (value.index != handle) throw shape(operation, "another handle", "the one it begins");
        if (handles.current[handle] != value) {
            throw new MlirRefusal(MlirRule.LINEAR, operation.at, nameOf(operation, value));
        }
        handles.current[handle] = null;
    }

    private String nameOf(MlirOperation operation, Value value) {
        for (MlirOperation.Use use : operation.operands) {
            if (values.get(use.name()) == value) return use.name();
        }
        throw new IllegalStateException("a value comes from an operand");
    }

    private void makes(
            MlirOperation operation, MlirAttributes attributes, int count, List<Value> results) {
        Optional<int[]> named = attributes.numbers("makes", bound);
        if (named.isPresent() && named.get().length != count) {
            throw shape(operation, named.get().length + " events", count + ", as it makes");
        }
        for (int i = 0; i < count; i++) {
            int event = named.isPresent() ? named.get()[i] : eventOrder.next();
            eventOrder.begin(event);
            events = Math.max(events, event + 1);
            builder.output(event);
            results.add(new Value(MlirSlot.Kind.EVENT, event));
        }
    }

    private List<Value> operands(MlirOperation operation) {
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < operation.operands.size(); i++) {
            MlirOperation.Use use = operation.operands.get(i);
            Value value = values.get(use.name());
            if (value == null) throw new MlirRefusal(MlirRule.NAME_UNKNOWN, use.at(), use.name());
            checkType(use, operation.operandTypes.get(i), value);
            operands.add(value);
        }
        return operands;
    }

    private void results(MlirOperation operation, List<Value> results) {
        if (operation.results.size() != results.size()) {
            throw shape(operation, operation.results.size() + " results", "" + results.size());
        }
        for (int i = 0; i < results.size(); i++) {
            MlirOperation.Use use = operation.results.get(i);
            checkType(use, operation.resultTypes.get(i), results.get(i));
            define(use, results.get(i));
        }
    }

    private static void checkType(MlirOperation.Use use, String type, Value value) {
        String expected = "!qvm." + value.kind.word();
        if (value.kind == MlirSlot.Kind.CAPABILITY) {
            expected = CAPABILITY + Capability.values()[value.index].text() + "\">";
        }
        if (type.equals(expected)) return;
        throw new MlirRefusal(MlirRule.TYPE, use.at(), "value " + use.name(), type, expected);
    }

    private void define(MlirOperation.Use use, Value value) {
        String name = use.name();
        if (values.putIfAbsent(name, value) != null) {
            throw new MlirRefusal(MlirRule.NAME_TWICE, use.at(), name);
        }
    }

    @Override
    public void function(MlirOperation function) {
        var attributes = new MlirAttributes(function);
        if (!ended) throw new MlirRefusal(MlirRule.MODULE, function.at, "no func.return");
        declare(attributes, "qvm.qubits", "q", qubits.used).forEach(builder::declareQubit);
        declare(attributes, "qvm.channels", "c", channels.used).forEach(builder::declareChannel);
        declare(attributes, "qvm.events", "e", events).forEach(builder::declareEvent);
        for (int event : attributes.numbers("qvm.default_zero", bound).orElse(new int[0])) {
            builder.defaultToZero(event);
        }
        List<String> outputs = declare(attributes, "qvm.outputs", "out", returned.size()).toList();
        if (outputs.size() != returned.size()) {
            String expected = returned.size() + " names, one for each value that is returned";
            throw new MlirRefusal(
                    MlirRule.ATTRIBUTE, function.at, "qvm.outputs", outputs.size(), expected);
        }
        builder.outputsGiven();
        for (int i = 0; i < outputs.size(); i++) {
            builder.output(outputs.get(i), returned.get(i));
        }
        Optional<List<String>> families = attributes.texts("qvm.requires");
        if (families.isPresent()) families.get().forEach(builder::require);
        else builder.requireWhatIsUsed();
    }

    /// The names that the module gives, or made up ones where it gives none.
    private static Stream<String> declare(
            MlirAttributes attributes, String name, String prefix, int used) {
        Optional<List<String>> given = attributes.texts(name);
        if (given.isEmpty()) return IntStream.range(0, used).mapToObj(i -> prefix + i);
        if (given.get().size() < used) {
            throw attributes.tooFew(name, given.get().size(), used);
        }
        return given.get().stream();
    }

    private static MlirRefusal shape(MlirOperation operation, String found, String expected) {
        return new MlirRefusal(MlirRule.OPERANDS, operation.at, operation.name, found, expected);
    }
}
