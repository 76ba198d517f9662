package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qvm.Graph;

final class GuardedGatesTest {

    private static final GuardedGates PASS = new GuardedGates(PassName.ofLevel(2));

    @Test
    void results_have_the_same_distribution() {
        int shorter = 0;
        for (long seed = 3000; seed < 3400; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            Graph after = PASS.apply(graph);

            OutputOracle.verified(after, "seed " + seed);
            OutputOracle.assertSame(graph, after, "seed " + seed);
            if (after.size() < graph.size()) shorter++;
        }
        assertTrue(shorter > 20, shorter + " programs became shorter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "if (c[0]) { h q[1]; cx q[1], q[2]; cx q[1], q[2]; h q[1]; } | 0",
                "if (c[0]) { t q[1]; } h q[2]; if (c[0]) { t q[1]; } | 1",
                "if (c[0]) { t q[1]; } h q[1]; if (c[0]) { t q[1]; } | 2",
                "if (c[0]) { h q[1]; } if (c[1]) { h q[1]; } | 2",
                "if (c[0]) { h q[1]; } barrier q; if (c[0]) { h q[1]; } | 2",
                "if (c[0]) { cx q[1], q[2]; t q[2]; cx q[1], q[2]; tdg q[3]; cx q[1], q[2];"
                        + " tdg q[2]; cx q[1], q[2]; t q[3]; } | 0",
            })
    void gates_of_one_guard_are_a_stretch(String body, int left) {
        String first = "h q[0]; h q[1]; h q[2]; c[0] = measure q[0]; c[1] = measure q[4];";
        String last = "h q[1]; c[2] = measure q[1]; h q[2]; c[3] = measure q[2];";
        Graph graph = QasmPrograms.graph(first + body + last);

        Graph after = PASS.apply(graph);

        int guarded = 0;
        for (int node = 0; node < after.size(); node++) {
            if (after.guardIndex(node) != 0 && GateKind.has(after.opcode(node))) guarded++;
        }
        assertEquals(left, guarded);
        OutputOracle.verified(after, body);
        OutputOracle.assertSame(graph, after, body);
    }
}
