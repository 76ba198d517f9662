package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;

/// Every gate and modifier against its matrix, up to a global phase of the whole program.
class QasmGateTest {

    private static final double TOLERANCE = 1e-9;

    static Stream<String> allGates() {
        return Stream.concat(ReferenceGate.STDGATES.stream(), ReferenceGate.QELIB1_ONLY.stream());
    }

    static Graph read(String source) {
        QasmReading reading = QasmReader.read(source, "test.qasm");
        return assertInstanceOf(QasmReading.Ok.class, reading, () -> reading + "\n" + source)
                .graph();
    }

    /// Applies the gate to qubits 0, 1, 2 ... of a register with some to spare.
    private static void assertSame(ReferenceGate gate, int spare) {
        int n = gate.qubits() + spare;
        var operands = new StringBuilder();
        int[] qubits = new int[gate.qubits()];
        for (int i = 0; i < qubits.length; i++) {
            operands.append(i == 0 ? "q[" : ", q[").append(i).append(']');
            qubits[i] = i;
        }
        String source =
                "OPENQASM 3.0; include \"stdgates.inc\"; include \"qelib1.inc\"; qubit["
                        + n
                        + "] q;\n"
                        + gate.text()
                        + " "
                        + operands
                        + ";\n";

        ComplexMatrix found = GraphUnitary.of(read(source));

        var expected = ComplexMatrix.identity(1 << n);
        expected.apply(gate.matrix(), qubits);
        assertEquals(0, found.distance(expected), TOLERANCE, source);
    }

