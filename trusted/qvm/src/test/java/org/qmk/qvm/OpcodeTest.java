package org.qmk.qvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every row of the table holds what it says: codes, inverses, flows against matrices.
class OpcodeTest {

    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @EnumSource
    void a_row_is_found_by_its_code_and_by_its_mnemonic(Opcode opcode) {
        assertTrue(opcode.code() > 0 && opcode.code() < 0x80, "code " + opcode.code());
        assertEquals(Optional.of(opcode), Opcode.ofCode(opcode.code()));
        assertEquals(Optional.of(opcode), Opcode.of(opcode.mnemonic()));
    }

    @Test
    void no_two_rows_share_a_code_and_no_other_code_is_in_use() {
        Set<Integer> codes = new HashSet<>();
        for (Opcode opcode : Opcode.values()) assertTrue(codes.add(opcode.code()), opcode.name());

        for (int code = -2; code < 300; code++) {
            assertEquals(codes.contains(code), Opcode.ofCode(code).isPresent(), "code " + code);
        }
        assertEquals(Optional.empty(), Opcode.of("apply_h"));
        assertEquals(Optional.empty(), Opcode.of(""));
    }

    /// Codes and versions of what is published: they never change.
    @Test
    void published_codes_stay() {
        var text = new StringBuilder();
        for (Opcode opcode : Opcode.values()) {
            text.append(String.format("%02X %s %s%n", opcode.code(), opcode.since(), opcode));
        }

        assertEquals(
                """
                01 0.1 ALLOC_LQ
                02 0.1 FREE_LQ
                03 0.1 RESET
                04 0.1 FENCE_EPOCH
                05 0.1 BAR_REGION
                10 0.1 APPLY_X
                11 0.1 APPLY_Y
                12 0.1 APPLY_Z
                13 0.1 APPLY_H
                14 0.1 APPLY_S
                15 0.1 APPLY_SDG
                16 0.1 APPLY_SX
                17 1.0 APPLY_SXDG
                18 0.1 APPLY_CNOT
                19 0.1 APPLY_CZ
                1A 0.1 APPLY_SWAP
                1B 1.0 APPLY_ISWAP
                1C 1.0 APPLY_ISWAPDG
                20 0.1 MEASURE_Z
                21 0.1 MEASURE_X
                22 0.1 MEASURE_Y
                23 1.0 MEASURE_PAULI
                24 0.1 MEASURE_BELL
                30 1.0 EV_CONST
                31 1.0 EV_NOT
                32 1.0 EV_XOR
                33 1.0 EV_AND
                34 1.0 EV_OR
                35 1.0 EV_SELECT
                36 0.1 COND_PAULI
                40 0.1 INJECT_T_STATE
                41 0.1 APPLY_T
                42 0.1 APPLY_TDG
                43 1.0 APPLY_CCZ
                44 0.1 APPLY_TOFFOLI
                50 1.0 ROTATE_PAULI
                51 0.1 RX
                52 0.1 RY
                53 0.1 RZ
                54 0.1 MEASURE_ANGLE
                60 0.1 OPEN_CHAN
                61 0.1 USE_CHAN
                62 0.1 CLOSE_CHAN
                63 0.1 TELEPORT_CNOT
                70 0.1 SET_POLICY
                """,
                text.toString());
    }

    @ParameterizedTest
    @EnumSource
    void the_inverse_of_the_inverse_is_the_row_itself(Opcode opcode) {
        Optional<Opcode> inverse = opcode.inverse();

        assertEquals(opcode.reversible(), inverse.isPresent());
        if (inverse.isEmpty()) return;
        assertEquals(Optional.of(opcode), inverse.get().inverse());
        assertEquals(opcode.shape(), inverse.get().shape());
        assertEquals(opcode.family(), inverse.get().family());
        assertEquals(opcode.capability(), inverse.get().capability());
        assertEquals(opcode.tCount(), inverse.get().tCount());
        assertEquals(opcode.inSoftware(), inverse.get().inSoftware());
        assertEquals(0, opcode.shape().outputs, "what is undone makes no event");
        assertEquals(Shape.Life.USES, opcode.shape().qubitLife);
        assertTrue(opcode.shape().qubitsMin > 0, "what is undone acts on qubits");
    }

