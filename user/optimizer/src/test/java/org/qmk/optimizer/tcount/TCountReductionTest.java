package org.qmk.optimizer.tcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
        Opcode.APPLY_CNOT,
        Opcode.APPLY_CNOT,
        Opcode.APPLY_CNOT,
        Opcode.APPLY_CZ,
        Opcode.APPLY_SWAP,
        Opcode.APPLY_ISWAP,
        Opcode.APPLY_ISWAPDG
    };
    private static final TCountSettings SHORT = TCountSettings.DEFAULT.withEffort(2_000_000);

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
                gates.add(random.nextBoolean() ? Opcode.APPLY_CCZ : Opcode.APPLY_TOFFOLI, a, b, c);
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
        for (int seed = 0; seed < 16; seed++) {
            var random = new SplittableRandom(seed);
            GateList gates = random(qubits, 10 + 10 * seed, random);

            GateList reduced = TCountReduction.reduce(gates, SHORT);

            same(gates, reduced, random);
            assertTrue(turns(reduced) <= turns(gates), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void a_random_program_with_ancillas_keeps_its_channel(int qubits) {
        for (int seed = 0; seed < 24; seed++) {
            var random = new SplittableRandom(seed);
            GateList gates = random(qubits, 8 + 2 * seed, random);

            GateList reduced = TCountReduction.reduce(gates, SHORT.withAncillas());

            assertTrue(turns(reduced) <= turns(gates), "seed " + seed);
            if (reduced.qubits() <= 14) same(gates, reduced, random);
        }
    }

    private static long turns(GateList gates) {
        long turns = 0;
        for (int i = 0; i < gates.size(); i++) {
            turns += gates.third(i) != GateList.NONE ? 7 : gates.opcode(i).tCount();
        }
        return turns;
    }

    private static String text(GateList gates) {
        var text = new StringBuilder();
        for (int i = 0; i < gates.size(); i++) {
            text.append(gates.opcode(i)).append(' ').append(gates.first(i));
            text.append(' ').append(gates.second(i)).append(' ').append(gates.third(i));
            text.append(' ').append(gates.made(i)).append(' ').append(gates.guard(i)).append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_same_gates_and_settings_give_the_same_gates(boolean ancillas) {
        GateList gates = random(5, 150, new SplittableRandom(3));
        TCountSettings settings = ancillas ? SHORT.withAncillas() : SHORT;

        GateList one = TCountReduction.reduce(gates, settings);
        GateList other = TCountReduction.reduce(gates, settings);

        assertEquals(text(one), text(other));
    }

    @Test
    void a_controlled_controlled_z_is_seven_turns_and_four_in_a_row_on_one_qubit_are_fewer() {
        var one = new GateList(3);
        one.add(Opcode.APPLY_CCZ, 0, 1, 2);
        var four = new GateList(9);
        for (int i = 0; i < 4; i++) four.add(Opcode.APPLY_CCZ, 8, 2 * i, 2 * i + 1);

        assertEquals(7, turns(TCountReduction.reduce(one, SHORT)));
        assertEquals(19, TCountReduction.reduce(four, SHORT).tCount(), "4 for each and 3 more");
    }

    @Test
    void what_is_measured_guarded_or_turned_by_any_angle_stays_and_parts_the_runs() {
        var gates = new GateList(3);
        int event = gates.measure(Opcode.MEASURE_X, 2);
        twoTurns(gates);
        gates.add(Opcode.APPLY_T, 1);
        gates.guardLast(event);
        twoTurns(gates);
        gates.rotate(Opcode.RZ, 0, 0.3);
        twoTurns(gates);

        GateList reduced = TCountReduction.reduce(gates, SHORT.withAncillas());

        var wanted = new GateList(3);
        assertEquals(event, wanted.measure(Opcode.MEASURE_X, 2));
        wanted.add(Opcode.APPLY_S, 0);
        wanted.add(Opcode.APPLY_T, 1);
        wanted.guardLast(event);
        wanted.add(Opcode.APPLY_S, 0);
        wanted.rotate(Opcode.RZ, 0, 0.3);
        wanted.add(Opcode.APPLY_S, 0);
        assertEquals(text(wanted), text(reduced));
        assertEquals(0.3, reduced.angle(4));
    }

    private static void twoTurns(GateList gates) {
        gates.add(Opcode.APPLY_T, 0);
        gates.add(Opcode.APPLY_T, 0);
    }

    @Test
    void an_effort_below_zero_is_refused_and_none_still_merges() {
        var gates = new GateList(1);
        twoTurns(gates);

        assertThrows(IllegalArgumentException.class, () -> SHORT.withEffort(-1));
        assertEquals(0, TCountReduction.reduce(gates, SHORT.withEffort(0)).tCount());
    }
}
