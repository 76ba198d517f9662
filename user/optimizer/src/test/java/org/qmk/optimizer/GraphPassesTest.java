package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.qmk.qvm.Graph;

final class GraphPassesTest {

    static final List<GraphPass> PASSES = List.of(new KnownStates(), new DeadCode());

    @ParameterizedTest
    @FieldSource("PASSES")
    void results_have_the_same_distribution(GraphPass pass) {
        int changed = 0;
        for (long seed = 1000; seed < 1600; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph after = pass.apply(graph);

            String what = pass.title() + " seed " + seed;
            OutputOracle.verified(after, what);
            OutputOracle.assertSame(graph, after, what);
            if (after.size() < graph.size()) changed++;
        }
        assertTrue(changed > 100, "a test of programs that do not change shows nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reset q[4]; cx q[0], q[4]; cx q[1], q[4]; c[0] = measure q[4]; reset q[4];"
                        + " | MEASURE_PAULI",
                "reset q[4]; h q[4]; cx q[4], q[0]; cx q[4], q[2]; h q[4]; c[0] = measure q[4];"
                        + " | MEASURE_PAULI",
                "reset q[4]; cx q[0], q[4]; cx q[1], q[4]; c[0] = measure q[4]; x q[4]; c[1] ="
                        + " measure q[4]; | MEASURE_Z",
                "reset q[4]; cx q[0], q[4]; h q[0]; cx q[1], q[4]; c[0] = measure q[4]; reset q[4];"
                        + " | MEASURE_Z",
                "h q[4]; cx q[0], q[4]; cx q[1], q[4]; c[0] = measure q[4]; reset q[4];"
                        + " | MEASURE_Z",
                "reset q[4]; cx q[0], q[4]; cx q[0], q[4]; c[0] = measure q[4]; reset q[4];"
                        + " | MEASURE_Z",
            })
    void a_product_measured_by_an_ancilla_is_measured_at_once(String checks, String expected) {
        String first = "h q[0]; t q[0]; h q[0]; cx q[0], q[1]; ry(0.4) q[2]; cx q[2], q[1];";
        String last =
                "h q[0]; sx q[1]; c[2] = measure q[0]; c[3] = measure q[1]; h q[2];"
                        + " c[4] = measure q[2];";
        Graph graph = QasmPrograms.graph(first + checks + last);

        Graph after = new JointMeasurements().apply(graph);

        OutputOracle.verified(after, checks);
        OutputOracle.assertSame(graph, after, checks);
        boolean joined = after.size() < graph.size();
        assertEquals(expected.equals("MEASURE_PAULI"), joined, checks);
        assertEquals(joined, QasmPrograms.operations(after).toString().contains("MEASURE_PAULI"));
    }

    @Test
    void what_a_target_lacks_is_written_otherwise() {
        int written = 0;
        for (long seed = 2000; seed < 2060; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph large = new LargeGates().apply(graph);
            Graph words = new RotationWords(OptionalDouble.of(1e-9)).apply(large);

            OutputOracle.verified(words, "seed " + seed);
            OutputOracle.assertSame(graph, large, "large gates, seed " + seed);
            OutputOracle.assertSame(graph, words, "rotation words, seed " + seed);
            if (rotations(graph) > 0 && rotations(words) == 0) written++;
        }
        assertTrue(written > 10, "programs without rotations show nothing");
    }

    private static long rotations(Graph graph) {
        return ProgramFigures.of(graph).rotations();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cx q[0], q[1]; |",
                "x q[0]; cx q[0], q[1]; | APPLY_X q[0]; APPLY_X q[1]",
                "h q[0]; h q[1]; cx q[0], q[1]; | APPLY_H q[0]; APPLY_H q[1]",
                "h q[0]; x q[1]; h q[1]; cx q[0], q[1]; | APPLY_H q[0]; APPLY_X q[1]; APPLY_H q[1];"
                        + " APPLY_Z q[0]",
                "h q[0]; cx q[0], q[1]; | APPLY_H q[0]; APPLY_CNOT q[0] q[1]",
                "h q[1]; h q[2]; x q[0]; ccx q[0], q[1], q[3]; | APPLY_H q[1]; APPLY_H q[2];"
                        + " APPLY_X q[0]; APPLY_CNOT q[1] q[3]",
                "t q[0]; rz(0.3) q[0]; z q[0]; s q[0]; |",
                "h q[0]; t q[0]; | APPLY_H q[0]; APPLY_T q[0]",
                "h q[0]; s q[0]; ry(0.3) q[0]; | APPLY_H q[0]; APPLY_S q[0]",
                "h q[0]; cx q[0], q[1]; reset q[1]; cx q[1], q[0]; | APPLY_H q[0]; APPLY_CNOT q[0]"
                        + " q[1]; RESET q[1]",
            })
    void known_states_make_gates_smaller(String body, String expected) {
        Graph graph = QasmPrograms.graph(body);

        Graph after = new KnownStates().apply(graph);

        assertEquals(gates(expected), QasmPrograms.operations(after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h q[0]; |",
                "h q[0]; c[0] = measure q[0]; h q[0]; | APPLY_H q[0]; MEASURE_Z q[0]",
                "h q[0]; t q[0]; c[0] = measure q[0]; | APPLY_H q[0]; MEASURE_Z q[0]",
                "h q[0]; cz q[0], q[1]; c[0] = measure q[0]; | APPLY_H q[0]; MEASURE_Z q[0]",
                "h q[0]; cx q[0], q[1]; c[0] = measure q[0]; | APPLY_H q[0]; MEASURE_Z q[0]",
                "h q[0]; cx q[0], q[1]; c[1] = measure q[1]; | APPLY_H q[0]; APPLY_CNOT q[0] q[1];"
                        + " MEASURE_Z q[1]",
                "h q[0]; cz q[0], q[1]; h q[1]; c[0] = measure q[0]; c[1] = measure q[1]; | APPLY_H"
                        + " q[0]; APPLY_CZ q[0] q[1]; APPLY_H q[1]; MEASURE_Z q[0]; MEASURE_Z q[1]",
                "h q[0]; t q[0]; cx q[0], q[1]; c[0] = measure q[0]; c[1] = measure q[1]; | APPLY_H"
                        + " q[0]; APPLY_CNOT q[0] q[1]; MEASURE_Z q[0]; MEASURE_Z q[1]",
                "h q[0]; t q[0]; reset q[0]; h q[0]; c[0] = measure q[0]; | RESET q[0]; APPLY_H"
                        + " q[0]; MEASURE_Z q[0]",
            })
    void dead_code_goes(String body, String expected) {
        Graph graph = QasmPrograms.graph(body);

        Graph after = new DeadCode().apply(graph);

        assertEquals(gates(expected), gates(String.join(";", QasmPrograms.operations(after))));
    }

    /// The names of events depend on the reader and are left away.
    private static List<String> gates(String text) {
        if (text == null || text.isBlank()) return List.of();
        return Stream.of(text.split(";"))
                .map(String::strip)
                .map(gate -> gate.replaceAll("(MEASURE_Z \\S+).*", "$1"))
                .toList();
    }
}
