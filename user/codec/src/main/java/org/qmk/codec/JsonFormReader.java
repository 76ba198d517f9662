package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Capability;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Violation;
import tools.jackson.core.JacksonException;

/// Reads JSON: finds the version, then reads 1.0 itself and hands 0.1 on.
///
/// Handles must be declared before nodes use them; where `program` stands before `resources`, it
/// is passed over first and read in a second pass.
final class JsonFormReader {

    private static final String TOP_KEYS =
            "version, requires, caps, resources, outputs, program, metadata";
    private static final String NODE_KEYS =
            "id, op, vqs, chs, inputs, produces, args, guard, after";

    private final byte[] bytes;
    private final FormErrors errors;
    private final GraphBuilder builder = new GraphBuilder();
    private final HandleNames qubits;
    private final HandleNames channels;
    private final HandleNames events;
    private final AfterEdges edges = new AfterEdges();
    private final List<OutputBit> outputs = new ArrayList<>();
    private final ArgumentFields arguments = new ArgumentFields();
    private final IntColumn[] operands = {
        new IntColumn(), new IntColumn(), new IntColumn(), new IntColumn()
    };
    private int nodes;

    private JsonFormReader(byte[] bytes, FormErrors errors) {
        this.bytes = bytes;
        this.errors = errors;
        qubits = new HandleNames(Operand.Kind.QUBIT, builder, bytes);
        channels = new HandleNames(Operand.Kind.CHANNEL, builder, bytes);
        events = new HandleNames(Operand.Kind.INPUT, builder, bytes);
    }

