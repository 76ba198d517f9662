package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule of refusal, with its place.
class QasmDiagnosticTest {

    private static final String HEAD =
            "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[3] q; bit[3] c;\n";

    /// @param source what follows the head, so that line 4 is its first
    record Case(QasmRule rule, int line, int column, String source) {}

    private static Case at(QasmRule rule, int line, int column, String source) {
        return new Case(rule, line, column, source);
    }

    static Stream<Case> cases() {
        return Stream.of(languageCases(), valueCases(), unsupportedCases()).flatMap(each -> each);
    }

    private static Stream<Case> languageCases() {
        return Stream.of(
                at(QasmRule.SYNTAX_TOKEN, 4, 8, "h q[0] x q[1];"),
                at(QasmRule.SYNTAX_TOKEN, 4, 8, "h q[0] ) ;"),
                at(QasmRule.SYNTAX_END, 4, 7, "h q[0]"),
                at(QasmRule.SYNTAX_CHARACTER, 4, 3, "h ? q[0];"),
                at(QasmRule.SYNTAX_OPEN, 4, 1, "/* never closed"),
                at(QasmRule.SYNTAX_OPEN, 4, 13, "if (c == 1) { x q[0];"),
                at(QasmRule.SYNTAX_NUMBER, 4, 4, "rx(99999999999999999999) q[0];"),
                at(
                        QasmRule.SYNTAX_NESTING,
                        4,
                        205,
                        "rx(" + "(".repeat(300) + "1" + ")".repeat(300) + ") q[0];"),
                at(QasmRule.VERSION_LATE, 4, 1, "OPENQASM 3.0;"),
                at(QasmRule.NAME_UNKNOWN, 4, 3, "h r[0];"),
                at(QasmRule.NAME_UNKNOWN, 4, 1, "nosuch q[0];"),
                at(QasmRule.NAME_UNKNOWN, 4, 4, "rx(theta) q[0];"),
                at(QasmRule.NAME_TWICE, 5, 1, "qubit a;\nbit a;"),
                at(QasmRule.NAME_KIND, 4, 3, "h c[0];"),
                at(QasmRule.NAME_KIND, 4, 1, "q q[0];"),
                at(QasmRule.TYPE_MISMATCH, 4, 5, "if (1.5) x q[0];"),
                at(QasmRule.TYPE_CONSTANT, 4, 28, "c[0] = measure q[0]; qubit[c] r;"),
                at(QasmRule.TYPE_OPERATOR, 4, 4, "rx(1.5 & 2) q[0];"),
                at(QasmRule.TYPE_CALL, 4, 4, "rx(sin(1, 2)) q[0];"),
                at(QasmRule.TYPE_ASSIGN, 4, 18, "const int n = 3; n = 4;"),
                at(QasmRule.VALUE_ARITHMETIC, 4, 4, "rx(1 % 0) q[0];"),
                at(QasmRule.VALUE_ARITHMETIC, 4, 4, "rx(2 ** 80) q[0];"),
                at(QasmRule.VALUE_SIZE, 4, 7, "qubit[0] r;"),
                at(QasmRule.VALUE_INDEX, 4, 5, "h q[3];"),
                at(QasmRule.VALUE_LENGTH, 4, 13, "c = measure q[0:1];"),
                at(QasmRule.VALUE_STEP, 4, 14, "for int i in [0:0:3] { x q[0]; }"),
                at(QasmRule.GATE_PARAMETERS, 4, 1, "rx q[0];"),
                at(QasmRule.GATE_QUBITS, 4, 1, "cx q[0];"),
                at(QasmRule.GATE_SAME_QUBIT, 4, 1, "cx q[1], q[1];"),
                at(QasmRule.GATE_BROADCAST, 4, 13, "qubit[2] r; cx q, r;"),
                at(QasmRule.GATE_CONTROLS, 4, 1, "ctrl(0) @ x q[0];"),
                at(
                        QasmRule.GATE_POWER,
                        4,
                        31,
                        "gate g a, b { cx a, b; h a; } pow(0.5) @ g q[0], q[1];"),
                at(QasmRule.GATE_BODY, 4, 12, "gate g a { reset a; }"),
                at(QasmRule.GATE_BODY, 4, 14, "gate g a { x a[0]; }"),
                at(
                        QasmRule.GATE_POWER_RANGE,
                        4,
                        26,
                        "gate g a { x a; y a; }   pow(1e18) @ g q[0];"),
                at(QasmRule.GATE_NESTING, 4, 4559, "gate g0 a { x a; y a; }" + deepGates(250)),
                at(QasmRule.SCOPE, 4, 15, "if (c == 1) { qubit r; }"),
                at(QasmRule.INPUT, 4, 1, "input float theta;"),
                at(QasmRule.INCLUDE, 4, 1, "include \"mine.inc\";"),
                at(QasmRule.BOUND_QUBITS, 4, 19, "qubit[1000000] r; qubit[1000000] s;"),
                at(
                        QasmRule.BOUND_BITS,
                        4,
                        38,
                        "bit[1000000] d; for int i in [1:9] { bit[1000000] e; }"),
                at(QasmRule.BOUND_STEPS, 4, 14, "for int i in [0:4000000000] { x q[0]; }"),
                at(
                        QasmRule.BOUND_STEPS,
                        4,
                        1156,
                        "gate g0 a { x a; x a; }" + doublingGates(40) + " g40 q[0];"));
    }

