package org.qmk.optimizer.tcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

final class TCountReductionTest {

    private static final double EXACT = 1e-9;
    private static final Opcode[] ONE = {
        Opcode.APPLY_X, Opcode.APPLY_Y, Opcode.APPLY_Z, Opcode.APPLY_H, Opcode.APPLY_H,
        Opcode.APPLY_S, Opcode.APPLY_SDG, Opcode.APPLY_SX, Opcode.APPLY_SXDG, Opcode.APPLY_T,
        Opcode.APPLY_T, Opcode.APPLY_TDG, Opcode.APPLY_TDG
    };
    private static final Opcode[] TWO = {
        Opcode.APPLY_CNOT, Opcode.APPLY_CNOT, Opcode.APPLY_CNOT, Opcode.APPLY_CZ,
        Opcode.APPLY_SWAP, Opcode.APPLY_ISWAP, Opcode.APPLY_ISWAPDG
    };
    private static final TCountSettings SHORT =
            TCountSettings.DEFAULT.withEffort(2_000_000);

    private static GateList random(int qubits, int size, SplittableRandom random) {
        var gates = new GateList(qubits);
        for (int i = 0; i < size; i++) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            int kind = random.nextInt(12);
            if (kind < 6) {
                gates.add(ONE[random.nextInt(ONE.length)], a);
            } else if (kind < 11 || qubits < 3) {
                gates.add(TWO[random.nextInt(TWO.length)], a, b);
            } else {
                int c = 0;
                while (c == a || c == b) c++;
                gates.add(
                        random.nextBoolean() ? Opcode.APPLY_CCZ : Opcode.APPLY_TOFFOLI, a, b, c);
            }
        }
        return gates;
    }

    private static void same(GateList expected, GateList actual, SplittableRandom random) {
        int more = actual.qubits() - expected.qubits();
        for (int i = 0; i < 3; i++) {
            GateState wanted = GateState.random(expected.qubits(), expected.qubits(), random);
            GateState made = wanted.widened(more);
            wanted.run(expected, random);
            made.run(actual, random);
            assertEquals(0, made.distance(wanted.widened(more)), EXACT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8})
    void a_random_program_keeps_its_unitary(int qubits) {
        for (int seed = 0; seed < 40; seed++) {
            var random = new SplittableRandom(seed);
            GateList gates = random(qubits, 10 + 4 * seed, random);

            GateList reduced = TCountReduction.reduce(gates, SHORT);

            same(gates, reduced, random);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void a_random_program_with_ancillas_keeps_its_channel(int qubits) {
        for (int seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            GateList gates = random(qubits, 8 + seed, random);

            GateList reduced = TCountReduction.reduce(gates, SHORT.withAncillas());

            if (reduced.qubits() <= 16) same(gates, reduced, random);
        }
    }
}
