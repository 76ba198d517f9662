package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

class QasmStatementTest {

    private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";

    private static Graph read(String source) {
        return QasmGateTest.read(source);
    }

    private static List<String> nodes(Graph graph) {
        return QasmDump.text(graph)
                .lines()
                .filter(
                        line ->
                                !line.startsWith("ALLOC")
                                        && !line.startsWith("FREE")
                                        && !line.startsWith("outputs"))
                .toList();
    }

    private static String only(String source) {
        return String.join("; ", nodes(read(source)));
    }

    private static double angle(String expression) {
        Graph graph =
                read(
                        HEAD
                                + "qubit q; const float shift = 0.001; rx(("
                                + expression
                                + ") + shift) q;");
        return ((Argument.Rotation) graph.argument(1)).angle() - 0.001;
    }

    @Test
    void bars_are_operators_too() {
        assertEquals(7, angle("6 | 3"), 1e-12);
        assertEquals(1, angle("float(false || true)"), 1e-12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3|7",
                "(1 + 2) * 3|9",
                "2 ** 3 ** 2|512",
                "-2 ** 2|-4",
                "7 / 2|3",
                "7.0 / 2|3.5",
                "7 % 4|3",
                "1 << 4|16",
                "256 >> 3|32",
                "6 & 3|2",
                "6 ^ 3|5",
                "~0|-1",
                "!true|0",
                "3 > 2|1",
                "1 == 1.0|1",
                "pi|3.141592653589793",
                "τ / 4|1.5707963267948966",
                "euler|2.718281828459045",
                "sin(pi/2)|1",
                "cos(0)|1",
                "tan(0.5)|0.5463024898437905",
                "arcsin(1)|1.5707963267948966",
                "arccos(1)|0",
                "arctan(1)|0.7853981633974483",
                "exp(1)|2.718281828459045",
                "log(euler)|1",
                "sqrt(2)|1.4142135623730951",
                "mod(7, 4)|3",
                "mod(-1.5, 4)|2.5",
                "pow(2, 0.5)|1.4142135623730951",
                "popcount(13)|3",
                "popcount(\"1011\")|3",
                "floor(2.7)|2",
                "ceiling(2.2)|3",
                "0x1F|31",
                "0b101|5",
                "0o17|15",
                "1_000|1000",
                "1.5e2|150",
                ".5|0.5",
                "int(rotl(\"0011\", 1) == \"0110\")|1",
                "int(rotr(\"0011\", 1) == \"1001\")|1",
                "float(7)|7",
                "int(3.9)|3",
                "uint[2](7)|3",
                "int[3](7)|-1",
                "angle(-pi/2)|4.71238898038469",
                "true && false|0",
                "sizeof(\"00000\")|5",
                "bool(4)|1",
                "angle[3](0.8)|0.7853981633974483"
            })
    void a_constant_expression_has_its_value(String expression, double value) {
        String number =
                expression.matches(".*(==|>|!|&&|bool).*")
                        ? "float(" + expression + ")"
                        : expression;

        assertEquals(value, angle(number), 1e-12);
    }

    @Test
    void registers_broadcast_and_single_qubits_repeat() {
        assertEquals(
                "APPLY_CNOT a[0] b[0]; APPLY_CNOT a[1] b[1]; APPLY_CNOT c b[0]; APPLY_CNOT c b[1];"
                        + " APPLY_H a[0]; APPLY_H a[1]",
                only(HEAD + "qubit[2] a; qubit[2] b; qubit c; cx a, b; cx c, b; h a;"));
    }

    @Test
    void aliases_take_ranges_sets_and_concatenations() {
        assertEquals(
                "APPLY_X q[4]; APPLY_X q[0]; APPLY_X q[2]; APPLY_X q[4]; APPLY_Y q[3]; APPLY_Z"
                        + " q[1]; APPLY_Z r; APPLY_H q[5]",
                only(
                        HEAD
                                + "qubit[6] q; qubit r; let a = q[0:2:5]; x a[2]; x a; let b ="
                                + " q[{3, 1}]; y b[0]; let c = b ++ {r}; z c[1:2]; let d ="
                                + " q[-1:-1]; h d;"));
    }