    @ParameterizedTest
    @EnumSource
    void a_matrix_is_unitary_and_that_of_the_inverse_is_its_adjoint(Opcode opcode) {
        if (!(opcode.matrix() instanceof Matrix.Fixed fixed)) return;

        DenseMatrix matrix = DenseMatrix.of(fixed);

        assertEquals(1 << opcode.shape().qubitsMin, fixed.dimension());
        DenseMatrix product = matrix.times(matrix.adjoint());
        assertTrue(product.distance(DenseMatrix.identity(fixed.dimension())) < TOLERANCE);
        if (!opcode.reversible()) return;
        var inverse = (Matrix.Fixed) opcode.inverse().orElseThrow().matrix();
        assertTrue(DenseMatrix.of(inverse).distance(matrix.adjoint()) < TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource
    void every_flow_of_a_row_holds_against_what_the_row_does(Opcode opcode) {
        var random = new SplittableRandom(opcode.code());
        for (int round = 0; round < 20; round++) {
            String pauli = string(random, 1 + random.nextInt(3));
            List<DenseMatrix> outcomes = outcomes(opcode, pauli, random);
            if (outcomes.isEmpty()) assertEquals(List.of(), opcode.flows());
            for (String flow : opcode.flows()) {
                for (int outcome = 0; outcome < outcomes.size(); outcome++) {
                    double distance =
                            distance(flow, pauli, outcomes.get(outcome), outcome, outcomes.size());
                    assertTrue(distance < TOLERANCE, opcode + " " + flow + " for P = " + pauli);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_flow_with_another_sign_does_not_hold(Opcode opcode) {
        var random = new SplittableRandom(opcode.code());
        String pauli = string(random, 2);
        List<DenseMatrix> outcomes = outcomes(opcode, pauli, random);
        for (String flow : opcode.flows()) {
            String wrong =
                    flow.contains("-> -")
                            ? flow.replace("-> -", "-> ")
                            : flow.replace("-> ", "-> -");
            assertNotEquals(flow, wrong);
            double distance = distance(wrong, pauli, outcomes.getFirst(), 0, outcomes.size());
            assertTrue(distance > 0.1, opcode + " " + wrong);
        }
    }

    /// A Clifford row tells where X and Z on each of its qubits go, so that its flows are the gate.
    @ParameterizedTest
    @EnumSource
    void the_flows_of_a_clifford_gate_are_complete(Opcode opcode) {
        boolean gate = opcode.matrix() instanceof Matrix.Fixed;
        if (!gate || opcode.family() == Family.MAGIC) return;
        int qubits = opcode.shape().qubitsMin;
        Set<String> sources = new HashSet<>();
        for (String flow : opcode.flows()) sources.add(flow.substring(0, flow.indexOf(' ')));

        Set<String> expected = new HashSet<>();
        for (int q = 0; q < qubits; q++) {
            for (String letter : List.of("X", "Z")) {
                expected.add("_".repeat(q) + letter + "_".repeat(qubits - q - 1));
            }
        }

        assertEquals(expected, sources);
    }

    @ParameterizedTest
    @EnumSource
    void a_rotation_by_the_opposite_angle_undoes_a_rotation(Opcode opcode) {
        if (!(opcode.matrix() instanceof Matrix.Rotation)) return;
        var random = new SplittableRandom(opcode.code());

        assertEquals(new Undo.Negated(), opcode.undo());
        for (int round = 0; round < 20; round++) {
            String pauli = letters(opcode, string(random, 3));
            double angle = random.nextDouble(-10, 10);
            DenseMatrix there = DenseMatrix.rotation(pauli, angle);
            DenseMatrix back = DenseMatrix.rotation(pauli, -angle);
            assertTrue(back.distance(there.adjoint()) < TOLERANCE);
            assertTrue(there.times(back).distance(DenseMatrix.identity(there.rows)) < TOLERANCE);
        }
    }

    @Test
    void rotations_by_fractions_of_a_turn_are_the_named_gates() {
        assertTrue(equalButPhase(Opcode.APPLY_S, DenseMatrix.rotation("Z", Math.PI / 2)));
        assertTrue(equalButPhase(Opcode.APPLY_T, DenseMatrix.rotation("Z", Math.PI / 4)));
        assertTrue(equalButPhase(Opcode.APPLY_SX, DenseMatrix.rotation("X", Math.PI / 2)));
        assertTrue(equalButPhase(Opcode.APPLY_Y, DenseMatrix.rotation("Y", Math.PI)));
        assertFalse(equalButPhase(Opcode.APPLY_SDG, DenseMatrix.rotation("Z", Math.PI / 2)));
    }

    @Test
    void the_three_qubit_gates_act_on_the_state_where_all_or_the_first_two_are_1() {
        DenseMatrix ccz = DenseMatrix.identity(8);
        ccz.re[63] = -1;
        DenseMatrix toffoli = DenseMatrix.identity(8);
        toffoli.re[6 * 8 + 6] = toffoli.re[7 * 8 + 7] = 0;
        toffoli.re[6 * 8 + 7] = toffoli.re[7 * 8 + 6] = 1;

        assertEquals(0, DenseMatrix.of((Matrix.Fixed) Opcode.APPLY_CCZ.matrix()).distance(ccz));
        assertEquals(
                0, DenseMatrix.of((Matrix.Fixed) Opcode.APPLY_TOFFOLI.matrix()).distance(toffoli));
    }

    @ParameterizedTest
    @EnumSource
    void what_a_row_says_in_words_is_one_sentence_and_magic_is_asked_for(Opcode opcode) {
        assertTrue(opcode.meaning().endsWith("."), opcode.meaning());
        assertTrue(
                Character.isUpperCase(opcode.meaning().charAt(0))
                        || opcode.meaning().startsWith("exp")
                        || opcode.meaning().startsWith("1 "),
                opcode.meaning());
        boolean magic = opcode.family() == Family.MAGIC || opcode.family() == Family.ROTATION;
        assertEquals(magic, opcode.capability().equals(Optional.of(Capability.MAGIC)));
        if (opcode.tCount() > 0) assertEquals(Family.MAGIC, opcode.family());
        if (opcode.undo() instanceof Undo.Never(var because))
            assertFalse(because.endsWith("."), because);
    }

    private static boolean equalButPhase(Opcode opcode, DenseMatrix other) {
        DenseMatrix product = DenseMatrix.of((Matrix.Fixed) opcode.matrix()).adjoint().times(other);
        DenseMatrix phase = DenseMatrix.identity(product.rows).times(product.re[0], product.im[0]);
        return product.distance(phase) < TOLERANCE;
    }

    /// How far a flow "P -> Q ^ m" is from holding: Q K = (-1)^m K P for the Kraus operator K of
    /// each outcome (Stim's definition of a flow, arXiv:2103.02202).
    private static double distance(
            String flow, String pauli, DenseMatrix kraus, int outcome, int outcomes) {
        String[] sides = flow.replace("P", pauli).split(" -> ");
        String target = sides[1].replace("-m", "- ^ m");
        boolean odd = false;
        List<String> factors = new ArrayList<>();
        for (String factor : target.split(" \\^ ")) {
            String plain = factor.replaceFirst("^-", "");
            if (plain.startsWith("m")) {
                int bit = Integer.parseInt(plain.substring(1));
                int bits = Integer.numberOfTrailingZeros(outcomes);
                odd ^= (outcome >> bits - 1 - bit & 1) != 0;
            } else {
                factors.add(plain);
            }
            if (factor.startsWith("-")) odd ^= true;
        }
        String to = String.join("", factors).replace("--", "");
        DenseMatrix after = to.isEmpty() ? kraus : DenseMatrix.pauli(to).times(kraus);
        boolean prepared = sides[0].equals("1");
        DenseMatrix before = prepared ? kraus : kraus.times(DenseMatrix.pauli(sides[0]));
        return after.distance(before.times(odd ? -1 : 1, 0));
    }

    /// The Kraus operators of a row, by outcome with the first event as the highest bit, from the
    /// definition of the operation; none if the row says nothing about states.
    private static List<DenseMatrix> outcomes(
            Opcode opcode, String pauli, SplittableRandom random) {
        return switch (opcode.matrix()) {
            case Matrix.Fixed fixed -> List.of(DenseMatrix.of(fixed));
            case Matrix.Rotation() ->
                    List.of(DenseMatrix.rotation(letters(opcode, pauli), random.nextDouble(-7, 7)));
            case Matrix.None() ->
                    switch (opcode) {
                        case ALLOC_LQ -> List.of(column(1, 0));
                        case RESET -> List.of(column(1, 0).times(row(random)));
                        case MEASURE_Z -> projectors("Z");
                        case MEASURE_X -> projectors("X");
                        case MEASURE_Y -> projectors("Y");
                        case MEASURE_PAULI -> projectors(pauli);
                        case MEASURE_BELL -> bell();
                        case OPEN_CHAN ->
                                List.of(
                                        column(Math.sqrt(0.5), 0, 0, Math.sqrt(0.5))
                                                .times(row(random).tensor(row(random))));
                        default -> List.of();
                    };
        };
    }

    private static DenseMatrix column(double... entries) {
        var column = new DenseMatrix(entries.length, 1);
        System.arraycopy(entries, 0, column.re, 0, entries.length);
        return column;
    }

    private static DenseMatrix row(SplittableRandom random) {
        return column(random.nextDouble(), random.nextDouble()).adjoint();
    }

    private static List<DenseMatrix> projectors(String pauli) {
        DenseMatrix letters = DenseMatrix.pauli(pauli).times(0.5, 0);
        DenseMatrix half = DenseMatrix.identity(letters.rows).times(0.5, 0);
        return List.of(half.plus(letters), half.plus(letters.times(-1, 0)));
    }

    private static List<DenseMatrix> bell() {
        List<DenseMatrix> products = new ArrayList<>();
        for (DenseMatrix x : projectors("XX")) {
            for (DenseMatrix z : projectors("ZZ")) products.add(x.times(z));
        }
        return products;
    }

    /// The letters that a rotation turns about: its own, or the given ones for ROTATE_PAULI.
    private static String letters(Opcode opcode, String pauli) {
        return opcode == Opcode.ROTATE_PAULI ? pauli : opcode.mnemonic().substring(1);
    }

    /// A signed Pauli string with at least one letter that is not I.
    private static String string(SplittableRandom random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append("IXYZ".charAt(random.nextInt(4)));
        text.setCharAt(random.nextInt(length), "XYZ".charAt(random.nextInt(3)));
        return (random.nextBoolean() ? "-" : "") + text;
    }
}
