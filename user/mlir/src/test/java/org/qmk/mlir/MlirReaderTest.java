package org.qmk.mlir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// What the generic form says, and what it may not say. Round trips of whole programs are in
/// checks/conformance.
class MlirReaderTest {

    private static final String HEAD =
            """
            "builtin.module"() ({
              "func.func"() <{function_type = () -> (), sym_name = "main"}> ({
              ^bb0(%a: !qvm.capability<"CAP_ALLOC">):
            """;
    private static final String TAIL =
            """
                "func.return"() : () -> ()
              }) : () -> ()
            }) : () -> ()
            """;
    private static final String ALLOC =
            "%q = \"qvm.alloc_lq\"(%a) {profile = \"\"} : (!qvm.capability<\"CAP_ALLOC\">) -> "
                    + "!qvm.qubit\n";
    private static final String H = "%r = \"qvm.apply_h\"(%q) : (!qvm.qubit) -> !qvm.qubit\n";
    private static final String FREE = "\"qvm.free_lq\"(%r) : (!qvm.qubit) -> ()\n";
    private static final String GOOD = HEAD + ALLOC + H + FREE + TAIL;

    private static MlirReading read(String module) {
        return MlirReader.read(module.getBytes(StandardCharsets.UTF_8), "m.mlir");
    }

    private static Graph graph(String module) {
        MlirReading reading = read(module);
        return assertInstanceOf(MlirReading.Ok.class, reading, reading::toString).graph();
    }

    @Test
    void a_module_by_hand_needs_no_tables() {
        Graph graph = graph(GOOD);

        assertInstanceOf(Verified.class, Verifier.verify(graph));
        assertEquals(3, graph.size());
        assertEquals("q0", graph.qubits().name(0));
        assertEquals(List.of("clifford/1", "core/1"), graph.families());
    }

    @Test
    void what_printers_vary_makes_no_difference() {
        Graph graph =
                graph(
                        GOOD.replace("%q = ", "%q:1 = ")
                                .replace("(%q)", "(%q#0)")
                                .replace("-> !qvm.qubit\n", "-> (!qvm.qubit) loc(\"here\":1:2)\n")
                                .replace("^bb0", "// a comment\n  ^bb7"));

        assertArrayEquals(CanonicalForm.digest(graph(GOOD)), CanonicalForm.digest(graph));
    }

    @Test
    void handles_that_begin_again_under_guards_come_back() {
        var builder = new GraphBuilder();
        int m = builder.declareQubit("m");
        int q = builder.declareQubit("q");
        int e = builder.declareEvent("e");
        var profile = new Argument.Profile("logical");
        builder.node(Opcode.ALLOC_LQ).qubit(m).argument(profile).label("\u00e9 \"\\\n");
        builder.node(Opcode.MEASURE_X).qubit(m).output(e);
        builder.node(Opcode.FREE_LQ).qubit(m);
        Guard yes = new Guard.Is(e, true);
        Guard no = new Guard.Is(e, false);
        for (Guard guard : List.of(yes, no)) {
            builder.node(Opcode.ALLOC_LQ).qubit(q).argument(profile).guard(guard);
        }
        builder.node(Opcode.APPLY_H).qubit(q);
        builder.node(Opcode.FREE_LQ).qubit(q).guard(no);
        builder.node(Opcode.FREE_LQ).qubit(q).guard(new Guard.Any(List.of(yes)));
        builder.requireWhatIsUsed();
        Graph graph = builder.build();
        var verdict = Verifier.verify(graph);
        assertInstanceOf(Verified.class, verdict, verdict::toString);

        Graph back = graph(MlirWriter.write(graph));

        assertArrayEquals(CanonicalForm.digest(graph), CanonicalForm.digest(back));
        assertEquals("\u00e9 \"\\\n", back.label(0));
    }

    @ParameterizedTest
    @EnumSource
    void the_dialect_has_every_operation(Opcode opcode) {
        String name = QvmDialect.name(opcode).substring("qvm.".length());

        assertTrue(QvmDialect.irdl().contains("  irdl.operation @" + name + " {\n"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(MlirRule.SYNTAX_TOKEN, GOOD.replace("(%q)", "(%q"), "5:23"),
                Arguments.of(MlirRule.SYNTAX_CHARACTER, GOOD.replace("%r = ", "&r = "), "5:1"),
                Arguments.of(MlirRule.SYNTAX_TEXT, GOOD.replace("\"\"", "\"\\q\""), "4:36"),
                Arguments.of(MlirRule.SYNTAX_NUMBER, GOOD.replace("\"\"", "9".repeat(30)), "4:36"),
                Arguments.of(
                        MlirRule.SYNTAX_NESTING, GOOD.replace("\"\"", "[".repeat(200)), "4:164"),
                Arguments.of(MlirRule.SYNTAX_CUSTOM, "module {\n}\n", "1:1"),
                Arguments.of(MlirRule.NAME_UNKNOWN, GOOD.replace("(%q)", "(%z)"), "5:20"),
                Arguments.of(MlirRule.NAME_TWICE, GOOD.replace("%r = ", "%q = "), "5:1"),
                Arguments.of(
                        MlirRule.MODULE,
                        GOOD.replace("%r", "%r").replace(TAIL, "}) : () -> ()\n}) : () -> ()\n"),
                        "2:3"),
                Arguments.of(MlirRule.MODULE, "\"builtin.module\"() ({}) : () -> ()", "1:1"),
                Arguments.of(MlirRule.OPERATION, GOOD.replace("apply_h", "apply_hh"), "5:6"),
                Arguments.of(MlirRule.OPERATION, GOOD.replace("qvm.apply_h", "cf.br"), "5:6"),
                Arguments.of(MlirRule.OPERANDS, GOOD.replace("apply_h", "apply_cnot"), "5:6"),
                Arguments.of(
                        MlirRule.OPERANDS,
                        GOOD.replace(
                                "(%q) : (!qvm.qubit)", "(%a) : (!qvm.capability<\"CAP_ALLOC\">)"),
                        "5:6"),
                Arguments.of(
                        MlirRule.TYPE,
                        GOOD.replace("(!qvm.qubit) -> ()", "(!qvm.event) -> ()"),
                        "6:15"),
                Arguments.of(MlirRule.TYPE, GOOD.replace("CAP_ALLOC", "CAP_FLY"), "3:8"),
                Arguments.of(
                        MlirRule.ATTRIBUTE, GOOD.replace("profile = \"\"", "profile = 1"), "4:6"),
                Arguments.of(MlirRule.ATTRIBUTE, GOOD.replace("{profile = \"\"} ", ""), "4:6"),
                Arguments.of(MlirRule.LINEAR, GOOD.replace("lq\"(%r)", "lq\"(%q)"), "6:1"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(MlirRule rule, String module, String place) {
        var failed = assertInstanceOf(MlirReading.Failed.class, read(module));

        MlirDiagnostic error = failed.error();
        assertEquals(rule, error.rule(), error::message);
        assertEquals(place, error.line() + ":" + error.column(), error::message);
        assertTrue(!error.message().contains("{}"), error::message);
    }
}
