package org.qmk.qec.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qec.GoldenQec;
import org.qmk.qec.QecFailure;

class CircuitTextTest {

    private static final String ALL =
            """
            QUBIT_COORDS(1, 2.5) 0
            R[a\\Cb] 0 1
            CX sweep[3] 0 0 1
            MPP(0.01) !X0*Z1 Y2
            SPP X0*X1
            PAULI_CHANNEL_1(0.01, 0.02, 1e-9) 0
            E(0.25) X0 Y1
            ELSE_CORRELATED_ERROR(0.125) Z2
            HERALDED_ERASE(0.5) 0
            MPAD 0 1
            REPEAT[loop] 1000000000000 {
                MXX 0 !1
                REPEAT 2 {
                    CZ rec[-1] 0
                    TICK
                }
                DETECTOR(1, -2) rec[-1]
            }
            SHIFT_COORDS(0, 0.5)
            OBSERVABLE_INCLUDE(2) rec[-1] X0
            """;

    static List<String> sets() {
        return GoldenQec.sets();
    }

    @Test
    void what_is_written_reads_back() throws QecFailure {
        Circuit circuit = Circuit.parse(ALL);

        assertEquals(ALL, circuit.toString());
        assertEquals(circuit, Circuit.parse(circuit.toString()));
        assertEquals(1_000_000_000_005L, circuit.measurements());
        assertEquals(1_000_000_000_000L, circuit.detectors());
        assertEquals(3, circuit.observables());
        assertEquals(4, circuit.sweepBits());
        assertEquals(3, circuit.qubits());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void golden_circuits_read_back(String set) throws IOException, QecFailure {
        Circuit circuit = Circuit.parse(GoldenQec.text(set, ".stim"));

        assertEquals(circuit, Circuit.parse(circuit.toString()));
    }

    @Test
    void equal_neighbours_become_one_and_aliases_their_gate() throws QecFailure {
        assertEquals("H 0 1\nCX 0 1\n", Circuit.parse("h 0\nH_XZ 1 # x\nCNOT 0 1").toString());
        assertEquals("H 0\nH[t] 0\n", Circuit.parse("H 0\nH[t] 0").toString());
        assertEquals("TICK\nTICK\n", Circuit.parse("TICK\nTICK").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H 0 $|QEC-SYNTAX-1|1|5",
                "FOO 0|QEC-SYNTAX-2|1|1",
                "H 16777216|QEC-SYNTAX-3|1|10",
                "X_ERROR(q) 0|QEC-SYNTAX-3|1|9",
                "REPEAT 2 {|QEC-SYNTAX-4|1|1",
                "}|QEC-SYNTAX-4|1|1",
                "X_ERROR(1.5) 0|QEC-CIRCUIT-1|1|1",
                "DEPOLARIZE1 0|QEC-CIRCUIT-1|1|1",
                "PAULI_CHANNEL_1(0.5,0.4,0.3) 0|QEC-CIRCUIT-1|1|1",
                "CX 0|QEC-CIRCUIT-2|1|1",
                "CX 1 1|QEC-CIRCUIT-2|1|1",
                "H rec[-1]|QEC-CIRCUIT-2|1|1",
                "CX 0 rec[-1]|QEC-CIRCUIT-2|1|1",
                "MPP X0*|QEC-CIRCUIT-2|1|1",
                "M rec[1]|QEC-CIRCUIT-3|1|7",
                "MPP X0*Z0|QEC-CIRCUIT-5|1|1",
            })
    void mistakes_have_a_code_and_a_place(String text, String code, int line, int column) {
        var failure = assertThrows(QecFailure.class, () -> Circuit.parse("M 0\n" + text));

        assertEquals(code, failure.rule().code(), failure.getMessage());
        assertEquals(line + 1, failure.line(), failure.getMessage());
        assertEquals(column, failure.column(), failure.getMessage());
    }

    @Test
    void more_measurements_than_fit_are_refused() {
        String text = "REPEAT 9000000000000000000 {\nM 0 1\n}";

        var failure = assertThrows(QecFailure.class, () -> Circuit.parse(text));

        assertEquals("QEC-CIRCUIT-6", failure.rule().code());
    }

    @ParameterizedTest
    @EnumSource(Gate.class)
    void clifford_gates_are_words_that_say_what_their_images_say(Gate gate) {
        if (gate.images().isEmpty()) return;

        List<CliffordWord.Step> word = CliffordWord.of(gate);

        // A gate on one qubit needs none of the second; none needs more than 9 steps.
        assertTrue(word.size() <= 9, word.toString());
        if (!gate.isPaired()) {
            for (var step : word) assertTrue(step.name().endsWith("_A"), word.toString());
        }
    }

    @Test
    void repeated_letters_of_a_product_are_multiplied_out() throws QecFailure {
        int[] targets = {
            Target.pauli('X', 0),
            Target.COMBINER,
            Target.pauli('Z', 1),
            Target.COMBINER,
            Target.pauli('Y', 0),
            Target.COMBINER,
            Target.pauli('X', 1)
        };

        LetterProduct product = LetterProduct.of(targets, 0, targets.length);

        // X Y = i Z and Z X = i Y: together -Z Y.
        assertTrue(product.negative());
        assertEquals("Z0", Target.text(product.letters()[0]));
        assertEquals("Y1", Target.text(product.letters()[1]));
    }
}
