package org.qmk.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qmk.codec.protobuf.OutputBits;
import org.qmk.codec.protobuf.QvmGraph;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Reads the protobuf form straight from its columns, without a message in between: nothing is
/// allocated on the word of the input, and no index reaches the graph unchecked.
///
/// The first error ends the reading: what follows it in a binary form means nothing.
final class ProtobufFormReader {

    private static final Opcode[] OPCODES = opcodes();

    private final byte[] bytes;
    private final GraphBuilder builder = new GraphBuilder();

    /// Singular fields by number.
    private final Map<Integer, ByteReader> columns = new HashMap<>();

    private final List<Guard> guards = new ArrayList<>(List.of(Guard.ALWAYS));
    private final List<Argument> arguments = new ArrayList<>(List.of(Argument.NOTHING));

    /// Handles by kind: qubits, channels, events, events.
    private final int[] handles = new int[4];

    private long version;

    private ProtobufFormReader(byte[] bytes) {
        this.bytes = bytes;
    }

    private static Opcode[] opcodes() {
        Opcode[] table = new Opcode[0x80];
        for (Opcode opcode : Opcode.values()) table[opcode.code()] = opcode;
        return table;
    }

    static Reading read(byte[] bytes) {
        var errors = new FormErrors(bytes);
        try {
            return new Reading.Ok(new ProtobufFormReader(bytes).graph(), List.of());
        } catch (Misread misread) {
            errors.add(misread);
        } catch (ByteReader.Malformed malformed) {
            errors.add(broken(malformed.offset(), malformed.expected()));
        }
        return errors.inBytes();
    }

    static Misread broken(int offset, String expected) {
        return new Misread(FormErrors.bytes("byte " + offset, expected), offset);
    }

    private Graph graph() throws Misread, ByteReader.Malformed {
        fields();
        if (version != 1) throw new Misread(FormErrors.version("" + version), 0);
        handles[0] = names(QvmGraph.QUBITS_FIELD_NUMBER, Operand.Kind.QUBIT);
        handles[1] = names(QvmGraph.CHANNELS_FIELD_NUMBER, Operand.Kind.CHANNEL);
        handles[2] = names(QvmGraph.EVENTS_FIELD_NUMBER, Operand.Kind.INPUT);
        handles[3] = handles[2];
        zeroEvents();
        tables();
        nodes();
        outputs();
        after();
        return builder.build();
    }

