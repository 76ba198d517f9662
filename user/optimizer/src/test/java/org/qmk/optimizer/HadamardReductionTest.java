package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qvm.Opcode;

final class HadamardReductionTest {

    @Test
    void turns_stay_as_many_and_hadamard_gates_get_fewer() {
        long before = 0;
        long after = 0;
        for (long seed = 0; seed < 60; seed++) {
            GateList gates =
                    GateListGenerator.gates(seed, 6, 200, GateListGenerator.Mix.CLIFFORD_T);
            GateList folded = new PhaseFolding().apply(gates);

            GateList reduced = new HadamardReduction().apply(folded);

            assertEquals(folded.tCount(), reduced.tCount(), "seed " + seed);
            long left = HadamardReduction.internal(reduced);
            assertTrue(left <= HadamardReduction.internal(folded), "seed " + seed);
            assertEquals(left, internal(new HadamardReduction().apply(reduced)), "seed " + seed);
            before += HadamardReduction.internal(folded);
            after += left;
        }
        assertTrue(2 * after < before, before + " became " + after);
    }

    private static long internal(GateList gates) {
        return HadamardReduction.internal(gates);
    }

    /// The counts of arXiv:2302.07040, table 1: n controls by a chain of Toffoli gates and back.
    @ParameterizedTest
    @CsvSource({"3, 2", "4, 4", "5, 6", "10, 16"})
    void controlled_gates_have_the_published_count(int controls, int expected) {
        int ancillas = controls - 2;
        int target = controls + ancillas;
        var gates = new GateList(target + 1);
        gates.add(Opcode.APPLY_TOFFOLI, 0, 1, controls);
        for (int i = 1; i < ancillas; i++) {
            gates.add(Opcode.APPLY_TOFFOLI, i + 1, controls + i - 1, controls + i);
        }
        int there = gates.size();
        gates.add(Opcode.APPLY_TOFFOLI, controls - 1, target - 1, target);
        for (int i = there - 1; i >= 0; i--) gates.addFrom(gates, i);

        GateList reduced =
                new HadamardReduction()
                        .apply(new PhaseFolding().apply(new ThreeQubitGates().apply(gates)));

        assertEquals(expected, HadamardReduction.internal(reduced));
    }
}