    @ParameterizedTest
    @MethodSource("allGates")
    void a_library_gate_is_its_matrix(String name) {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) assertSame(ReferenceGate.random(name, random), 0);
    }

    @ParameterizedTest
    @MethodSource("allGates")
    void a_controlled_gate_keeps_its_phase(String name) {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 20; i++)
            assertSame(ReferenceGate.random(name, random).controlled(i % 3 != 0), 0);
    }

    @ParameterizedTest
    @MethodSource("allGates")
    void an_inverse_under_a_control_is_the_inverse_matrix(String name) {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 10; i++)
            assertSame(ReferenceGate.random(name, random).inverse().controlled(true), 0);
    }

    @ParameterizedTest
    @MethodSource("allGates")
    void a_whole_power_under_a_control_is_the_matrix_power(String name) {
        var random = new SplittableRandom(4);
        for (int k = -5; k <= 5; k++)
            assertSame(ReferenceGate.random(name, random).power(k).controlled(true), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x", "y", "z", "h", "s", "t", "sx", "sxdg", "rx", "ry", "rz", "p", "U", "u2", "u3",
                "id"
            })
    void a_real_power_is_the_principal_one(String name) {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 60; i++) {
            double exponent = i % 3 == 0 ? 0.5 : random.nextDouble(-3, 3);
            ReferenceGate gate = ReferenceGate.random(name, random);
            if (nearBranch(gate.matrix())) continue;
            assertSame(gate.principalPower(exponent).controlled(true), 0);
        }
    }

    /// Whether an eigenvalue lies so near to -1 that rounding decides its principal power.
    private static boolean nearBranch(ComplexMatrix u) {
        ComplexMatrix minusOne = u.plus(ComplexMatrix.identity(2));
        double re =
                minusOne.re[0] * minusOne.re[3]
                        - minusOne.im[0] * minusOne.im[3]
                        - minusOne.re[1] * minusOne.re[2]
                        + minusOne.im[1] * minusOne.im[2];
        double im =
                minusOne.re[0] * minusOne.im[3]
                        + minusOne.im[0] * minusOne.re[3]
                        - minusOne.re[1] * minusOne.im[2]
                        - minusOne.im[1] * minusOne.re[2];
        double size = Math.hypot(re, im);
        return size > 0 && size < 1e-6 && size != 0 && !isExactlyHalfTurn(u);
    }

    /// Half turns have the eigenvalue -1 exactly and the power is well defined.
    private static boolean isExactlyHalfTurn(ComplexMatrix u) {
        return u.times(u).distance(ComplexMatrix.identity(2)) < 1e-14
                && Math.abs(u.re[0] + u.re[3]) < 1e-14;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void random_modifiers_on_random_gates_compose(long seed) {
        var random = new SplittableRandom(seed);
        Object[] names = allGates().toArray();
        for (int i = 0; i < 60; i++) {
            ReferenceGate gate =
                    ReferenceGate.random((String) names[random.nextInt(names.length)], random);
            for (int j = random.nextInt(6); j > 0; j--) {
                gate =
                        switch (random.nextInt(4)) {
                            case 0 -> gate.inverse();
                            case 1 -> gate.power(random.nextInt(-3, 4));
                            default ->
                                    gate.qubits() < 6
                                            ? gate.controlled(random.nextBoolean())
                                            : gate.inverse();
                        };
            }
            assertSame(gate, gate.qubits() < 6 ? random.nextInt(2) : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "z", "s", "t", "rz", "rx", "ry", "U", "h", "swap"})
    void many_controls_are_exact_with_and_without_qubits_to_borrow(String name) {
        var random = new SplittableRandom(6);
        for (int controls = 2; controls <= 6; controls++) {
            ReferenceGate gate = ReferenceGate.random(name, random);
            for (int i = 0; i < controls; i++) gate = gate.controlled(i % 3 != 1);
            for (int spare = 0; spare <= 2 && gate.qubits() + spare <= 8; spare++)
                assertSame(gate, spare);
        }
    }

    @Test
    void ctrl_with_a_count_is_that_many_controls() {
        ReferenceGate gate = ReferenceGate.of("rx", 0.3);
        ReferenceGate three = gate.controlled(true).controlled(true).controlled(false);

        assertSame(new ReferenceGate("negctrl(1) @ ctrl(2) @ rx(0.3)", three.matrix()), 0);
    }

    @Test
    void a_controlled_global_phase_is_a_phase_on_the_control() {
        assertSame(new ReferenceGate("ctrl @ gphase(0.7)", ReferenceGate.of("p", 0.7).matrix()), 0);
        assertSame(
                new ReferenceGate(
                        "negctrl @ inv @ gphase(0.7)",
                        ComplexMatrix.of(Math.cos(0.7), -Math.sin(0.7), 0, 0, 0, 0, 1, 0)),
                0);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void a_defined_gate_is_the_product_of_its_body_under_any_modifier(long seed) {
        var random = new SplittableRandom(seed);
        Object[] names = allGates().toArray();
        for (int i = 0; i < 25; i++) {
            var body = new StringBuilder();
            var matrix = ComplexMatrix.identity(16);
            for (int j = 0; j < 6; j++) {
                ReferenceGate part =
                        ReferenceGate.random((String) names[random.nextInt(names.length)], random);
                if (random.nextInt(3) == 0) part = part.inverse();
                if (part.qubits() > 4) continue;
                int[] places = shuffled(random, part.qubits());
                body.append(part.text());
                String[] formals = {"d", "c", "b", "a"};
                for (int k = 0; k < places.length; k++)
                    body.append(k == 0 ? " " : ", ").append(formals[places[k]]);
                body.append("; ");
                matrix.apply(part.matrix(), places);
                double phase = random.nextDouble();
                body.append("gphase(").append(phase).append("); ");
                matrix = matrix.phased(phase);
            }
            String source =
                    "OPENQASM 3.0; include \"stdgates.inc\"; include \"qelib1.inc\"; "
                            + "gate inner a, b, c, d { "
                            + body
                            + " } gate outer a, b, c, d { inner a, b, c, d; inv @ s a; inner a, b,"
                            + " c, d; } qubit[5] q; ctrl @ inv @ pow(2) @ outer q[0], q[4], q[3],"
                            + " q[2], q[1];";
            // states of the matrix have a as their highest bit, as q[4] is of the four
            ComplexMatrix s = ComplexMatrix.identity(16);
            s.apply(ReferenceGate.of("sdg").matrix(), 3);
            ComplexMatrix outer = matrix.times(s).times(matrix);
            var expected = ComplexMatrix.identity(32);
            expected.apply(outer.power(-2).controlled(true), 0, 4, 3, 2, 1);

            ComplexMatrix found = GraphUnitary.of(read(source));

            assertEquals(0, found.distance(expected), TOLERANCE, source);
        }
    }

    private static int[] shuffled(SplittableRandom random, int count) {
        int[] all = {0, 1, 2, 3};
        for (int i = 0; i < 4; i++) {
            int j = random.nextInt(i, 4);
            int old = all[i];
            all[i] = all[j];
            all[j] = old;
        }
        return java.util.Arrays.copyOf(all, count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rz(pi/2) q[0];",
                "rx(pi/2) q[0];",
                "ry(-pi/2) q[0];",
                "u1(3*pi/2) q[0];",
                "U(pi/2, 0, pi) q[0];",
                "U(pi, 0, pi) q[0];",
                "U(pi/2, pi/2, -pi/2) q[0];",
                "u2(0, pi) q[0];",
                "u3(pi, pi/2, pi/2) q[0];",
                "p(-pi/2) q[0];",
                "cp(pi) q[0], q[1];",
                "crz(2*pi) q[0], q[1];",
                "ctrl @ U(pi, 0, pi) q[0], q[1];",
                "rz(2*pi - 1e-14) q[0];",
                "pow(2) @ s q[0];",
                "pow(1/2) @ x q[0];",
                "cy q[0], q[1];",
                "swap q[0], q[1];"
            })
    void a_clifford_program_stays_in_the_clifford_family(String statement) {
        String source =
                "include \"stdgates.inc\"; qubit[2] q; ".replace("1/2", "0.5")
                        + statement.replace("1/2", "0.5");

        Graph graph = read(source);

        for (String family : graph.families()) {
            assertTrue(
                    family.equals(Family.CORE.text()) || family.equals(Family.CLIFFORD.text()),
                    graph.families() + source);
        }
    }

    @Test
    void eighth_turns_become_t_gates_and_no_rotations() {
        Graph graph =
                read(
                        "include \"stdgates.inc\"; qubit[3] q; rz(pi/4) q[0]; U(0, 0, pi/4) q[0];"
                                + " ry(3*pi/4) q[1]; rx(-pi/4) q[2]; cp(pi/2) q[0], q[1]; ch q[0],"
                                + " q[2]; ctrl(2) @ z q[0], q[1], q[2];");

        assertTrue(graph.families().contains(Family.MAGIC.text()));
        assertTrue(!graph.families().contains(Family.ROTATION.text()), QasmDump.text(graph));
    }
}
