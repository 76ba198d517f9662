package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.optimizer.GateListGenerator.Mix;
import org.qmk.qvm.Opcode;

final class ToffoliPassesTest {

    private static long large(GateList gates) {
        long count = 0;
        for (int i = 0; i < gates.size(); i++) if (gates.third(i) != GateList.NONE) count++;
        return count;
    }

    private static long toffolis(GateList gates) {
        long count = 0;
        for (int i = 0; i < gates.size(); i++) {
            if (gates.opcode(i) == Opcode.APPLY_TOFFOLI) count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPLY_CCZ", "APPLY_TOFFOLI"})
    void seven_t_gates_are_found(Opcode opcode) {
        var gates = new GateList(3);
        gates.add(opcode, 2, 0, 1);

        GateList found = new ToffoliDetection().apply(new ThreeQubitGates().apply(gates));

        assertEquals(0, found.tCount());
        assertEquals(1, large(found));
        assertEquals(opcode == Opcode.APPLY_TOFFOLI ? 1 : 0, toffolis(found));
        assertEquals(1, found.size());
    }

    /// Whatever Clifford gates stand around, and whichever way the seven turn.
    @Test
    void they_are_found_among_other_gates() {
        int all = 0;
        int detected = 0;
        for (long seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            var gates = new GateList(5);
            for (int block = 0; block < 4; block++) {
                GateList around = GateListGenerator.gates(8 * seed + block, 5, 6, Mix.CLIFFORD);
                for (int i = 0; i < around.size(); i++) gates.addFrom(around, i);
                int a = random.nextInt(5);
                gates.add(
                        random.nextBoolean() ? Opcode.APPLY_CCZ : Opcode.APPLY_TOFFOLI,
                        a,
                        (a + 1) % 5,
                        (a + 3) % 5);
                all++;
            }
            GateList small = new ThreeQubitGates().apply(gates);
            GateList turned = turned(small, random);

            GateList found = new ToffoliDetection().apply(turned);

            CircuitOracle.assertSame(turned, found, "seed " + seed);
            assertEquals(turned.tCount(), found.tCount() + 7 * large(found), "seed " + seed);
            detected += (int) large(found);
        }
        assertEquals(all, detected, all / 10.0, "found of " + all);
    }

    /// Some T gates the other way: not the same circuit, but the same up to Clifford gates.
    private static GateList turned(GateList gates, SplittableRandom random) {
        var out = new GateList(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            boolean turns = gates.opcode(i).tCount() == 1 && random.nextBoolean();
            if (!turns) out.addFrom(gates, i);
            else out.add(gates.opcode(i).inverse().orElseThrow(), gates.first(i));
        }
        return out;
    }

    /// What stands between two Toffoli gates with controls 0 and 1, and the T gates after.
    @ParameterizedTest
    @CsvSource({"none, 8", "target, 8", "diagonal, 8", "copied, 8", "control, 0", "flipped, 0"})
    void pairs_take_four_t_gates_each(String between, int expected) {
        var gates = new GateList(5);
        gates.add(Opcode.APPLY_TOFFOLI, 0, 1, 2);
        switch (between) {
            case "target" -> {
                gates.add(Opcode.APPLY_SX, 2);
                gates.add(Opcode.APPLY_CNOT, 3, 2);
            }
            case "diagonal" -> {
                gates.rotate(Opcode.RZ, 0, 0.3);
                gates.add(Opcode.APPLY_CNOT, 1, 4);
                gates.add(Opcode.APPLY_CZ, 0, 3);
            }
            case "copied" -> {
                gates.add(Opcode.APPLY_CNOT, 3, 0);
                gates.add(Opcode.APPLY_SWAP, 0, 1);
                gates.add(Opcode.APPLY_CNOT, 3, 1);
            }
            case "control" -> gates.add(Opcode.APPLY_H, 0);
            case "flipped" -> gates.add(Opcode.APPLY_X, 1);
            default -> gates.add(Opcode.APPLY_T, 3);
        }
        long others = gates.tCount();
        gates.add(Opcode.APPLY_TOFFOLI, 1, 0, 3);

        GateList paired = new ToffoliPairs().apply(gates);

        assertEquals(expected, paired.tCount() - others);
        assertEquals(expected == 0 ? 2 : 0, large(paired));
        CircuitOracle.assertSame(gates, paired, between);
    }

    @Test
    void pairs_are_found_in_random_circuits() {
        int paired = 0;
        for (long seed = 0; seed < 100; seed++) {
            GateList gates = GateListGenerator.gates(seed, 4, 60, Mix.ALL);

            GateList after = new ToffoliPairs().apply(gates);

            CircuitOracle.assertSame(gates, after, "seed " + seed);
            if (large(after) < large(gates)) paired++;
        }
        assertTrue(paired > 10, paired + " circuits had pairs");
    }
}
