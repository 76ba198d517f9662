package org.qmk.qir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// What programs become, and what is said about those that become nothing.
class QirReaderTest {

    private static final String X = "call void @__quantum__qis__x__body(ptr %s)\n";

    /// A program with the given body and definitions.
    private static String program(String body, String definitions) {
        return """
        @l = internal constant [2 x i8] c"l\\00"
        @qs = internal constant [2 x ptr] [ptr inttoptr (i64 4 to ptr), ptr null]
        define i64 @main() #0 {
        %s
        }
        declare void @__quantum__qis__x__body(ptr)
        declare void @__quantum__qis__h__body(ptr)
        declare void @__quantum__qis__rx__body(double, ptr)
        declare void @__quantum__qis__cx__body(ptr, ptr)
        declare void @__quantum__qis__mz__body(ptr, ptr) #1
        declare i1 @__quantum__rt__read_result(ptr)
        declare void @__quantum__rt__bool_record_output(i1, ptr)
        declare void @__quantum__rt__int_record_output(i64, ptr)
        declare void @__quantum__rt__double_record_output(double, ptr)
        declare void @__quantum__rt__result_record_output(ptr, ptr)
        declare ptr @__quantum__rt__qubit_allocate()
        declare void @__quantum__rt__qubit_release(ptr)
        declare void @__quantum__rt__fail(ptr)
        %s
        attributes #0 = { "entry_point" "qir_profiles"="adaptive_profile" }
        attributes #1 = { "irreversible" }
        """
                        .formatted(body, definitions)
                + QirSamples.FLAGS;
    }

    private static String program(String body) {
        return program(body, "");
    }