    /// Sorts the fields of the message; their order in the input does not matter.
    private void fields() throws Misread, ByteReader.Malformed {
        var in = new ByteReader(bytes);
        boolean marked = false;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = (int) in.uint(Integer.MAX_VALUE);
            int field = tag >>> 3;
            if (at == 0) {
                mark(tag, in);
                marked = true;
            } else if (field == QvmGraph.VERSION_FIELD_NUMBER) {
                wire(tag, ProtobufFormWriter.VARINT, at);
                version = in.uint(Integer.MAX_VALUE);
            } else {
                wire(tag, ProtobufFormWriter.LENGTH, at);
                field(field, at, in);
            }
        }
        if (!marked) throw new Misread(FormErrors.end("the mark of a QVM graph"), 0);
    }

    /// Goes through the fields again for the tables, whose guards need to know the events.
    private void tables() throws Misread, ByteReader.Malformed {
        var in = new ByteReader(bytes);
        while (in.remaining() > 0) {
            int tag = (int) in.uint(Integer.MAX_VALUE);
            switch (tag & 7) {
                case ProtobufFormWriter.VARINT -> in.uint(Integer.MAX_VALUE);
                case ProtobufFormWriter.FIXED_32 -> in.raw(4);
                default -> {
                    ByteReader part = in.part();
                    int field = tag >>> 3;
                    if (field == QvmGraph.GUARD_TABLE_FIELD_NUMBER) {
                        guards.add(ProtobufTables.guard(part, handles[2], 0));
                    } else if (field == QvmGraph.ARGUMENT_TABLE_FIELD_NUMBER) {
                        arguments.add(ProtobufTables.argument(part));
                    }
                }
            }
        }
    }

    private static void mark(int tag, ByteReader in) throws Misread, ByteReader.Malformed {
        int expected = QvmGraph.MARK_FIELD_NUMBER << 3 | ProtobufFormWriter.FIXED_32;
        int mark = 0;
        if (tag == expected) {
            for (int shift = 0; shift < 32; shift += 8) mark |= in.u8() << shift;
        }
        if (mark != ProtobufFormWriter.MARK) throw broken(0, "the mark of a QVM graph");
    }

    static void wire(int tag, int expected, int at) throws Misread {
        if ((tag & 7) != expected) {
            throw broken(at, "field " + (tag >>> 3) + " with wire type " + expected);
        }
    }

    private void field(int field, int at, ByteReader in) throws Misread, ByteReader.Malformed {
        switch (field) {
            case QvmGraph.REQUIRES_FIELD_NUMBER -> builder.require(in.text());
            case QvmGraph.CAPS_FIELD_NUMBER -> capability(in.text(), at);
            case QvmGraph.GUARD_TABLE_FIELD_NUMBER, QvmGraph.ARGUMENT_TABLE_FIELD_NUMBER ->
                    in.part();
            case QvmGraph.QUBITS_FIELD_NUMBER,
                    QvmGraph.CHANNELS_FIELD_NUMBER,
                    QvmGraph.EVENTS_FIELD_NUMBER,
                    QvmGraph.ZERO_EVENTS_FIELD_NUMBER,
                    QvmGraph.OPERATIONS_FIELD_NUMBER,
                    QvmGraph.OPERAND_COUNTS_FIELD_NUMBER,
                    QvmGraph.OPERANDS_FIELD_NUMBER,
                    QvmGraph.GUARDS_FIELD_NUMBER,
                    QvmGraph.ARGUMENTS_FIELD_NUMBER,
                    QvmGraph.OUTPUTS_FIELD_NUMBER,
                    QvmGraph.AFTER_NODES_FIELD_NUMBER,
                    QvmGraph.AFTER_TARGETS_FIELD_NUMBER,
                    QvmGraph.LABELLED_NODES_FIELD_NUMBER,
                    QvmGraph.LABELS_FIELD_NUMBER -> {
                if (columns.put(field, in.part()) != null)
                    throw broken(at, "field " + field + " once");
            }
            default -> throw unknownField(field, "the message", at);
        }
    }

    static Misread unknownField(int field, String where, int at) {
        return new Misread(
                FormErrors.unknown(
                        Violation.NO_NODE, where, Integer.toString(field), "those of qvm.proto"),
                at);
    }

    private void capability(String text, int at) throws Misread {
        Optional<Capability> capability = Capability.of(text);
        if (capability.isEmpty()) throw new Misread(Capabilities.unknown("the graph", text), at);
        builder.request(capability.get());
    }

    private ByteReader column(int field) {
        return columns.getOrDefault(field, ByteReader.empty());
    }

    /// Declares the handles of one kind and returns their number.
    private int names(int field, Operand.Kind kind) throws Misread, ByteReader.Malformed {
        var names = new ProtobufNames(column(field));
        for (int i = 0; i < names.size(); i++) {
            String name = names.next();
            boolean declared = i < names.declared();
            switch (kind) {
                case QUBIT -> {
                    if (declared) builder.declareQubit(name);
                    else builder.undeclaredQubit(name);
                }
                case CHANNEL -> {
                    if (declared) builder.declareChannel(name);
                    else builder.undeclaredChannel(name);
                }
                case INPUT, OUTPUT -> {
                    if (declared) builder.declareEvent(name);
                    else builder.undeclaredEvent(name);
                }
            }
        }
        return names.size();
    }

    private void zeroEvents() throws ByteReader.Malformed {
        ByteReader in = column(QvmGraph.ZERO_EVENTS_FIELD_NUMBER);
        while (in.remaining() > 0) builder.defaultToZero(in.index(handles[2]));
    }

    private void nodes() throws Misread, ByteReader.Malformed {
        ByteReader operations = column(QvmGraph.OPERATIONS_FIELD_NUMBER);
        ByteReader counts = column(QvmGraph.OPERAND_COUNTS_FIELD_NUMBER);
        ByteReader operands = column(QvmGraph.OPERANDS_FIELD_NUMBER);
        ByteReader guardNumbers = column(QvmGraph.GUARDS_FIELD_NUMBER);
        ByteReader argumentNumbers = column(QvmGraph.ARGUMENTS_FIELD_NUMBER);
        boolean guarded = guardNumbers.remaining() > 0;
        boolean argued = argumentNumbers.remaining() > 0;
        var names = new ProtobufNames(column(QvmGraph.LABELS_FIELD_NUMBER));
        var labels = new Labels(names, column(QvmGraph.LABELLED_NODES_FIELD_NUMBER));
        for (int node = 0; operations.remaining() > 0; node++) {
            int at = operations.position();
            Opcode opcode = opcode(operations.u8(), node, at);
            builder.node(opcode);
            int count = counts.index(operands.remaining() + 1);
            for (int i = 0, last = 0; i < count; i++) last = operand(operands, last);
            if (guarded) builder.guard(guards.get(guardNumbers.index(guards.size())));
            int argument = argued ? argumentNumbers.index(arguments.size()) : 0;
            argument(opcode, node, arguments.get(argument), at);
            if (labels.next == node) builder.label(labels.label(node));
        }
        counts.end();
        operands.end();
        guardNumbers.end();
        argumentNumbers.end();
        labels.end();
    }

    private static Opcode opcode(int code, int node, int at) throws Misread {
        Opcode opcode = code < OPCODES.length ? OPCODES[code] : null;
        if (opcode != null) return opcode;
        throw new Misread(
                Violation.of(
                        Rule.FORM_OPERATION,
                        node,
                        "where",
                        "node " + node,
                        "found",
                        "code " + code,
                        "expected",
                        "docs/reference/opcodes.md lists the codes"),
                at);
    }

    /// Adds one operand and returns its kind, which must not be less than the one before it.
    private int operand(ByteReader in, int last) throws Misread, ByteReader.Malformed {
        int at = in.position();
        long packed = in.uint(0xFFFF_FFFFL);
        int kind = (int) packed & 3;
        int index = (int) (packed >>> 2);
        if (index >= handles[kind]) throw broken(at, "a handle below " + handles[kind]);
        if (kind < last) throw broken(at, "qubits, channels, inputs, outputs in this order");
        builder.operand(kind << 30 | index);
        return kind;
    }

    private void argument(Opcode opcode, int node, Argument argument, int at) throws Misread {
        Argument given =
                argument instanceof Argument.Nothing ? NamedForms.absent(opcode) : argument;
        if (!NamedForms.fits(given.kind(), opcode)) {
            throw new Misread(
                    Violation.of(
                            Rule.TYPE_ARGUMENT,
                            node,
                            "node",
                            Integer.toString(node),
                            "op",
                            opcode.mnemonic(),
                            "found",
                            given.kind().form(),
                            "expected",
                            opcode.shape().argument.form()),
                    at);
        }
        if (!(given instanceof Argument.Nothing)) builder.argument(given);
    }

    private void outputs() throws Misread, ByteReader.Malformed {
        ByteReader in = column(QvmGraph.OUTPUTS_FIELD_NUMBER);
        if (!columns.containsKey(QvmGraph.OUTPUTS_FIELD_NUMBER)) return;
        builder.outputsGiven();
        ByteReader bits = ByteReader.empty();
        ByteReader events = ByteReader.empty();
        int seen = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = (int) in.uint(Integer.MAX_VALUE);
            int field = tag >>> 3;
            wire(tag, ProtobufFormWriter.LENGTH, at);
            seen = ProtobufTables.once(seen, field, at);
            switch (field) {
                case OutputBits.BITS_FIELD_NUMBER -> bits = in.part();
                case OutputBits.EVENTS_FIELD_NUMBER -> events = in.part();
                default -> throw unknownField(field, "the outputs", at);
            }
        }
        var names = new ProtobufNames(bits);
        for (int i = 0; i < names.size(); i++) {
            builder.output(names.next(), events.index(handles[2]));
        }
        events.end();
    }

    private void after() throws ByteReader.Malformed {
        ByteReader waiting = column(QvmGraph.AFTER_NODES_FIELD_NUMBER);
        ByteReader targets = column(QvmGraph.AFTER_TARGETS_FIELD_NUMBER);
        while (waiting.remaining() > 0) {
            builder.after(waiting.index(builder.size()), (int) targets.uint(Integer.MAX_VALUE));
        }
        targets.end();
    }

    /// The labels in the order of their nodes.
    private static final class Labels {
        private final ProtobufNames names;
        private final ByteReader nodes;
        private final Set<String> seen = new HashSet<>();

        /// The node of the next label, -1 after the last.
        private int next;

        Labels(ProtobufNames names, ByteReader nodes) throws ByteReader.Malformed {
            this.names = names;
            this.nodes = nodes;
            next = advance();
        }

        private int advance() throws ByteReader.Malformed {
            return nodes.remaining() > 0 ? (int) nodes.uint(Integer.MAX_VALUE) : -1;
        }

        String label(int node) throws Misread, ByteReader.Malformed {
            int at = nodes.position();
            String label = names.next();
            if (!seen.add(label)) throw new Misread(AfterEdges.twice(node, label), at);
            next = advance();
            if (next >= 0 && next <= node) throw broken(at, "labelled nodes in order");
            return label;
        }

        /// @throws ByteReader.Malformed if there are labels of nodes that are not there
        void end() throws ByteReader.Malformed, Misread {
            if (next >= 0 || !names.done()) throw broken(nodes.position(), "one label per node");
        }
    }
}
