package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qmk.codec.protobuf.ArgumentForm;
import org.qmk.codec.protobuf.GuardForm;
import org.qmk.codec.protobuf.NameColumn;
import org.qmk.codec.protobuf.OutputBits;
import org.qmk.codec.protobuf.QvmGraph;
import org.qmk.qvm.Argument;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.NameTable;
import org.qmk.qvm.Operand;

/// Writes the protobuf form, column by column. An integer of `ByteWriter` is a protobuf varint.
final class ProtobufFormWriter {

    static final int VARINT = 0;
    static final int FIXED_64 = 1;
    static final int LENGTH = 2;
    static final int FIXED_32 = 5;
    static final int MARK = 0x474D5651;

    private final Graph graph;
    private final ByteWriter out = ByteWriter.keeping();

    private ProtobufFormWriter(Graph graph) {
        this.graph = graph;
    }

    static byte[] write(Graph graph) {
        NamedForms.check(graph);
        var writer = new ProtobufFormWriter(graph);
        writer.graph();
        return writer.out.bytes();
    }

    private static void tag(int field, int wire, ByteWriter out) {
        out.uint((long) field << 3 | wire);
    }

    private void graph() {
        tag(QvmGraph.MARK_FIELD_NUMBER, FIXED_32, out);
        for (int shift = 0; shift < 32; shift += 8) out.u8(MARK >>> shift & 0xFF);
        tag(QvmGraph.VERSION_FIELD_NUMBER, VARINT, out);
        out.uint(1);
        for (String family : graph.families()) {
            text(QvmGraph.REQUIRES_FIELD_NUMBER, family, out);
        }
        for (Capability capability : graph.capabilities()) {
            text(QvmGraph.CAPS_FIELD_NUMBER, capability.text(), out);
        }
        names(QvmGraph.QUBITS_FIELD_NUMBER, graph.qubits());
        names(QvmGraph.CHANNELS_FIELD_NUMBER, graph.channels());
        names(QvmGraph.EVENTS_FIELD_NUMBER, graph.events());
        zeroEvents();
        nodes();
        tables();
        if (!NamedForms.outputsAreEvents(graph)) outputs();
        after();
        labels();
    }

    private static void text(int field, String text, ByteWriter out) {
        tag(field, LENGTH, out);
        out.text(text);
    }

    private static void part(int field, ByteWriter part, ByteWriter out) {
        tag(field, LENGTH, out);
        out.counted(part.bytes());
    }

    /// A packed column; left out where it is empty.
    private static void column(int field, ByteWriter column, ByteWriter out) {
        byte[] bytes = column.bytes();
        if (bytes.length == 0) return;
        tag(field, LENGTH, out);
        out.counted(bytes);
    }

    private void names(int field, NameTable names) {
        if (names.size() > 0) part(field, names(names, names.declared()), out);
    }

    private static ByteWriter names(NameTable names, int declared) {
        ByteWriter letters = ByteWriter.keeping();
        ByteWriter lengths = ByteWriter.keeping();
        for (int i = 0; i < names.size(); i++) {
            lengths.uint(names.bytes(i));
            letters.raw(names.name(i).getBytes(StandardCharsets.UTF_8));
        }
        ByteWriter message = ByteWriter.keeping();
        column(NameColumn.LETTERS_FIELD_NUMBER, letters, message);
        column(NameColumn.LENGTHS_FIELD_NUMBER, lengths, message);
        if (declared > 0) {
            tag(NameColumn.DECLARED_FIELD_NUMBER, VARINT, message);
            message.uint(declared);
        }
        return message;
    }

    private void zeroEvents() {
        ByteWriter column = ByteWriter.keeping();
        for (int i = 0; i < graph.events().size(); i++) {
            if (graph.defaultsToZero(i)) column.uint(i);
        }
        column(QvmGraph.ZERO_EVENTS_FIELD_NUMBER, column, out);
    }

