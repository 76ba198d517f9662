package org.qmk.optimizer.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

class RotationSynthesisTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("qmk.root", "../.."))
                    .resolve("../shared/conformance/gridsynth/gridsynth_vectors.json");

    private static final Pattern VECTOR =
            Pattern.compile(
                    "\"eps\": \"([^\"]+)\",\\s*\"theta\": \"([^\"]+)\",\\s*\"t\": (\\d+),\\s*"
                            + "\"len\": \\d+,\\s*\"gates\": \"([A-Z]+)\"");

    private record Vector(double epsilon, double angle, int tCount, String gates) {}

    private static List<Vector> vectors() throws IOException {
        assumeTrue(Files.exists(VECTORS), VECTORS + " is not here: skipped");
        List<Vector> vectors = new ArrayList<>();
        Matcher matcher = VECTOR.matcher(Files.readString(VECTORS));
        while (matcher.find()) {
            vectors.add(
                    new Vector(
                            Double.parseDouble(matcher.group(1)),
                            angle(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)),
                            matcher.group(4)));
        }
        assertEquals(48, vectors.size());
        return vectors;
    }

    private static double angle(String text) {
        if (!text.startsWith("pi/")) return Double.parseDouble(text);
        return Math.PI / Integer.parseInt(text.substring(3));
    }

    /// The reference bounds twice the operator norm.
    @Test
    void words_have_at_most_two_t_gates_more_than_the_reference_at_half_its_bound()
            throws IOException {
        for (Vector vector : vectors()) {
            var word = new RotationSynthesis(vector.epsilon / 2).word(vector.angle);

            double error = DecimalUnitary.of(word.gates()).distance(new BigDecimal(vector.angle));
            assertTrue(word.tCount() <= vector.tCount + 2, () -> word.tCount() + " T: " + vector);
            assertTrue(error <= vector.epsilon / 2, () -> error + ": " + vector);
        }
    }

    @Test
    void words_have_no_more_t_gates_than_the_reference_at_its_bound() throws IOException {
        for (Vector vector : vectors()) {
            var word = new RotationSynthesis(vector.epsilon).word(vector.angle);

            double error = DecimalUnitary.of(word.gates()).distance(new BigDecimal(vector.angle));
            assertTrue(word.tCount() <= vector.tCount, () -> word.tCount() + " T: " + vector);
            assertTrue(error <= vector.epsilon, () -> error + ": " + vector);
        }
    }

    @Test
    void words_of_the_reference_are_as_near_as_it_says_and_have_no_shorter_form()
            throws IOException {
        for (Vector vector : vectors()) {
            List<Opcode> gates = new ArrayList<>();
            for (char letter : vector.gates.toCharArray()) {
                switch (letter) {
                    case 'H' -> gates.addFirst(Opcode.APPLY_H);
                    case 'S' -> gates.addFirst(Opcode.APPLY_S);
                    case 'T' -> gates.addFirst(Opcode.APPLY_T);
                    case 'X' -> gates.addFirst(Opcode.APPLY_X);
                    // A phase.
                    case 'W' -> {}
                    default -> throw new IllegalStateException(vector.gates);
                }
            }
            var word = new CliffordTWord(gates, 0);

            assertTrue(word.error(vector.angle) <= vector.epsilon / 2, vector::toString);
            assertEquals(
                    vector.tCount, CliffordTWord.of(word.product()).tCount(), vector::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.15, 60, 3",
        "1e-2, 40, 3",
        "1e-4, 30, 3",
        "1e-7, 20, 3",
        "1e-10, 20, 3",
        "1e-16, 8, 3",
        "1e-30, 2, 4",
        "1e-45, 1, 6"
    })
    void random_angles_are_met_to_the_precision_with_about_the_expected_t_count(
            double precision, int angles, double slack) {
        var synthesis = new RotationSynthesis(precision);
        var random = new SplittableRandom(1403_2975);
        double sum = 0;
        for (int i = 0; i < angles; i++) {
            double angle = random.nextDouble(-20, 20);

            CliffordTWord word = synthesis.word(angle);

            double independent = DecimalUnitary.of(word.gates()).distance(new BigDecimal(angle));
            assertTrue(independent <= precision, () -> angle + ": " + independent);
            assertEquals(independent, word.error(angle), 1e-9 * precision, () -> angle + "");
            assertTrue(word.gates().size() <= 2 * word.tCount() + 5, () -> word.gates() + "");
            sum += word.tCount();
        }
        double mean = sum / angles;
        // Ross and Selinger, section 8: 3 log2(1/epsilon), and little more.
        double expected = -3 * Math.log(precision) / Math.log(2);
        assertTrue(mean <= expected + slack, () -> "mean T count " + mean);
    }

    @Test
    void multiples_of_a_quarter_of_pi_are_exact() {
        var synthesis = new RotationSynthesis(1e-30);
        for (int eighths = -33; eighths <= 33; eighths++) {
            double angle = eighths * Math.PI / 4;

            CliffordTWord word = synthesis.word(angle);

            assertEquals(eighths & 1, word.tCount());
            assertTrue(word.gates().size() <= 2, () -> angle + ": " + word);
            double error = DecimalUnitary.of(word.gates()).distance(new BigDecimal(angle));
            assertTrue(error < 1e-14, () -> angle + ": " + error);
        }
    }

    @Test
    void an_angle_near_a_multiple_costs_t_gates_only_if_the_precision_tells_them_apart() {
        double near = Math.PI / 4 + 1e-9;

        assertEquals(1, new RotationSynthesis(1e-9).word(near).tCount());
        assertEquals(120, new RotationSynthesis(1e-10).word(near).tCount());
        assertEquals(0, new RotationSynthesis(1e-10).word(1e-10).tCount());
        assertEquals(0, new RotationSynthesis(1e-60).word(1e-300).tCount());
        assertEquals(List.of(), new RotationSynthesis(1e-60).word(-0.0).gates());
    }

    @Test
    void any_finite_angle_is_met() {
        var synthesis = new RotationSynthesis(1e-8);
        for (double angle : new double[] {1e9, -1e17, 1e300, Double.MAX_VALUE, 1e-7, -1e-7}) {
            CliffordTWord word = synthesis.word(angle);

            assertTrue(word.error(angle) <= 1e-8, () -> angle + ": " + word.error(angle));
            assertTrue(word.tCount() > 60, () -> angle + ": " + word.tCount());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void an_angle_that_is_not_finite_is_refused(double angle) {
        var synthesis = new RotationSynthesis(1e-3);

        assertThrows(IllegalArgumentException.class, () -> synthesis.word(angle));
        assertThrows(IllegalArgumentException.class, () -> synthesis.mixture(angle));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1e-3, 1.0001, 0.9e-60, Double.POSITIVE_INFINITY})
    void a_precision_out_of_range_is_refused(double precision) {
        assertThrows(IllegalArgumentException.class, () -> new RotationSynthesis(precision));
    }

    @Test
    void a_precision_of_one_is_met_by_a_clifford_gate_or_a_t() {
        var synthesis = new RotationSynthesis(1);
        for (double angle = -7; angle < 7; angle += 0.1) {
            assertTrue(synthesis.word(angle).tCount() <= 1);
        }
    }

    @Test
    void a_repeated_angle_is_not_searched_again() {
        var synthesis = new RotationSynthesis(1e-10);

        assertSame(synthesis.word(0.3), synthesis.word(0.3));
        assertSame(synthesis.mixture(0.3), synthesis.mixture(0.3));
        assertEquals(synthesis.word(0.3), new RotationSynthesis(1e-10).word(0.3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RX", "RY", "RZ"})
    void a_rotation_about_any_axis_is_appended(String name) {
        var out = new GateList(3);
        double angle = 0.7;

        new RotationSynthesis(1e-6).append(out, Opcode.valueOf(name), 2, angle);

        List<Opcode> gates = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            assertEquals(2, out.first(i));
            gates.add(out.opcode(i));
        }
        double[][][] u = DecimalUnitary.of(gates).toDoubles();
        double c = Math.cos(angle / 2);
        double s = Math.sin(angle / 2);
        double[][][] wanted =
                switch (name) {
                    case "RX" -> new double[][][] {{{c, 0}, {0, -s}}, {{0, -s}, {c, 0}}};
                    case "RY" -> new double[][][] {{{c, 0}, {-s, 0}}, {{s, 0}, {c, 0}}};
                    default -> new double[][][] {{{c, -s}, {0, 0}}, {{0, 0}, {c, s}}};
                };
        assertEquals(2, Math.hypot(overlap(u, wanted, 0), overlap(u, wanted, 1)), 1.1e-12);
    }

    /// A part of the trace of one times the adjoint of the other.
    private static double overlap(double[][][] u, double[][][] v, int part) {
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double[] x = u[i][j];
                double[] y = v[i][j];
                sum += part == 0 ? x[0] * y[0] + x[1] * y[1] : x[1] * y[0] - x[0] * y[1];
            }
        }
        return sum;
    }

    @Test
    void only_rotations_of_one_qubit_are_appended() {
        var synthesis = new RotationSynthesis(1e-3);
        var out = new GateList(1);

        assertThrows(
                IllegalArgumentException.class,
                () -> synthesis.append(out, Opcode.APPLY_T, 0, 0.1));
    }
}
