package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.codec.protobuf.ArgumentForm;
import org.qmk.codec.protobuf.GuardForm;
import org.qmk.codec.protobuf.NameColumn;
import org.qmk.codec.protobuf.Operation;
import org.qmk.codec.protobuf.OutputBits;
import org.qmk.codec.protobuf.QvmGraph;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;

class ProtobufFormTest {

    static LongStream seeds() {
        return LongStream.range(9000, 9100);
    }

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void the_enum_has_every_operation_with_its_code(Opcode opcode) {
        assertEquals(opcode.code(), Operation.valueOf(opcode.mnemonic()).getNumber());
    }

    @Test
    void the_enum_has_no_other_operation() {
        for (Operation operation : Operation.values()) {
            boolean marker =
                    operation == Operation.UNRECOGNIZED
                            || operation == Operation.OPERATION_UNSPECIFIED;
            assertTrue(marker || Opcode.of(operation.name()).isPresent(), operation::name);
        }
    }

    /// Shared proof that we write what protobuf's own code reads and read what it writes.
    @ParameterizedTest
    @MethodSource("seeds")
    void generated_code_reads_and_writes_the_same_message(long seed)
            throws InvalidProtocolBufferException {
        Graph graph = GraphGenerator.wild(seed);

        QvmGraph message = QvmGraph.parseFrom(GraphWriter.protobuf(graph));

        assertTrue(message.getUnknownFields().asMap().isEmpty());
        Reading reading = GraphReader.read(message.toByteArray());
        Graph back = assertInstanceOf(Reading.Ok.class, reading, reading::toString).graph();
        assertArrayEquals(CanonicalForm.digest(graph), CanonicalForm.digest(back));
    }

    /// Two qubits, an event, one guarded rotation and a measurement.
    private static QvmGraph.Builder message() {
        return QvmGraph.newBuilder()
                .setMark(0x474D5651)
                .setVersion(1)
                .setQubits(names("q0", "q1").setDeclared(2))
                .setEvents(names("m").setDeclared(1))
                .addOperations(Operation.MEASURE_Z)
                .addOperations(Operation.RZ)
                .addAllOperandCounts(Arrays.asList(2, 1))
                .addAllOperands(Arrays.asList(0, 3, 4))
                .addAllGuards(Arrays.asList(0, 1))
                .addAllArguments(Arrays.asList(0, 1))
                .addGuardTable(GuardForm.newBuilder().setTest(GuardForm.Test.newBuilder()))
                .addArgumentTable(
                        ArgumentForm.newBuilder()
                                .setRotation(ArgumentForm.Rotation.newBuilder().setAngle(1)));
    }

    private static NameColumn.Builder names(String... names) {
        var column = NameColumn.newBuilder();
        column.setLetters(ByteString.copyFromUtf8(String.join("", names)));
        for (String name : names) column.addLengths(name.length());
        return column;
    }

    private static void refused(String code, QvmGraph.Builder message) {
        Reading reading = GraphReader.read(message.build().toByteArray(), QvmForm.PROTOBUF);
        var failed = assertInstanceOf(Reading.Failed.class, reading);
        assertEquals(1, failed.errors().size());
        FormError error = failed.errors().getFirst();
        assertEquals(code, error.code(), error::message);
        assertInstanceOf(Position.InBytes.class, error.position());
        assertTrue(error.message().startsWith("byte "), error::message);
    }

    @Test
    void the_message_of_these_tests_is_right() {
        Reading reading = GraphReader.read(message().build().toByteArray());
        Graph graph = assertInstanceOf(Reading.Ok.class, reading, reading::toString).graph();

        assertEquals(
                "m == 0",
                new String(GraphWriter.text(graph), StandardCharsets.UTF_8)
                        .split("if ")[1].strip());
    }