    @Test
    void loops_run_over_ranges_sets_and_registers() {
        assertEquals(
                "APPLY_X q[0]; APPLY_X q[2]; APPLY_Y q[3]; APPLY_Y q[1]; APPLY_Z q[2]; APPLY_Z"
                        + " q[1]; APPLY_H q[0]",
                only(
                        HEAD
                                + "qubit[4] q; for int i in [0:2:3] { x q[i]; } for uint i in {3,"
                                + " 1} y q[i]; for int i in [2:-1:1] { z q[i]; } for bit b in"
                                + " \"01\" { if (b) h q[0]; }"));
    }

    @Test
    void a_known_condition_takes_one_branch_and_leaves_no_guard() {
        assertEquals(
                "APPLY_X q; APPLY_Z q",
                only(
                        HEAD
                                + "qubit q; const int n = 3; if (n == 3) x q; else y q; int m = 1;"
                                + " m += 2; if (m != 3) { y q; } else { z q; }"));
    }

    @Test
    void a_short_condition_is_a_guard_and_a_long_one_an_event() {
        Graph shortOne =
                read(
                        HEAD
                                + "qubit q; bit[4] c; c[0] = measure q; c[1] = measure q; if (c[0]"
                                + " && !c[1]) x q;");
        Graph longOne =
                read(
                        HEAD
                                + "qubit q; bit[12] c; for int i in [0:11] c[i] = measure q; if (c"
                                + " == 5) x q;");

        Guard guard = shortOne.guard(3);
        assertEquals(new Guard.All(List.of(new Guard.Is(0, true), new Guard.Is(1, false))), guard);
        assertInstanceOf(Guard.Is.class, longOne.guard(longOne.size() - 2));
    }

    @Test
    void a_guarded_measurement_defaults_to_zero_and_selects() {
        Graph graph =
                read(
                        HEAD
                                + "qubit q; bit c; bit d; h q; d = measure q; c = measure q; if (d)"
                                + " { h q; c = measure q; }");

        int guarded = graph.size() - 3;
        assertEquals(Opcode.MEASURE_Z, graph.opcode(guarded));
        assertTrue(graph.defaultsToZero(2), QasmDump.text(graph));
        assertEquals(Opcode.EV_SELECT, graph.opcode(graph.size() - 2));
    }

