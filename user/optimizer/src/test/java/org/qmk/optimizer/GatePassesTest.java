package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.qmk.qvm.Opcode;

final class GatePassesTest {

    static final List<GatePass> PASSES =
            List.of(
                    new ExactAngles(),
                    new Cancellation(),
                    new SingleQubitRuns(),
                    new PhaseFolding(),
                    new CliffordRuns(),
                    new HadamardReduction(),
                    new ToffoliDetection(),
                    new ToffoliPairs(),
                    new ThreeQubitGates());

    @ParameterizedTest
    @FieldSource("PASSES")
    void the_matrix_is_the_same_up_to_a_phase(GatePass pass) {
        for (GateListGenerator.Mix mix : GateListGenerator.Mix.values()) {
            for (long seed = 0; seed < 100; seed++) {
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
    void large_clifford_circuits_keep_their_tableau(GatePass pass) {
        for (int qubits = 20; qubits <= 150; qubits += 65) {
            GateList gates =
                    GateListGenerator.gates(qubits, qubits, 6000, GateListGenerator.Mix.CLIFFORD);

            TableauOracle.assertSame(gates, pass.apply(gates), pass.title() + " " + qubits);
        }
    }

    @Test
    void a_long_clifford_circuit_on_few_qubits_becomes_short() {
        GateList gates = GateListGenerator.gates(3, 8, 2000, GateListGenerator.Mix.CLIFFORD);

        int size = new CliffordRuns().apply(gates).size();

        assertTrue(size < 8 * 8 * 4, "any Clifford operation on 8 qubits has a circuit that short");
    }

    @ParameterizedTest
    @FieldSource("PASSES")
    void measurements_are_refused(GatePass pass) {
        var gates = new GateList(1);
        gates.measure(Opcode.MEASURE_Z, 0);

        assertThrows(IllegalArgumentException.class, () -> pass.apply(gates));
    }

    @ParameterizedTest
    @CsvSource({"2000, 50", "20000, 3", "300, 3000"})
    void turns_merge_wherever_they_commute(int turns, int qubits) {
        // Every T is followed, after all of them, by its inverse on the same parity.
        var gates = new GateList(qubits);
        var random = new SplittableRandom(turns);
        GateList half = new GateList(qubits);
        for (int i = 0; i < turns; i++) {
            int a = random.nextInt(qubits);
            half.add(Opcode.APPLY_CNOT, a, (a + 1 + random.nextInt(qubits - 1)) % qubits);
            half.add(Opcode.APPLY_T, random.nextInt(qubits));
        }
        for (int i = 0; i < half.size(); i++) gates.addFrom(half, i);
        for (int i = 0; i < half.size(); i++) {
            int last = half.size() - 1 - i;
            if (half.second(last) == GateList.NONE) gates.add(Opcode.APPLY_TDG, half.first(last));
            else gates.addFrom(half, last);
        }

        assertEquals(0, new PhaseFolding().apply(gates).tCount());
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
