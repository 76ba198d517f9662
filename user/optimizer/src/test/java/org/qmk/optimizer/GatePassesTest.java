package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class GatePassesTest {

    static final List<GatePass> PASSES =
            List.of(
                    new ExactAngles(),
                    new Cancellation(),
                    new SingleQubitRuns(),
                    new PhaseFolding(),
                    new CliffordRuns());

    @ParameterizedTest
    @FieldSource("PASSES")
    void the_matrix_is_the_same_up_to_a_phase(GatePass pass) {
        for (GateListGenerator.Mix mix : GateListGenerator.Mix.values()) {
            for (long seed = 0; seed < 150; seed++) {
                int qubits = 3 + (int) seed % 3;
                GateList gates = GateListGenerator.gates(seed, qubits, 10 + (int) seed, mix);

                GateList changed = pass.apply(gates);

                String what = pass.title() + " " + mix + " seed " + seed;
                CircuitOracle.assertSame(gates, changed, what);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("PASSES")
    void twelve_qubits_keep_their_matrix_too(GatePass pass) {
        for (GateListGenerator.Mix mix : GateListGenerator.Mix.values()) {
            GateList gates = GateListGenerator.gates(1, 12, 150, mix);

            CircuitOracle.assertSame(gates, pass.apply(gates), pass.title() + " " + mix);
        }
    }

    @ParameterizedTest
    @FieldSource("PASSES")
    void no_pass_adds_t_gates(GatePass pass) {
        for (long seed = 0; seed < 50; seed++) {
            GateList gates =
                    GateListGenerator.gates(seed, 8, 400, GateListGenerator.Mix.CLIFFORD_T);

            assertTrue(pass.apply(gates).tCount() <= gates.tCount(), "seed " + seed);
        }
    }
}