    static Reading read(byte[] bytes) {
        var errors = new FormErrors(bytes);
        int invalid = Utf8.firstInvalid(bytes);
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) invalid = Math.min(invalid, i); // UTF-16 or UTF-32
        }
        if (invalid < bytes.length) {
            errors.add(FormErrors.bytes("byte " + invalid, "text in UTF-8"), invalid);
            return errors.inJson();
        }
        Optional<String> version = version(bytes, errors);
        if (version.isEmpty()) return errors.inJson();
        if (version.get().equals("0.1")) return PrototypeReader.read(bytes, errors);
        return new JsonFormReader(bytes, errors).graph();
    }

    /// The version of the document, if it has one that is known.
    private static Optional<String> version(byte[] bytes, FormErrors errors) {
        var in = new JsonCursor(bytes, errors);
        try {
            in.next("an object");
            if (!in.isObject()) {
                in.wrongType(Violation.NO_NODE, "the whole", "the document", "an object");
                return Optional.empty();
            }
            while (in.nextKey()) {
                if (!in.key().equals("version")) {
                    in.skip();
                    continue;
                }
                if (!in.isText()) {
                    in.wrongType(Violation.NO_NODE, "version", "the graph", "the text \"1.0\"");
                    return Optional.empty();
                }
                String version = in.text();
                if (version.equals("1.0") || version.equals("0.1")) return Optional.of(version);
                in.note(FormErrors.version(FormErrors.quoted(version)));
                return Optional.empty();
            }
            errors.add(FormErrors.missing(Violation.NO_NODE, "the graph", "version"), 0);
        } catch (JacksonException refused) {
            in.refused(refused);
        } catch (JsonCursor.Stop stop) {
            return Optional.empty();
        } finally {
            in.close();
        }
        return Optional.empty();
    }

    private Reading graph() {
        var in = new JsonCursor(bytes, errors);
        try {
            if (!top(in)) program();
        } catch (JacksonException refused) {
            in.refused(refused);
        } catch (JsonCursor.Stop stop) {
            return errors.inJson();
        } finally {
            in.close();
        }
        for (OutputBit output : outputs) builder.output(output.bit(), events.of(output.event()));
        edges.resolve(builder, errors);
        if (!errors.isEmpty()) return errors.inJson();
        return new Reading.Ok(builder.build(), List.of());
    }

    /// Reads all, except a program that stands before the resources: false if there is one.
    private boolean top(JsonCursor in) throws JsonCursor.Stop {
        int seen = 0;
        boolean programRead = true;
        in.next("an object");
        while (in.nextKey()) {
            switch (in.key()) {
                case "version" -> seen = in.once(seen, 1);
                case "requires" -> {
                    seen = in.once(seen, 2);
                    texts(in, "requires", builder::require);
                }
                case "caps" -> {
                    seen = in.once(seen, 4);
                    texts(in, "caps", text -> capability(in, text));
                }
                case "resources" -> {
                    seen = in.once(seen, 8);
                    resources(in);
                }
                case "outputs" -> {
                    seen = in.once(seen, 16);
                    outputs(in);
                }
                case "program" -> {
                    boolean first = (seen & 32) == 0;
                    seen = in.once(seen, 32);
                    if (first && (seen & 8) != 0) {
                        program(in);
                    } else {
                        programRead &= !first;
                        in.skip();
                    }
                }
                case "metadata" -> {
                    seen = in.once(seen, 64);
                    in.skip();
                }
                default -> in.unknownKey(Violation.NO_NODE, "the graph", TOP_KEYS);
            }
        }
        in.end();
        if ((seen & 32) == 0) {
            errors.add(FormErrors.missing(Violation.NO_NODE, "the graph", "program"), 0);
            return true;
        }
        return programRead;
    }

    /// The second pass.
    private void program() throws JsonCursor.Stop {
        if (errors.full()) return;
        var in = new JsonCursor(bytes, errors);
        try {
            in.next("an object");
            while (in.nextKey()) {
                if (in.key().equals("program")) {
                    program(in);
                    return;
                }
                in.skip();
            }
        } catch (JacksonException refused) {
            in.refused(refused);
        } finally {
            in.close();
        }
    }

    private interface Texts {
        void text(String text);
    }

    private static void texts(JsonCursor in, String field, Texts texts) throws JsonCursor.Stop {
        if (!in.isArray()) {
            in.wrongType(Violation.NO_NODE, field, "the graph", "an array of texts");
            return;
        }
        while (in.nextElement()) {
            if (in.isText()) texts.text(in.text());
            else in.wrongType(Violation.NO_NODE, "an element", field, "a text");
        }
    }

    private void capability(JsonCursor in, String text) {
        Optional<Capability> capability = Capability.of(text);
        if (capability.isPresent()) builder.request(capability.get());
        else in.note(Capabilities.unknown("the graph", text));
    }

    private void resources(JsonCursor in) throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(Violation.NO_NODE, "resources", "the graph", "an object");
            return;
        }
        int seen = 0;
        while (in.nextKey()) {
            switch (in.key()) {
                case "vqs" -> {
                    seen = in.once(seen, 1);
                    texts(in, "vqs", qubits::declare);
                }
                case "chs" -> {
                    seen = in.once(seen, 2);
                    texts(in, "chs", channels::declare);
                }
                case "events" -> {
                    seen = in.once(seen, 4);
                    declareEvents(in);
                }
                default -> in.unknownKey(Violation.NO_NODE, "resources", "vqs, chs, events");
            }
        }
    }

    private void declareEvents(JsonCursor in) throws JsonCursor.Stop {
        if (!in.isArray()) {
            in.wrongType(Violation.NO_NODE, "events", "resources", "an array");
            return;
        }
        while (in.nextElement()) {
            if (in.isText()) events.declare(in.text());
            else if (in.isObject()) declareEvent(in);
            else in.wrongType(Violation.NO_NODE, "an element", "events", "a text or an object");
        }
    }

    /// An event with its default.
    private void declareEvent(JsonCursor in) throws JsonCursor.Stop {
        int seen = 0;
        int offset = in.offset();
        String name = "";
        while (in.nextKey()) {
            switch (in.key()) {
                case "name" -> {
                    seen = in.once(seen, 1);
                    if (in.isText()) name = in.text();
                    else in.wrongType(Violation.NO_NODE, "name", "an event", "a text");
                }
                case "default" -> {
                    seen = in.once(seen, 2);
                    boolean zero = in.isWhole() && in.whole(0) == 0;
                    if (!zero) in.wrongType(Violation.NO_NODE, "default", "an event", "0");
                }
                default -> in.unknownKey(Violation.NO_NODE, "an event", "name, default");
            }
        }
        if ((seen & 1) == 0) {
            in.note(FormErrors.missing(Violation.NO_NODE, "an event", "name"), offset);
        } else {
            int event = events.declare(name);
            if ((seen & 2) != 0) builder.defaultToZero(event);
        }
    }

    private void outputs(JsonCursor in) throws JsonCursor.Stop {
        builder.outputsGiven();
        if (!in.isArray()) {
            in.wrongType(Violation.NO_NODE, "outputs", "the graph", "an array");
            return;
        }
        while (in.nextElement()) {
            if (in.isObject()) output(in);
            else in.wrongType(Violation.NO_NODE, "an element", "outputs", "an object");
        }
    }

    private void output(JsonCursor in) throws JsonCursor.Stop {
        int seen = 0;
        int offset = in.offset();
        String bit = "";
        String event = "";
        while (in.nextKey()) {
            boolean isBit = in.key().equals("bit");
            if (!isBit && !in.key().equals("event")) {
                in.unknownKey(Violation.NO_NODE, "an output", "bit, event");
                continue;
            }
            seen = in.once(seen, isBit ? 1 : 2);
            if (!in.isText()) in.wrongType(Violation.NO_NODE, in.key(), "an output", "a text");
            else if (isBit) bit = in.text();
            else event = in.text();
        }
        if (seen == 3) {
            outputs.add(new OutputBit(bit, event));
            return;
        }
        String lacking = (seen & 1) == 0 ? "bit" : "event";
        in.note(FormErrors.missing(Violation.NO_NODE, "an output", lacking), offset);
    }

    private void program(JsonCursor in) throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(Violation.NO_NODE, "program", "the graph", "an object");
            return;
        }
        int offset = in.offset();
        int seen = 0;
        while (in.nextKey()) {
            if (!in.key().equals("nodes")) {
                in.unknownKey(Violation.NO_NODE, "program", "nodes");
                continue;
            }
            seen = in.once(seen, 1);
            if (!in.isArray()) {
                in.wrongType(Violation.NO_NODE, "nodes", "program", "an array");
                continue;
            }
            while (in.nextElement()) {
                if (in.isObject()) node(in);
                else in.wrongType(nodes, "an element", "nodes", "an object");
                nodes++;
            }
        }
        if (seen == 0) {
            in.note(FormErrors.missing(Violation.NO_NODE, "program", "nodes"), offset);
        }
    }

    private String where() {
        return "node " + nodes;
    }

    private void node(JsonCursor in) throws JsonCursor.Stop {
        int offset = in.offset();
        int seen = 0;
        String id = "";
        String op = "";
        boolean wrong = false;
        Guard guard = Guard.ALWAYS;
        arguments.clear();
        for (IntColumn column : operands) column.clear();
        while (in.nextKey()) {
            int bit = nodeKey(in.key());
            if (bit == 0) {
                in.unknownKey(nodes, where(), NODE_KEYS);
                continue;
            }
            seen = in.once(seen, bit);
            switch (bit) {
                case ID -> id = text(in, "id");
                case OP -> {
                    boolean text = in.isText();
                    op = text(in, "op");
                    if (!text) wrong = true;
                }
                case VQS -> handles(in, qubits, operands[0]);
                case CHS -> handles(in, channels, operands[1]);
                case INPUTS -> handles(in, events, operands[2]);
                case PRODUCES -> handles(in, events, operands[3]);
                case ARGS -> new JsonArguments(in, arguments, nodes).read();
                case GUARD -> guard = new JsonGuardReader(in, events, nodes).guard();
                default -> after(in);
            }
        }
        if ((seen & OP) == 0) {
            in.note(FormErrors.missing(nodes, where(), "op"), offset);
            return;
        }
        if ((seen & ID) != 0 && !edges.label(nodes, id)) {
            in.note(AfterEdges.twice(nodes, id), offset);
        }
        if (wrong) return;
        add(in, op, offset, guard);
        if ((seen & ID) != 0 && errors.isEmpty()) builder.label(id);
    }

    private static final int ID = 1;
    private static final int OP = 2;
    private static final int VQS = 4;
    private static final int CHS = 8;
    private static final int INPUTS = 16;
    private static final int PRODUCES = 32;
    private static final int ARGS = 64;
    private static final int GUARD = 128;
    private static final int AFTER = 256;

    private static int nodeKey(String key) {
        return switch (key) {
            case "id" -> ID;
            case "op" -> OP;
            case "vqs" -> VQS;
            case "chs" -> CHS;
            case "inputs" -> INPUTS;
            case "produces" -> PRODUCES;
            case "args" -> ARGS;
            case "guard" -> GUARD;
            case "after" -> AFTER;
            default -> 0;
        };
    }

    /// Adds the node that was read, unless something is wrong with it.
    private void add(JsonCursor in, String op, int offset, Guard guard) {
        Optional<Opcode> opcode = Mnemonics.of(op);
        if (opcode.isEmpty()) {
            in.note(Mnemonics.unknown(where(), op, nodes), offset);
            return;
        }
        builder.node(opcode.get());
        for (int i = 0; i < operands[0].size(); i++) builder.qubit(operands[0].get(i));
        for (int i = 0; i < operands[1].size(); i++) builder.channel(operands[1].get(i));
        for (int i = 0; i < operands[2].size(); i++) builder.input(operands[2].get(i));
        for (int i = 0; i < operands[3].size(); i++) builder.output(operands[3].get(i));
        builder.guard(guard);
        try {
            builder.argument(arguments.argument(opcode.get(), nodes, offset, operands[0].size()));
        } catch (Misread misread) {
            in.note(misread);
        }
    }

    private String text(JsonCursor in, String field) throws JsonCursor.Stop {
        if (in.isText()) return in.text();
        in.wrongType(nodes, field, where(), "a text");
        return "";
    }

    private void handles(JsonCursor in, HandleNames names, IntColumn into) throws JsonCursor.Stop {
        if (!in.isArray()) {
            in.wrongType(nodes, in.key(), where(), "an array of names");
            return;
        }
        while (in.nextElement()) {
            if (in.isText()) into.add(names.of(in.text()));
            else in.wrongType(nodes, "an element of " + in.key(), where(), "a name");
        }
    }

    private void after(JsonCursor in) throws JsonCursor.Stop {
        if (!in.isArray()) {
            in.wrongType(nodes, "after", where(), "an array");
            return;
        }
        while (in.nextElement()) {
            int target = in.isWhole() ? in.whole(Integer.MAX_VALUE) : -1;
            if (in.isText()) edges.add(nodes, in.text(), in.offset(), in.pointer());
            else if (target >= 0) builder.after(nodes, target);
            else in.wrongType(nodes, "an element of after", where(), "an id or a node's number");
        }
    }
}