    private static QirReading.Ok read(String source, QirSettings settings) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        QirReading reading = QirReader.read(bytes, "p.ll", settings);
        return assertInstanceOf(QirReading.Ok.class, reading, () -> reading + "\n" + source);
    }

    private static QirReading.Ok read(String source) {
        return read(source, QirSettings.DEFAULT);
    }

    /// Operations with their qubits' names, but for the life of qubits.
    private static List<String> operations(Graph graph) {
        List<String> operations = new ArrayList<>();
        for (int node = 0; node < graph.size(); node++) {
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ || opcode == Opcode.FREE_LQ) continue;
            String text = opcode.mnemonic();
            for (int i = 0; i < graph.count(node, org.qmk.qvm.Operand.Kind.QUBIT); i++) {
                text += " " + graph.qubits().name(graph.qubit(node, i));
            }
            operations.add(graph.guard(node) instanceof Guard.Always ? text : "if " + text);
        }
        return operations;
    }

    /// The output lines of a shot.
    private static List<String> records(QirReading.Ok ok, String bits) {
        var once = new TreeMap<>(Map.of(bits, 1L));
        return ok.outputs()
                .text(QirSchema.LABELED, once)
                .lines()
                .filter(line -> line.startsWith("OUTPUT") || line.startsWith("END"))
                .toList();
    }

    @Test
    void a_loop_over_a_constant_array_is_unrolled() {
        var ok =
                read(
                        program(
                                """
                                entry:
                                  br label %loop
                                loop:
                                  %i = phi i64 [ 0, %entry ], [ %n, %loop ]
                                  %p = getelementptr [2 x ptr], ptr @qs, i64 0, i64 %i
                                  %q = load ptr, ptr %p
                                  call void @__quantum__qis__x__body(ptr %q)
                                  %n = add i64 %i, 1
                                  %m = icmp ult i64 %n, 2
                                  br i1 %m, label %loop, label %end
                                end:
                                  ret i64 0
                                """));

        assertEquals(List.of("APPLY_X q4", "APPLY_X q0"), operations(ok.graph()));
    }

    @Test
    void a_branch_on_a_result_guards_what_is_in_it() {
        var ok =
                read(
                        program(
                                """
                                  call void @__quantum__qis__mz__body(ptr null, ptr null)
                                  %1 = call i1 @__quantum__rt__read_result(ptr null)
                                  br i1 %1, label %2, label %3
                                2:
                                  call void @__quantum__qis__x__body(ptr null)
                                  br label %3
                                3:
                                  %4 = phi i64 [ 7, %0 ], [ 9, %2 ]
                                  call void @__quantum__rt__int_record_output(i64 %4, ptr @l)
                                  ret i64 0
                                """));

        assertEquals(List.of("MEASURE_Z q0", "if APPLY_X q0"), operations(ok.graph()));
        assertEquals(1, ok.graph().outputs().size());
        assertEquals(List.of("OUTPUT\tINT\t7\tl", "END\t0"), records(ok, "0"));
        assertEquals(List.of("OUTPUT\tINT\t9\tl", "END\t0"), records(ok, "1"));
    }

    @Test
    void a_qubit_that_a_measurement_picks_is_each_of_them_under_its_guard() {
        var ok =
                read(
                        program(
                                """
                                  call void @__quantum__qis__mz__body(ptr null, ptr null)
                                  %1 = call i1 @__quantum__rt__read_result(ptr null)
                                  %2 = select i1 %1, i64 5, i64 6
                                  %3 = inttoptr i64 %2 to ptr
                                  call void @__quantum__qis__x__body(ptr %3)
                                  ret i64 0
                                """));

        assertEquals(
                List.of("MEASURE_Z q0", "if APPLY_X q5", "if APPLY_X q6"), operations(ok.graph()));
    }

    @Test
    void a_branch_that_cannot_be_taken_leaves_nothing() {
        var ok =
                read(
                        program(
                                """
                                  call void @__quantum__qis__mz__body(ptr null, ptr null)
                                  %1 = call i1 @__quantum__rt__read_result(ptr null)
                                  %2 = zext i1 %1 to i64
                                  %3 = mul i64 %2, 3
                                  %4 = icmp eq i64 %3, 2
                                  br i1 %4, label %5, label %6
                                5:
                                  call void @__quantum__qis__x__body(ptr null)
                                  br label %6
                                6:
                                  ret i64 0
                                """));

        assertEquals(List.of("MEASURE_Z q0"), operations(ok.graph()));
    }

    @Test
    void a_bound_ends_shots_that_go_round_more_often() {
        var ok = read(QirSamples.UNTIL, QirSettings.DEFAULT.withLoopBound(2));

        assertEquals(1, ok.graph().outputs().size());
        assertEquals("QIR-WARN-3", ok.warnings().getFirst().code());
        assertEquals(
                6, operations(ok.graph()).stream().filter(each -> !each.startsWith("EV")).count());
        assertEquals(List.of("END\t64"), records(ok, "1"));
        assertEquals(List.of("OUTPUT\tRESULT\t0\t0_r", "END\t0"), records(ok, "0"));
    }

    @Test
    void an_attribute_bounds_loops_too() {
        String source =
                QirSamples.UNTIL.replace(
                        "\"entry_point\"", "\"entry_point\" \"qmk_loop_bound\"=\"2\"");

        assertEquals("QIR-WARN-3", read(source).warnings().getFirst().code());
    }

    @Test
    void a_loop_that_its_own_condition_ends_needs_no_bound() {
        String source =
                QirSamples.UNTIL
                        .replace("loop:\n", "loop:\n  %n = phi i64 [ 0, %entry ], [ %m, %loop ]\n")
                        .replace(
                                "  br i1 %again,",
                                """
                                  %m = add i64 %n, 1
                                  %few = icmp slt i64 %m, 4
                                  %go = and i1 %again, %few
                                  br i1 %go,\
                                """);

        var ok = read(source);

        assertEquals(List.of(), ok.warnings());
        assertEquals(
                4, operations(ok.graph()).stream().filter(each -> each.contains("MEAS")).count());
    }

    @Test
    void failing_ends_a_shot_without_records() {
        var ok =
                read(
                        program(
                                """
                                  call void @__quantum__qis__mz__body(ptr null, ptr null)
                                  %1 = call i1 @__quantum__rt__read_result(ptr null)
                                  br i1 %1, label %2, label %3
                                2:
                                  call void @__quantum__rt__fail(ptr @l)
                                  unreachable
                                3:
                                  call void @__quantum__rt__bool_record_output(i1 true, ptr @l)
                                  ret i64 3
                                """));

        assertEquals(List.of("OUTPUT\tBOOL\ttrue\tl", "END\t3"), records(ok, "0"));
        assertEquals(List.of("END\t65"), records(ok, "1"));
    }

    @Test
    void a_number_of_many_measurements_is_told_bit_by_bit() {
        var body = new StringBuilder("entry:\n");
        String sum = "0";
        for (int i = 0; i < 8; i++) {
            String r = "inttoptr (i64 " + i + " to ptr)";
            body.append("call void @__quantum__qis__mz__body(ptr " + r + ", ptr " + r + ")\n");
            body.append("%b" + i + " = call i1 @__quantum__rt__read_result(ptr " + r + ")\n");
            body.append("%z" + i + " = zext i1 %b" + i + " to i64\n");
            body.append("%s" + i + " = shl i64 " + sum + ", 1\n");
            body.append("%t" + i + " = or i64 %s" + i + ", %z" + i + "\n");
            sum = "%t" + i;
        }
        body.append("%o = sub i64 " + sum + ", 3\n");
        body.append("call void @__quantum__rt__int_record_output(i64 %o, ptr @l)\nret i64 0\n");

        var ok = read(program(body.toString()));

        assertTrue(ok.graph().outputs().size() <= 9, () -> ok.graph().outputs().size() + " bits");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("QIR-SYNTAX-1", "4:6", "  br banana %x\n"),
                Arguments.of("QIR-SYNTAX-2", "4:5", "    ? = add i64 1, 2\n"),
                Arguments.of("QIR-SYNTAX-4", "4:16", "  %a = add i64 99999999999999999999, 2\n"),
                Arguments.of("QIR-NAME-1", "4:16", "  %a = add i64 %b, 2\n ret i64 0"),
                Arguments.of(
                        "QIR-NAME-2",
                        "5:3",
                        "  %a = add i64 1, 2\n  %a = add i64 1, 2\n ret i64 0"),
                Arguments.of("QIR-TYPE-1", "4:12", "  %a = add double 1.0, 2.0\n ret i64 0"),
                Arguments.of("QIR-TYPE-2", "4:12", "  %a = add i128 1, 2\n ret i64 0"),
                Arguments.of(
                        "QIR-TYPE-3", "4:3", "  call void @__quantum__qis__x__body()\n ret i64 0"),
                Arguments.of("QIR-OPCODE-1", "4:3", "  %a = fence i64 1, 2\n ret i64 0"),
                Arguments.of(
                        "QIR-OPCODE-2", "4:16", "  %a = add i64 mul (i64 1, i64 2), 2\n ret i64 0"),
                Arguments.of("QIR-FLOW-1", "5:1", "  %a = add i64 1, 2"),
                Arguments.of("QIR-FLOW-4", "7:1", "a:\n  br label %b\nb:\nbr label %a"),
                Arguments.of("QIR-CALL-3", "4:13", "  call void %f()\n ret i64 0"),
                Arguments.of("QIR-VALUE-2", "4:3", "  %a = sdiv i64 1, 0\n ret i64 0"),
                Arguments.of(
                        "QIR-VALUE-3",
                        "4:3",
                        "  call void @__quantum__qis__rx__body(double 0x7FF0000000000000,"
                                + " ptr null)\n ret i64 0"),
                Arguments.of("QIR-MEMORY-1", "4:3", "  %a = load i64, ptr null\n ret i64 0"),
                Arguments.of(
                        "QIR-MEMORY-2",
                        "5:3",
                        "  %p = getelementptr ptr, ptr @qs, i64 2\n"
                                + "  %a = load ptr, ptr %p\n ret i64 0"),
                Arguments.of("QIR-MEMORY-3", "4:3", "  %a = load i64, ptr @qs\n ret i64 0"),
                Arguments.of("QIR-MEMORY-4", "4:3", "  store ptr null, ptr @qs\n ret i64 0"),
                Arguments.of(
                        "QIR-QUBIT-1",
                        "4:3",
                        "  call void @__quantum__qis__x__body(ptr @qs)\n ret i64 0"),
                Arguments.of(
                        "QIR-QUBIT-2",
                        "4:3",
                        "  call void @__quantum__qis__cx__body(ptr null, ptr null)\n ret i64 0"),
                Arguments.of(
                        "QIR-QUBIT-3",
                        "6:3",
                        "  %q = call ptr @__quantum__rt__qubit_allocate()\n"
                                + "  call void @__quantum__rt__qubit_release(ptr %q)\n"
                                + "  call void @__quantum__qis__x__body(ptr %q)\n ret i64 0"),
                Arguments.of(
                        "QIR-QUBIT-4",
                        "4:3",
                        "  call void @__quantum__rt__qubit_release(ptr null)\n ret i64 0"),
                Arguments.of(
                        "QIR-OUTPUT-1",
                        "4:3",
                        "  call void @__quantum__rt__bool_record_output(i1 true, ptr @qs)\n"
                                + " ret i64 0"),
                Arguments.of("QIR-BOUND-5", "7:3", "a:\n  br label %b\nb:\n  br label %b"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_is_wrong_is_said_with_its_code_and_place(String code, String place, String body) {
        QirReading reading = QirReader.read(program(body), "p.ll");

        var failed = assertInstanceOf(QirReading.Failed.class, reading);
        QirDiagnostic first = failed.errors().getFirst();
        assertEquals(code, first.code(), first::text);
        assertEquals(place, first.line() + ":" + first.column(), first::text);
    }

    @Test
    void a_function_that_is_not_of_qir_is_refused_by_name() {
        String calls =
                "call void @__quantum__qis__exp__body(ptr null)\n"
                        + "call void @__quantum__rt__string_create(ptr null)\n"
                        + "call void @other(ptr null)\nret i64 0";
        String declarations =
                "declare void @__quantum__qis__exp__body(ptr)\n"
                        + "declare void @__quantum__rt__string_create(ptr)\n"
                        + "declare void @other(ptr)\n";

        var failed =
                assertInstanceOf(
                        QirReading.Failed.class,
                        QirReader.read(program(calls, declarations), "p.ll"));

        assertEquals(
                List.of("QIR-CALL-2", "QIR-CALL-2", "QIR-CALL-1"),
                failed.errors().stream().map(QirDiagnostic::code).toList());
        assertTrue(failed.errors().get(2).message().contains("@other"));
    }

    @Test
    void types_that_name_one_another_cannot_ask_for_much_work() {
        for (String use : List.of("{ %%t%d, %%t%d }", "[2 x %%t%d]", "void (%%t%d)")) {
            var types = new StringBuilder("%t0 = type i64\n");
            for (int i = 1; i < 20_000; i++) {
                types.append("%t").append(i).append(" = type ");
                types.append(use.formatted(i - 1, i - 1)).append('\n');
            }

            QirReading reading = QirReader.read(types + program("  ret i64 0"), "p.ll");

            var failed = assertInstanceOf(QirReading.Failed.class, reading);
            assertEquals("QIR-VALUE-4", failed.errors().getFirst().code());
        }
    }

    @Test
    void recursion_is_refused() {
        String body = "  call void @f()\n  ret i64 0";
        String f = "define void @f() {\n  call void @f()\n  ret void\n}\n";

        var failed =
                assertInstanceOf(QirReading.Failed.class, QirReader.read(program(body, f), "p.ll"));

        assertEquals("QIR-FLOW-6", failed.errors().getFirst().code());
    }

    @Test
    void every_line_that_is_wrong_is_reported() {
        String body = "  %a = add i64 1\n  %b = sub i64\n  %c = banana\n  ret i64 0";

        var failed =
                assertInstanceOf(QirReading.Failed.class, QirReader.read(program(body), "p.ll"));

        assertEquals(3, failed.errors().size(), () -> failed.errors().toString());
    }

    @Test
    void flags_are_not_believed() {
        String source =
                program("br label %b\nb:\n" + X.formatted("null") + "ret i64 0", "")
                        .replace("ir_functions\", i1 true", "ir_functions\", i1 false");
        String calling =
                source.replace("br label %b", "call void @f()\nbr label %b")
                        .replace("attributes #0", "define void @f() {\nret void\n}\nattributes #0");

        assertEquals(List.of(), read(source).warnings());
        assertEquals("QIR-WARN-1", read(calling).warnings().getFirst().code());
    }

    @Test
    void numbers_of_qubits_are_not_believed() {
        String source = QirSamples.BASE.replace("num_qubits\"=\"2", "num_qubits\"=\"1");
        QirSettings strict = QirSettings.DEFAULT.with(QirValidation.STRICT);

        QirReading refused = QirReader.read(source.getBytes(StandardCharsets.UTF_8), "p", strict);

        assertEquals("QIR-WARN-2", read(source).warnings().getFirst().code());
        var failed = assertInstanceOf(QirReading.Failed.class, refused);
        assertEquals("QIR-PROFILE-11", failed.errors().getFirst().code());
    }

    @Test
    void doubles_are_written_as_the_runner_writes_them() {
        assertEquals("10.0", QirOutputs.text(10));
        assertEquals("0.1", QirOutputs.text(0.1));
        assertEquals("0.00000012", QirOutputs.text(1.2e-7));
        assertEquals("1200000000000000000000.0", QirOutputs.text(1.2e21));
        assertEquals("-0.5", QirOutputs.text(-0.5));
        assertEquals("NaN", QirOutputs.text(Double.NaN));
        assertEquals("inf", QirOutputs.text(Double.POSITIVE_INFINITY));
    }

    @Test
    void the_schemas_of_the_specification_have_a_header_and_metadata_once() {
        var ok = read(QirSamples.BASE);
        var counts = new TreeMap<>(Map.of("00", 1L, "11", 1L));

        String ordered = ok.outputs().text(QirSchema.ORDERED, counts);

        assertEquals(
                """
                HEADER\tschema_id\tordered
                HEADER\tschema_version\t2.1
                START
                METADATA\tentry_point
                METADATA\toutput_labeling_schema\tlabeled
                METADATA\tqir_profiles\tbase_profile
                METADATA\trequired_num_qubits\t2
                METADATA\trequired_num_results\t2
                OUTPUT\tTUPLE\t2
                OUTPUT\tRESULT\t0
                OUTPUT\tRESULT\t0
                END\t0
                START
                OUTPUT\tTUPLE\t2
                OUTPUT\tRESULT\t1
                OUTPUT\tRESULT\t1
                END\t0
                """,
                ordered);
    }

    /// As hugr-qir writes it.
    @Test
    void the_section_of_a_global_ends_with_its_line() {
        String section = "@made = private constant [2 x i8] c\"a\\00\", section \",qir\"\n";

        QirReading reading = QirReader.read(section + PROGRAM, "p.ll");

        assertInstanceOf(QirReading.Ok.class, reading, reading::toString);
    }

    private static final String PROGRAM =
            """
            define void @main() #0 {
              call void @__quantum__qis__h__body(ptr null)
              ret void
            }
            declare void @__quantum__qis__h__body(ptr)
            attributes #0 = { "entry_point" "qir_profiles"="custom" }
            """;
}