    private void nodes() {
        ByteWriter operations = ByteWriter.keeping();
        ByteWriter counts = ByteWriter.keeping();
        ByteWriter operands = ByteWriter.keeping();
        ByteWriter guards = ByteWriter.keeping();
        ByteWriter arguments = ByteWriter.keeping();
        boolean guarded = graph.guardCount() > 1;
        boolean argued = graph.argumentCount() > 1;
        for (int node = 0; node < graph.size(); node++) {
            int start = graph.operandStart(node);
            int end = graph.operandEnd(node);
            operations.uint(graph.opcode(node).code());
            counts.uint(end - start);
            for (int i = start; i < end; i++) operands.uint(packed(graph.operand(i)));
            if (guarded) guards.uint(graph.guardIndex(node));
            if (argued) arguments.uint(graph.argumentIndex(node));
        }
        column(QvmGraph.OPERATIONS_FIELD_NUMBER, operations, out);
        column(QvmGraph.OPERAND_COUNTS_FIELD_NUMBER, counts, out);
        column(QvmGraph.OPERANDS_FIELD_NUMBER, operands, out);
        column(QvmGraph.GUARDS_FIELD_NUMBER, guards, out);
        column(QvmGraph.ARGUMENTS_FIELD_NUMBER, arguments, out);
    }

    /// Index above kind: small for small indices.
    private static long packed(int operand) {
        return (long) Operand.index(operand) << 2 | operand >>> 30;
    }

    private void tables() {
        for (int i = 1; i < graph.guardCount(); i++) {
            part(QvmGraph.GUARD_TABLE_FIELD_NUMBER, guard(graph.guardAt(i)), out);
        }
        for (int i = 1; i < graph.argumentCount(); i++) {
            part(QvmGraph.ARGUMENT_TABLE_FIELD_NUMBER, argument(graph.argumentAt(i)), out);
        }
    }

    private static ByteWriter guard(Guard guard) {
        ByteWriter message = ByteWriter.keeping();
        switch (guard) {
            case Guard.Always() ->
                    part(GuardForm.ALWAYS_FIELD_NUMBER, ByteWriter.keeping(), message);
            case Guard.Is(int event, boolean value) -> {
                ByteWriter test = ByteWriter.keeping();
                number(GuardForm.Test.EVENT_FIELD_NUMBER, event, test);
                number(GuardForm.Test.VALUE_FIELD_NUMBER, value ? 1 : 0, test);
                part(GuardForm.TEST_FIELD_NUMBER, test, message);
            }
            case Guard.All(var parts) -> part(GuardForm.ALL_FIELD_NUMBER, parts(parts), message);
            case Guard.Any(var parts) -> part(GuardForm.ANY_FIELD_NUMBER, parts(parts), message);
        }
        return message;
    }

    private static ByteWriter parts(List<Guard> parts) {
        ByteWriter message = ByteWriter.keeping();
        for (Guard part : parts) {
            part(GuardForm.Parts.PARTS_FIELD_NUMBER, guard(part), message);
        }
        return message;
    }

    /// A number, left out where it is 0 as proto3 does.
    private static void number(int field, int value, ByteWriter out) {
        if (value == 0) return;
        tag(field, VARINT, out);
        out.uint(value);
    }

    /// A double, lowest byte first, left out where it is 0.
    private static void real(int field, double value, ByteWriter out) {
        if (value != 0) realAlways(field, value, out);
    }

    private static void realAlways(int field, double value, ByteWriter out) {
        tag(field, FIXED_64, out);
        out.u64(Long.reverseBytes(Double.doubleToLongBits(value)));
    }

    private static ByteWriter argument(Argument argument) {
        ByteWriter message = ByteWriter.keeping();
        switch (argument) {
            case Argument.Nothing() -> {}
            case Argument.Profile(var text) ->
                    text(ArgumentForm.PROFILE_FIELD_NUMBER, text, message);
            case Argument.Tag(var text) -> text(ArgumentForm.TAG_FIELD_NUMBER, text, message);
            case Argument.Pauli(var pauli) ->
                    text(ArgumentForm.PAULI_FIELD_NUMBER, pauli.toString(), message);
            case Argument.Rotation rotation ->
                    part(ArgumentForm.ROTATION_FIELD_NUMBER, rotation(rotation), message);
            case Argument.PauliRotation rotation ->
                    part(ArgumentForm.PAULI_ROTATION_FIELD_NUMBER, rotation(rotation), message);
            case Argument.Bit(boolean value) -> {
                tag(ArgumentForm.BIT_FIELD_NUMBER, VARINT, message);
                message.u8(value ? 1 : 0);
            }
            case Argument.Channel channel ->
                    part(ArgumentForm.CHANNEL_FIELD_NUMBER, channel(channel), message);
            case Argument.Link(var gate) ->
                    text(ArgumentForm.GATE_FIELD_NUMBER, gate.text(), message);
            case Argument.Policy(var entries) ->
                    part(ArgumentForm.POLICY_FIELD_NUMBER, policy(entries), message);
        }
        return message;
    }

