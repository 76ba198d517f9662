package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;

/// Passes on whole programs that no level takes.
final class ProgramPassesTest {

    private static final OptimizerSettings SETTINGS =
            new OptimizerSettings(0, OptimizerSettings.Target.IDEAL).withLayers(50);

    /// Every pass by its name.
    @ParameterizedTest
    @EnumSource(
            value = PassName.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FEWEST_T_GATES", "ROTATION_WORDS", "EXPANDED_TELEPORTATION"})
    void results_have_the_same_distribution(PassName name) {
        GraphPass pass = name.pass(SETTINGS);
        for (long seed = 5000; seed < 5080; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph after = pass.apply(graph);

            OutputOracle.verified(after, name + " seed " + seed);
            OutputOracle.assertSame(graph, after, name + " seed " + seed);
        }
    }

    @Test
    void a_program_becomes_pauli_products() {
        String body =
                "h q[0]; t q[0]; cx q[0], q[1]; ccx q[0], q[1], q[2]; ry(0.3) q[3]; cz q[2], q[3];"
                        + " c[0] = measure q[1]; s q[2]; h q[2]; tdg q[2]; reset q[1];"
                        + " cx q[2], q[1]; if (c[0]) { h q[2]; x q[3]; cx q[2], q[3];"
                        + " swap q[0], q[2]; } h q[3]; t q[3]; h q[3]; c[1] = measure q[2];"
                        + " c[2] = measure q[3]; c[3] = measure q[1]; c[4] = measure q[0];";
        Graph graph = QasmPrograms.graph(body);

        Graph after = new PauliComputation().apply(graph);

        for (int node = 0; node < after.size(); node++) {
            Opcode opcode = after.opcode(node);
            assertTrue(opcode.family() != Family.CLIFFORD, opcode.name());
            assertTrue(opcode.family() != Family.MAGIC, opcode.name());
        }
        OutputOracle.verified(after, body);
        OutputOracle.assertSame(graph, after, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ccx q[0], q[1], q[4]; cx q[4], q[2]; ccx q[1], q[0], q[4]; reset q[4]; | 1",
                "ccx q[0], q[1], q[4]; t q[0]; cz q[4], q[2]; ccx q[0], q[1], q[4]; reset q[4];"
                        + " | 1",
                "x q[1]; ccx q[0], q[1], q[4]; x q[1]; cx q[4], q[2]; x q[1]; ccx q[0], q[1], q[4];"
                        + " reset q[4]; | 1",
                "ccx q[0], q[1], q[4]; cx q[4], q[2]; ccx q[0], q[1], q[4]; h q[4]; | 2",
                "ccx q[0], q[1], q[4]; h q[4]; ccx q[0], q[1], q[4]; reset q[4]; | 2",
                "ccx q[0], q[1], q[4]; h q[0]; ccx q[0], q[1], q[4]; reset q[4]; | 2",
                "ccx q[0], q[1], q[4]; x q[0]; ccx q[0], q[1], q[4]; reset q[4]; | 2",
                "h q[4]; ccx q[0], q[1], q[4]; cx q[4], q[2]; ccx q[0], q[1], q[4]; reset q[4];"
                        + " | 2",
            })
    void products_are_taken_back_by_measurement(String body, int toffolis) {
        String first =
                "reset q[4]; h q[0]; t q[0]; h q[0]; ry(0.4) q[1]; cx q[0], q[1]; h q[1]; h q[2];"
                        + " t q[2];";
        String last =
                "h q[0]; t q[0]; h q[0]; h q[1]; h q[2]; c[0] = measure q[0]; c[1] = measure q[1];"
                        + " c[2] = measure q[2]; c[3] = measure q[4];";
        Graph graph = QasmPrograms.graph(first + body + last);

        Graph after = new MeasuredUncomputation().apply(graph);

        assertEquals(toffolis, count(after, Opcode.APPLY_TOFFOLI), body);
        assertEquals(4 * toffolis + 3, ProgramFigures.of(after).tCount(), body);
        OutputOracle.verified(after, body);
        OutputOracle.assertSame(graph, after, body);
    }

    private static int count(Graph graph, Opcode opcode) {
        int count = 0;
        for (int node = 0; node < graph.size(); node++) if (graph.opcode(node) == opcode) count++;
        return count;
    }

    @Test
    void links_are_written_out() {
        int written = 0;
        for (long seed = 6000; seed < 6100; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            int before = count(graph, Opcode.TELEPORT_CNOT);
            if (before > 2) continue; // each makes the oracle follow eight times as many ways
            Graph after = new ExpandedTeleportation().apply(graph);

            OutputOracle.verified(after, "seed " + seed);
            OutputOracle.assertSame(graph, after, "seed " + seed);
            if (count(after, Opcode.TELEPORT_CNOT) < before) written++;
        }
        assertTrue(written > 20, written + " programs had such gates");
    }
}