    private static String deepGates(int count) {
        var text = new StringBuilder();
        for (int i = 1; i <= count; i++)
            text.append(" gate g").append(i).append(" a { g").append(i - 1).append(" a; }");
        return text.toString();
    }

    private static String doublingGates(int count) {
        var text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(" gate g")
                    .append(i)
                    .append(" a { g")
                    .append(i - 1)
                    .append(" a; g")
                    .append(i - 1)
                    .append(" a; }");
        }
        return text.toString();
    }

    private static Stream<Case> unsupportedCases() {
        return Stream.of(
                at(QasmRule.UNSUPPORTED_CAL, 4, 1, "cal { extern play(int f); { nested } }"),
                at(
                        QasmRule.UNSUPPORTED_CAL,
                        4,
                        1,
                        "defcal x $0 { play(drive($0), gaussian(1, 2)); }"),
                at(QasmRule.UNSUPPORTED_CAL, 4, 1, "defcalgrammar \"openpulse\";"),
                at(QasmRule.UNSUPPORTED_DURATIONOF, 4, 14, "duration d = durationof({x $0;});"),
                at(QasmRule.UNSUPPORTED_EXTERN, 4, 1, "extern f(float[64]) -> bit;"),
                at(
                        QasmRule.UNSUPPORTED_FLOAT,
                        4,
                        47,
                        "c = measure q; float f = 1; if (c == 1) { f = 2.0; }"),
                at(
                        QasmRule.UNSUPPORTED_FLOAT,
                        4,
                        48,
                        "array[float, 8] f; f[2] = 1; c = measure q; rx(f[uint[3](c)]) q;"),
                at(QasmRule.UNSUPPORTED_OPAQUE, 4, 1, "opaque g(a) b;"),
                at(QasmRule.UNSUPPORTED_OPERATION, 4, 8, "c[0] = measure_2 q[0];"),
                at(QasmRule.UNSUPPORTED_OUTPUT_TYPE, 4, 1, "output float r;"),
                at(QasmRule.UNSUPPORTED_STRETCH, 4, 25, "stretch s; duration d = s;"),
                at(QasmRule.UNSUPPORTED_TIMED_GATE, 4, 1, "x[100] q[0];"),
                at(QasmRule.UNSUPPORTED_TIMED_GATE, 4, 6, "rx(1)[100] q[0];"));
    }

    private static Stream<Case> valueCases() {
        return Stream.of(
                at(QasmRule.ARRAY_DIMENSIONS, 4, 1, "array[int[8], 1, 1, 1, 1, 1, 1, 1, 1] a;"),
                at(QasmRule.ARRAY_SHAPE, 4, 45, "array[int[8], 3] a; array[int[8], 2] b; a = b;"),
                at(
                        QasmRule.ARRAY_SHAPE,
                        4,
                        62,
                        "def f(readonly array[int[8], 3] a) { } array[int[8], 2] b; f(b);"),
                at(QasmRule.ARRAY_INDICES, 4, 29, "array[int[8], 3] a; int n = a[1, 2, 3];"),
                at(QasmRule.CALL_ARGUMENTS, 4, 18, "def f(int a) { } f(1, 2);"),
                at(QasmRule.CALL_RESULT, 4, 26, "def f(int a) { } int b = f(1);"),
                at(
                        QasmRule.CALL_NESTING,
                        4,
                        23,
                        "def f(int a) -> int { return f(a + 1); } int b = f(1);"),
                at(QasmRule.CALL_RETURN, 4, 16, "def f(int a) { return a; } f(1);"),
                at(QasmRule.LOOP_UNBOUNDED, 4, 1, "while (c == 0) { c = measure q; }"),
                at(QasmRule.LOOP_BOUND, 4, 1, "@qmk.bound -1\nwhile (c == 0) { c = measure q; }"),
                at(QasmRule.SCOPE_JUMP, 4, 1, "break;"),
                at(QasmRule.SCOPE_JUMP, 4, 13, "if (true) { continue; }"),
                at(QasmRule.SCOPE_JUMP, 4, 1, "return 3;"),
                at(QasmRule.VALUE_LENGTH, 4, 22, "array[int[8], 3] a = {1, 2};"),
                at(QasmRule.VALUE_ARITHMETIC, 4, 14, "duration d = 1ns + 1dt;"),
                at(QasmRule.TYPE_OPERATOR, 4, 7, "delay[10ns * 2ns] q;"),
                at(
                        QasmRule.TYPE_ASSIGN,
                        4,
                        38,
                        "def f(readonly array[int[8], 3] a) { a[0] = 1; } array[int[8], 3] b;"
                                + " f(b);"),
                at(QasmRule.TYPE_MISMATCH, 4, 7, "delay[5] q;"),
                at(QasmRule.SCOPE, 4, 13, "if (true) { def f(int a) { } }"));
    }

    private static List<QasmDiagnostic> errors(String source) {
        QasmReading reading = QasmReader.read(source, "f.qasm");
        return assertInstanceOf(QasmReading.Failed.class, reading, source).errors();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_mistake_is_named_with_its_place(Case each) {
        List<QasmDiagnostic> errors = errors(HEAD + each.source);

        QasmDiagnostic first = errors.get(0);
        assertEquals(each.rule, first.rule(), errors + each.source);
        assertEquals(
                each.line + ":" + each.column, first.line() + ":" + first.column(), first.text());
    }

    @ParameterizedTest
    @MethodSource("unsupportedCases")
    void a_refused_construct_is_reported_once(Case each) {
        assertEquals(
                1,
                errors(HEAD + each.source + "\nx q[0];").size(),
                errors(HEAD + each.source) + "");
    }

    @Test
    void every_rule_has_a_case() {
        Set<QasmRule> covered = EnumSet.noneOf(QasmRule.class);
        cases().forEach(each -> covered.add(each.rule));
        covered.addAll(
                List.of(
                        QasmRule.VERSION,
                        QasmRule.BOUND_ERRORS,
                        QasmRule.BOUND_NODES,
                        QasmRule.SYNTAX_ENCODING,
                        QasmRule.BOUND_SOURCE,
                        QasmRule.INPUT_VALUE,
                        QasmRule.WARN_ANNOTATION,
                        QasmRule.WARN_PRAGMA,
                        QasmRule.WARN_TIMING,
                        QasmRule.WARN_INPUT));

        assertEquals(EnumSet.allOf(QasmRule.class), covered);
    }

    @Test
    void codes_are_unique_and_messages_have_no_hole() {
        assertEquals(
                QasmRule.values().length,
                Stream.of(QasmRule.values()).map(QasmRule::code).distinct().count());
        cases().forEach(
                        each ->
                                errors(HEAD + each.source)
                                        .forEach(
                                                error ->
                                                        assertTrue(
                                                                !error.message().contains("{}"),
                                                                error.text())));
    }

    @Test
    void a_wrong_version_ends_the_reading() {
        assertEquals(List.of(QasmRule.VERSION), rules(errors("OPENQASM 4.0; nonsense nonsense;")));
    }

    @Test
    void several_errors_are_reported_in_order() {
        List<QasmDiagnostic> errors =
                errors(HEAD + "h r;\nx q[7];\nif (c == 1) { y s; z q[9]; }\ncx q[0], q[1];");

        assertEquals(
                List.of(4, 5, 6, 6),
                errors.stream().map(QasmDiagnostic::line).toList(),
                errors + "");
    }

    @Test
    void the_text_of_a_diagnostic_is_file_line_column_code_message() {
        assertEquals(
                "f.qasm:4:5: QASM-VALUE-3: index 3 is out of range: q has 3 elements, 0 to 2."
                        + " Change the index.",
                errors(HEAD + "h q[3];").get(0).text());
    }

    @Test
    void columns_count_letters_and_not_bytes() {
        assertEquals(11, errors("/* θθθ */ h q;").get(0).column());
    }

    @Test
    void errors_end_at_the_cap() {
        List<QasmDiagnostic> errors = errors("h q;\n".repeat(500));

        assertEquals(101, errors.size());
        assertEquals(QasmRule.BOUND_ERRORS, errors.get(100).rule());
    }

    @Test
    void a_source_that_is_too_long_is_refused() {
        var limits = new QasmLimits(10, 1, 1, 1, 1, 10, 10, 10);
        var reading = QasmReader.read(new byte[11], "f", new QasmSettings(Map.of(), limits));

        assertEquals(
                List.of(QasmRule.BOUND_SOURCE), rules(((QasmReading.Failed) reading).errors()));
    }

    @Test
    void a_program_of_too_many_operations_is_refused() {
        var limits = new QasmLimits(1000, 100, 100, 100, 1000, 10, 10, 10);
        byte[] source =
                "qubit[60] q; reset q[0]; U(0.1, 0.2, 0.3) q;".getBytes(StandardCharsets.UTF_8);
        var reading = QasmReader.read(source, "f", new QasmSettings(Map.of(), limits));

        assertEquals(List.of(QasmRule.BOUND_NODES), rules(((QasmReading.Failed) reading).errors()));
    }

    @Test
    void a_loop_that_takes_too_many_steps_names_those_of_the_whole_program() {
        var limits = new QasmLimits(1000, 100, 100, 100, 1000, 10, 10, 10);
        String source = "for int i in [1:900] { for int j in [1:900] {} }";
        var reading =
                QasmReader.read(
                        source.getBytes(StandardCharsets.UTF_8),
                        "f",
                        new QasmSettings(Map.of(), limits));

        int most = 1000 + QasmLimits.STEPS_PER_BYTE * source.length();
        assertEquals(
                "the program takes more than " + most + " steps to unroll. Shorten its loops.",
                ((QasmReading.Failed) reading).errors().get(0).message());
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        byte[] source = {'x', ' ', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, ';'};

        var reading = assertInstanceOf(QasmReading.Failed.class, QasmReader.read(source, "f"));

        assertEquals(QasmRule.SYNTAX_ENCODING, reading.errors().get(0).rule());
    }

    @Test
    void annotations_and_unknown_pragmas_only_warn() {
        QasmReading reading =
                QasmReader.read(
                        HEAD + "@bind here\nx q[0];\npragma other thing\n#pragma more", "f");

        List<QasmDiagnostic> warnings =
                assertInstanceOf(QasmReading.Ok.class, reading, reading + "").warnings();
        assertEquals(
                List.of("4:1 QASM-WARN-1", "6:1 QASM-WARN-2", "7:1 QASM-WARN-2"),
                warnings.stream().map(w -> w.line() + ":" + w.column() + " " + w.code()).toList());
    }

    @Test
    void an_input_takes_the_value_given_and_names_a_wrong_one() {
        String source = HEAD + "input float theta; input int n; rx(theta * n) q[0];";

        assertInstanceOf(QasmReading.Ok.class, readWith(source, Map.of("theta", "pi/4", "n", "2")));
        var failed =
                assertInstanceOf(
                        QasmReading.Failed.class,
                        readWith(source, Map.of("theta", "pi/", "n", "2")));
        assertEquals(List.of(QasmRule.INPUT_VALUE), rules(failed.errors()));
    }

    @Test
    void timing_and_values_without_an_input_only_warn() {
        var read = readWith(HEAD + "delay[10ns] q; delay[1dt] q;", Map.of("b", "1", "a", "2"));

        assertEquals(
                List.of("1:1 QASM-WARN-4", "1:1 QASM-WARN-4", "4:1 QASM-WARN-3"),
                assertInstanceOf(QasmReading.Ok.class, read).warnings().stream()
                        .map(w -> w.line() + ":" + w.column() + " " + w.code())
                        .toList());
    }

    private static QasmReading readWith(String source, Map<String, String> inputs) {
        var settings = new QasmSettings(inputs, QasmLimits.DEFAULT);
        return QasmReader.read(source.getBytes(StandardCharsets.UTF_8), "f", settings);
    }

    private static List<QasmRule> rules(List<QasmDiagnostic> errors) {
        return errors.stream().map(QasmDiagnostic::rule).toList();
    }
}