    @Test
    void results_come_with_the_last_register_and_highest_bit_first() {
        Graph graph = read("qubit[2] q; bit[2] a; bit b; bit[2] θ; a = measure q;");

        List<String> names = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) names.add(graph.outputs().name(i));
        assertEquals(List.of("u-3b8-[1]", "u-3b8-[0]", "b", "a[1]", "a[0]"), names);
    }

    @Test
    void bits_never_written_share_one_constant() {
        Graph graph = read("qubit q; bit[5] a; a[1] = measure q;");

        assertEquals(1, nodes(graph).stream().filter(line -> line.startsWith("EV_CONST")).count());
    }

    @Test
    void families_and_capabilities_are_those_used() {
        Graph graph = read(HEAD + "qubit q; t q;");

        assertEquals(List.of("core/1", "magic/1"), graph.families());
        assertEquals(List.of(Capability.ALLOC, Capability.MAGIC), graph.capabilities());
    }

    @Test
    void version_2_has_its_own_words_and_arithmetic() {
        String head = "OPENQASM 2.0; include \"qelib1.inc\"; qreg input[2]; creg c[2]; ";

        assertEquals(
                "RX input[0] Rotation[angle=0.5, precision=1.0E-10]",
                only(head + "rx(1/2) input[0];").split("; ")[0]);
        assertEquals(
                "RZ input[0] Rotation[angle=9.0, precision=1.0E-10]",
                only(head + "u1(3^2) input[0];").split("; ")[0]);
        Graph guarded =
                read(head + "measure input -> c; if(c==1) x input[1]; barrier input[0],input[1];");
        var both = List.<Guard>of(new Guard.Is(0, true), new Guard.Is(1, false));
        assertEquals(Opcode.APPLY_X, guarded.opcode(3));
        assertEquals(new Guard.All(both), guarded.guard(3));
    }

    @Test
    void switch_takes_the_first_case_that_fits() {
        Graph graph =
                read(
                        HEAD
                                + "qubit[2] q; bit[2] c; h q; c = measure q; int s; s = c; switch"
                                + " (s) { case 0 { x q[0]; } case 1, 2 { y q[0]; } default { z"
                                + " q[0]; } }");

        assertEquals(4, graph.guardCount(), QasmDump.text(graph));
    }

    @Test
    void physical_qubits_live_from_their_first_use() {
        assertEquals("APPLY_X _$5; APPLY_CNOT _$5 _$0", only(HEAD + "x $5; cx $5, $0;"));
    }

    @Test
    void an_include_of_qelib1_in_version_3_and_gates_named_like_the_library_are_allowed() {
        assertEquals("APPLY_Z q", only("include \"qelib1.inc\"; gate h a { z a; } qubit q; h q;"));
    }

    @Test
    void barriers_keep_their_qubits() {
        assertEquals(
                "BAR_REGION Tag[text=barrier]; BAR_REGION Tag[text=barrier q[0] q[2]]; BAR_REGION"
                        + " Tag[text=barrier]",
                only("qubit[3] q; barrier; barrier q[0], q[2]; barrier q;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENQASM 3;", "// c\n/* d */\n OPENQASM 2.0;\n", "include \"stdgates.inc\";",
                        "qubit[2] q;", "qubit q;", "bit[3] c;",
                "qreg q[3];", "creg c[1];", "#pragma x", "gate g a {}", "input float x;",
                        "\uFEFFOPENQASM 3.0;"
            })
    void a_program_is_known_by_its_start(String start) {
        assertTrue(QasmReader.looksLikeQasm(start.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"version\": 1}",
                "; ModuleID = 'x'",
                "qvm 1.0",
                "QVM\u0001",
                "alloc q0",
                "define void @main()",
                "/* open",
                "// only"
            })
    void other_files_are_not_taken_for_programs(String start) {
        assertFalse(QasmReader.looksLikeQasm(start.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_writer_says_every_operation_but_links() {
        var graph = new GraphBuilder();
        int[] q = {
            graph.declareQubit("q[0]"), graph.declareQubit("q[1]"), graph.declareQubit("if")
        };
        graph.node(Opcode.ALLOC_LQ).qubits(q).argument(new Argument.Profile("logical"));
        int[] e = new int[6];
        for (int i = 0; i < 6; i++) e[i] = graph.declareEvent("e" + i);
        graph.node(Opcode.RY).qubit(q[0]).argument(new Argument.Rotation(0.7, 1e-10));
        graph.node(Opcode.INJECT_T_STATE).qubit(q[1]);
        graph.node(Opcode.APPLY_ISWAP).qubits(q[0], q[1]);
        graph.node(Opcode.APPLY_ISWAPDG).qubits(q[1], q[2]);
        graph.node(Opcode.ROTATE_PAULI)
                .qubits(q)
                .argument(new Argument.PauliRotation(PauliString.of("-XYZ"), 0.9, 1e-10));
        graph.node(Opcode.APPLY_CCZ).qubits(q);
        graph.node(Opcode.MEASURE_X).qubit(q[0]).output(e[0]);
        graph.node(Opcode.COND_PAULI)
                .qubits(q[1], q[2])
                .input(e[0])
                .argument(new Argument.Pauli(PauliString.of("XY")));
        graph.node(Opcode.MEASURE_PAULI)
                .qubits(q[1], q[2])
                .output(e[1])
                .argument(new Argument.Pauli(PauliString.of("-YZ")));
        graph.node(Opcode.MEASURE_BELL).qubits(q[0], q[1]).output(e[2]).output(e[3]);
        graph.node(Opcode.MEASURE_ANGLE)
                .qubit(q[2])
                .output(e[4])
                .argument(new Argument.Rotation(0.4, 1e-10))
                .guard(new Guard.Is(e[2], true));
        graph.defaultToZero(e[4]);
        graph.node(Opcode.EV_SELECT).input(e[0]).input(e[1]).input(e[4]).output(e[5]);
        graph.node(Opcode.FENCE_EPOCH);
        graph.node(Opcode.BAR_REGION).argument(new Argument.Tag("rev+a"));
        graph.node(Opcode.SET_POLICY)
                .argument(new Argument.Policy(List.of(new Argument.Policy.Entry("k", "v"))));
        graph.node(Opcode.FREE_LQ).qubits(q);
        graph.output("out", e[5]).output("again", e[5]).output("bell", e[3]).requireWhatIsUsed();

        String program =
                assertInstanceOf(Written.Text.class, QasmWriter.write(graph.build())).program();

        Graph back = read(program);
        assertEquals(Map.of(), difference(expected(), GraphDistribution.of(back)), program);
        assertTrue(QasmDump.text(back).contains("FENCE_EPOCH"), program);
        assertTrue(QasmDump.text(back).contains("rev+a"), program);
        assertTrue(QasmDump.text(back).contains("SET_POLICY"), program);
    }

    /// The same program, its measurements written as the definitions say: rotate, measure Z, rotate
    /// back, in OpenQASM of its own.
    private static Map<String, Double> expected() {
        return GraphDistribution.of(
                read(
                        HEAD
                                + "qubit[3] q; bit bell; bit again; bit out; ry(0.7) q[0]; reset"
                                + " q[1]; u3(pi/2, pi/4, 0) q[1];cz q[0], q[1]; swap q[0], q[1]; s"
                                + " q[0]; s q[1]; sdg q[1]; sdg q[2]; swap q[1], q[2]; cz q[1],"
                                + " q[2];inv @ ry(pi/2) q[0]; rx(pi/2) q[1]; cx q[0], q[1]; cx"
                                + " q[1], q[2]; rz(-0.9) q[2]; cx q[1], q[2]; cx q[0],"
                                + " q[1];rx(-pi/2) q[1]; ry(pi/2) q[0]; h q[2]; ccx q[0], q[1],"
                                + " q[2]; h q[2];bool a; h q[0]; a = measure q[0]; h q[0]; if (a) {"
                                + " x q[1]; y q[2]; }bool b; rx(pi/2) q[1]; cx q[1], q[2]; x q[2];"
                                + " b = measure q[2]; x q[2]; cx q[1], q[2]; rx(-pi/2) q[1];bool c;"
                                + " cx q[0], q[1]; h q[0]; c = measure q[0]; bell = measure q[1]; h"
                                + " q[0]; cx q[0], q[1];bool d; if (c) { ry(-0.4) q[2]; d = measure"
                                + " q[2]; ry(0.4) q[2]; }if (a) { out = b; } else { out = d; }"
                                + " again = out;"));
    }

    private static Map<String, Double> difference(
            Map<String, Double> expected, Map<String, Double> found) {
        // results are out, again, bell in the graph; bell, again, out are declared in this order
        var different = new java.util.TreeMap<String, Double>();
        if (GraphDistribution.distance(expected, found) > 1e-9) {
            different.putAll(expected);
            found.forEach((key, value) -> different.put("found " + key, value));
        }
        return different;
    }

    @Test
    void the_writer_names_the_node_that_it_cannot_say() {
        var graph = new GraphBuilder();
        int[] q = {graph.declareQubit("a"), graph.declareQubit("b")};
        int channel = graph.declareChannel("link");
        graph.node(Opcode.ALLOC_LQ).qubits(q).argument(new Argument.Profile("logical"));
        graph.node(Opcode.OPEN_CHAN)
                .qubits(q)
                .channel(channel)
                .argument(new Argument.Channel(0.9, "bell_pair"));
        graph.node(Opcode.USE_CHAN)
                .qubits(q)
                .channel(channel)
                .argument(new Argument.Link(LinkGate.CNOT));

        var refused = assertInstanceOf(Written.Refused.class, QasmWriter.write(graph.build()));

        assertEquals("QASM-WRITE-1", refused.code());
        assertEquals(1, refused.node());
        assertTrue(refused.message().contains("OPEN_CHAN"), refused.message());
    }
}