    @Test
    void what_is_wrong_with_a_message_is_said() {
        refused("QVM-FORM-8", message().setMark(1));
        refused("QVM-FORM-2", QvmGraph.newBuilder());
        refused("QVM-FORM-6", message().setVersion(2));
        refused("QVM-CAP-2", message().addCaps("CAP_FLY"));
        refused("QVM-FORM-9", message().setOperationsValue(0, 0x7F));
        refused("QVM-FORM-9", message().setOperationsValue(0, 300));
        refused("QVM-FORM-8", message().addOperandCounts(0));
        refused("QVM-FORM-8", message().addOperands(0));
        refused("QVM-FORM-8", message().setOperandCounts(1, 9));
        refused("QVM-FORM-8", message().setOperands(0, 8));
        refused("QVM-FORM-8", message().setOperands(1, 1));
        refused("QVM-FORM-8", message().setOperands(0, 3).setOperands(1, 0));
        refused("QVM-FORM-8", message().setOperands(0, -1));
        refused("QVM-FORM-8", message().setGuards(1, 2));
        refused("QVM-FORM-8", message().addGuards(0));
        refused("QVM-FORM-8", message().setArguments(1, 2));
        refused("QVM-TYPE-5", message().setArguments(0, 1));
        refused("QVM-FORM-8", message().addZeroEvents(1));
        refused("QVM-FORM-8", message().setQubits(names("q0").setDeclared(2)));
        refused("QVM-FORM-8", message().setQubits(names("q0", "q1").addLengths(1)));
        refused("QVM-FORM-8", message().setQubits(names("q0", "q1").setLengths(1, 1)));
        refused("QVM-FORM-8", message().addAfterNodes(2).addAfterTargets(0));
        refused("QVM-FORM-8", message().addAfterNodes(1));
        refused("QVM-FORM-8", message().addAfterTargets(1));
        refused("QVM-FORM-8", message().addLabelledNodes(2).setLabels(names("a")));
        refused("QVM-FORM-8", message().addLabelledNodes(0));
        refused("QVM-FORM-8", message().setLabels(names("a")));
        refused(
                "QVM-NAME-4",
                message().addLabelledNodes(0).addLabelledNodes(1).setLabels(names("a", "a")));
        refused("QVM-FORM-8", message().setOutputs(OutputBits.newBuilder().setBits(names("b"))));
        refused("QVM-FORM-8", message().setOutputs(OutputBits.newBuilder().addEvents(0)));
        refused(
                "QVM-FORM-5",
                message()
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder()
                                        .addField(
                                                99,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addLengthDelimited(ByteString.EMPTY)
                                                        .build())
                                        .build()));
    }

    @Test
    void arguments_are_checked() {
        refused("QVM-TYPE-7", rotation(Double.NaN, 0.5));
        refused("QVM-TYPE-7", rotation(Double.POSITIVE_INFINITY, 0.5));
        refused("QVM-TYPE-7", rotation(1, 0));
        refused("QVM-TYPE-7", rotation(1, Double.NaN));
        refused("QVM-FORM-8", message().setArgumentTable(0, ArgumentForm.newBuilder()));
        refused(
                "QVM-FORM-8",
                message().setArgumentTable(0, ArgumentForm.newBuilder().setPauli("Q")));
        refused(
                "QVM-FORM-8",
                message().setArgumentTable(0, ArgumentForm.newBuilder().setGate("x")));
        refused(
                "QVM-TYPE-7",
                message()
                        .setArgumentTable(
                                0,
                                ArgumentForm.newBuilder()
                                        .setChannel(
                                                ArgumentForm.Channel.newBuilder().setFidelity(2))));
        refused(
                "QVM-FORM-3",
                message()
                        .setArgumentTable(
                                0,
                                ArgumentForm.newBuilder()
                                        .setPauliRotation(
                                                ArgumentForm.PauliRotation.newBuilder())));
    }

    private static QvmGraph.Builder rotation(double angle, double precision) {
        var rotation = ArgumentForm.Rotation.newBuilder().setAngle(angle).setPrecision(precision);
        return message().setArgumentTable(0, ArgumentForm.newBuilder().setRotation(rotation));
    }

    @Test
    void a_guard_may_be_as_deep_as_the_limit_and_no_deeper() {
        GuardForm guard = GuardForm.newBuilder().setTest(GuardForm.Test.newBuilder()).build();
        for (int i = 0; i < 32; i++) guard = all(guard);
        byte[] right = message().setGuardTable(0, guard).build().toByteArray();

        assertInstanceOf(Reading.Ok.class, GraphReader.read(right));
        refused("QVM-FORM-7", message().setGuardTable(0, all(guard)));
        refused("QVM-FORM-8", message().setGuardTable(0, GuardForm.newBuilder()));
        refused(
                "QVM-FORM-8",
                message()
                        .setGuardTable(
                                0,
                                GuardForm.newBuilder()
                                        .setTest(GuardForm.Test.newBuilder().setEvent(1))));
    }

    private static GuardForm all(GuardForm part) {
        return GuardForm.newBuilder().setAll(GuardForm.Parts.newBuilder().addParts(part)).build();
    }
}
