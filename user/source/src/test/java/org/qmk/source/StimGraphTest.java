package org.qmk.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qec.circuit.Gate;
import org.qmk.qvm.Graph;
import org.qmk.sim.Choice;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulators;

/// Stim circuits become graphs that do what the table of Stim's gates says.
class StimGraphTest {

    private static final int SHOTS = 64;

    private static Loading load(String circuit) {
        return Loading.of("c.stim", circuit.getBytes(StandardCharsets.UTF_8));
    }

    private static Graph graph(String circuit) {
        Loading loading = load(circuit);
        var accepted = assertInstanceOf(Loading.Accepted.class, loading, loading::toString);
        return accepted.program().graph();
    }

    /// The results of some shots, a character for each bit.
    private static List<String> results(String circuit) {
        Graph graph = graph(circuit);
        var chosen = assertInstanceOf(Choice.Chosen.class, Simulators.choose(graph));
        ShotOutcomes outcomes = chosen.simulator().run(graph, new Shots(7, 0, SHOTS));
        List<String> results = new ArrayList<>();
        for (int shot = 0; shot < SHOTS; shot++) {
            var bits = new StringBuilder();
            for (int i = 0; i < graph.outputs().size(); i++) {
                bits.append(outcomes.bit(graph.outputEvent(i), shot) ? '1' : '0');
            }
            results.add(bits.toString());
        }
        return results;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X 0; M 0 !0 1 | 100",
                "RX 0; MX 0 !0 | 01",
                "RY 0; MY 0; Z 0; MY 0 | 01",
                "X 0; MR 0; M 0 | 10",
                "X 0; M 0; CX rec[-1] 1; CZ 1 rec[-1]; M 1 | 11",
                "H 1; M 0; X 0; M 0; XCZ 2 rec[-1]; M 2; YCZ 2 rec[-1]; M 2; H 1; M 1 | 01100",
                "MPAD 0 1 1 | 011",
                "H 0; CX 0 1; MXX 0 1; MZZ 0 !1; MPP !Y0*Y1 X0*X1*Z1*Z0 | 0100",
                "R 0; REPEAT 3 { X 0; M 0 } | 101",
                "RX 0; SPP X0 Z0; MY 0; SPP_DAG Z0; MX 0 | 00",
                "R 0; SPP X0*X1; SPP X0*X1; M 0 1 | 11",
                "MPP X0*X0 !X0*X0; TICK; DETECTOR(1) rec[-1]; I_ERROR 0 | 01",
            })
    void a_circuit_gives_its_results(String circuit, String expected) {
        String text = circuit.replace("{", "{\n").replace("; ", "\n").replace("}", "\n}");

        for (String result : results(text)) assertEquals(expected, result, text);
    }

    static Stream<Gate> cliffords() {
        return Stream.of(Gate.values()).filter(gate -> !gate.images().isEmpty());
    }

    /// After the gate a Pauli that was prepared on one qubit is measured as what the table says.
    @ParameterizedTest
    @MethodSource("cliffords")
    void a_gate_turns_paulis_as_its_row_says(Gate gate) {
        List<String> images = gate.images();
        boolean pair = images.size() == 4;
        for (int i = 0; i < images.size(); i++) {
            String image = images.get(i);
            String letters = image.replace("-", "");
            List<String> factors = new ArrayList<>();
            for (int q = 0; q < letters.length(); q++) {
                if (letters.charAt(q) != '_') factors.add("" + letters.charAt(q) + q);
            }
            String circuit =
                    (i % 2 == 0 ? "RX " : "R ")
                            + i / 2
                            + "\n"
                            + gate.name()
                            + (pair ? " 0 1\n" : " 0\n")
                            + "MPP "
                            + String.join("*", factors)
                            + "\n";
            String expected = image.startsWith("-") ? "1" : "0";

            for (String result : results(circuit)) {
                assertEquals(expected, result, () -> gate + ", image " + image);
            }
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(SourceRule.STIM_NOISE.code(), "X_ERROR(0.1) 0\nM 0"),
                Arguments.of(SourceRule.STIM_NOISE.code(), "M(0.01) 0"),
                Arguments.of(SourceRule.STIM_SWEEP.code(), "CX sweep[0] 1"),
                Arguments.of(SourceRule.STIM_RECORD.code(), "CX rec[-1] 1\nM 0"),
                Arguments.of(SourceRule.STIM_SIZE.code(), "REPEAT 99999999999 {\nX 0\n}"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String code, String circuit) {
        var refused = assertInstanceOf(Loading.Refused.class, load(circuit));

        assertEquals(code, refused.diagnostics().getFirst().code());
    }

    @Test
    void loops_that_do_nothing_end() {
        String text = "REPEAT 999999999999 {\nREPEAT 999999999999 {\nI 0\n}\n}\nM 0\n";

        assertEquals(1, graph(text).outputs().size());
    }

    @Test
    void noise_and_circuits_of_any_letters_never_throw() {
        String[] words = {
            "X 0",
            "M 0 1",
            "rec[-1]",
            "CX",
            "MPP X0*Z1",
            "{",
            "}",
            "REPEAT 2 {",
            "SPP",
            "!",
            "*",
            "(0.1)",
            "R",
            "MPAD 2",
            "DETECTOR",
            "99999999",
            "[tag]",
            "#",
            "sweep[3]",
            "MXX 0",
        };
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder("H 0\n");
            IntStream.range(0, random.nextInt(8))
                    .forEach(
                            _ ->
                                    text.append(words[random.nextInt(words.length)])
                                            .append(random.nextBoolean() ? "\n" : " "));
            try {
                load(text.toString());
            } catch (RuntimeException escaped) {
                throw new AssertionError("seed " + seed + ":\n" + text, escaped);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_gate_begins_a_circuit(Gate gate) {
        byte[] text = (gate.name() + " 0 1\n").getBytes(StandardCharsets.UTF_8);

        assertEquals(SourceForm.STIM, SourceForm.of(text, "anything"));
    }
}