    private static ByteWriter rotation(Argument.Rotation rotation) {
        ByteWriter message = ByteWriter.keeping();
        real(ArgumentForm.Rotation.ANGLE_FIELD_NUMBER, rotation.angle(), message);
        realAlways(ArgumentForm.Rotation.PRECISION_FIELD_NUMBER, rotation.precision(), message);
        return message;
    }

    private static ByteWriter rotation(Argument.PauliRotation rotation) {
        ByteWriter message = ByteWriter.keeping();
        text(ArgumentForm.PauliRotation.PAULI_FIELD_NUMBER, rotation.pauli().toString(), message);
        real(ArgumentForm.PauliRotation.ANGLE_FIELD_NUMBER, rotation.angle(), message);
        int precision = ArgumentForm.PauliRotation.PRECISION_FIELD_NUMBER;
        realAlways(precision, rotation.precision(), message);
        return message;
    }

    private static ByteWriter channel(Argument.Channel channel) {
        ByteWriter message = ByteWriter.keeping();
        real(ArgumentForm.Channel.FIDELITY_FIELD_NUMBER, channel.fidelity(), message);
        text(ArgumentForm.Channel.KIND_FIELD_NUMBER, channel.channelKind(), message);
        return message;
    }

    private static ByteWriter policy(List<Argument.Policy.Entry> entries) {
        ByteWriter message = ByteWriter.keeping();
        for (var entry : entries) {
            ByteWriter pair = ByteWriter.keeping();
            text(ArgumentForm.Entry.KEY_FIELD_NUMBER, entry.key(), pair);
            text(ArgumentForm.Entry.VALUE_FIELD_NUMBER, entry.value(), pair);
            part(ArgumentForm.Policy.ENTRIES_FIELD_NUMBER, pair, message);
        }
        return message;
    }

    private void outputs() {
        ByteWriter message = ByteWriter.keeping();
        ByteWriter events = ByteWriter.keeping();
        for (int i = 0; i < graph.outputs().size(); i++) events.uint(graph.outputEvent(i));
        if (graph.outputs().size() > 0) {
            part(OutputBits.BITS_FIELD_NUMBER, names(graph.outputs(), 0), message);
        }
        column(OutputBits.EVENTS_FIELD_NUMBER, events, message);
        part(QvmGraph.OUTPUTS_FIELD_NUMBER, message, out);
    }

    private void after() {
        ByteWriter nodes = ByteWriter.keeping();
        ByteWriter targets = ByteWriter.keeping();
        for (int i = 0; i < graph.afterCount(); i++) {
            nodes.uint(graph.afterNode(i));
            targets.uint(graph.afterTarget(i));
        }
        column(QvmGraph.AFTER_NODES_FIELD_NUMBER, nodes, out);
        column(QvmGraph.AFTER_TARGETS_FIELD_NUMBER, targets, out);
    }

    private void labels() {
        if (graph.labelCount() == 0) return;
        Set<String> seen = new HashSet<>();
        ByteWriter nodes = ByteWriter.keeping();
        ByteWriter letters = ByteWriter.keeping();
        ByteWriter lengths = ByteWriter.keeping();
        for (int i = 0; i < graph.labelCount(); i++) {
            String text = graph.label(graph.labelledNode(i));
            if (!seen.add(text)) continue; // of equal labels only the first is written
            byte[] label = text.getBytes(StandardCharsets.UTF_8);
            nodes.uint(graph.labelledNode(i));
            lengths.uint(label.length);
            letters.raw(label);
        }
        ByteWriter names = ByteWriter.keeping();
        column(NameColumn.LETTERS_FIELD_NUMBER, letters, names);
        column(NameColumn.LENGTHS_FIELD_NUMBER, lengths, names);
        column(QvmGraph.LABELLED_NODES_FIELD_NUMBER, nodes, out);
        part(QvmGraph.LABELS_FIELD_NUMBER, names, out);
    }
}
