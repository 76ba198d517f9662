package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// The tableau against Aaronson and Gottesman's, where no state vector reaches.
class TableauTest {

    /// Layers of random gates and of measurements of a share of the qubits, some of which are reset
    /// as well; few measurements wait one by one, many in batches of several sweeps.
    @ParameterizedTest
    @CsvSource({
        "1, 40, 50", "2, 40, 50", "3, 40, 50", "63, 12, 50", "64, 12, 20", "65, 12, 50",
        "127, 8, 100", "128, 8, 5", "129, 8, 70", "300, 6, 3", "513, 5, 100", "600, 4, 100"
    })
    void mid_circuit_measurements_are_those_of_the_plain_method(
            int qubits, int layers, int percent) {
        for (long seed = 0; seed < 3; seed++) {
            var random = new SplittableRandom(seed);
            var builder = new GraphBuilder();
            int[] all = declared(builder, qubits);
            for (int layer = 0; layer < layers; layer++) {
                int gates = random.nextInt(1 + 4 * qubits);
                for (int i = 0; i < gates; i++) gate(builder, random, qubits);
                for (int i = 0; i < qubits; i++) {
                    if (random.nextInt(100) >= percent) continue;
                    int event = builder.declareEvent("m" + layer + "_" + i);
                    builder.node(Opcode.MEASURE_Z).qubit(i).output(event);
                    if (random.nextInt(4) == 0) builder.node(Opcode.RESET).qubit(i);
                    if (random.nextInt(4) == 0) gate(builder, random, qubits);
                }
            }
            builder.node(Opcode.FREE_LQ).qubits(all);

            assertSameAsPlain(new StepList(builder.build()), random);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 700, 1_100})
    void what_is_measured_twice_is_found_twice(int qubits) {
        var random = new SplittableRandom(qubits);
        var builder = new GraphBuilder();
        int[] all = declared(builder, qubits);
        for (int layer = 0; layer < 3; layer++) {
            for (int i = 0; i < 6 * qubits; i++) gate(builder, random, qubits);
            for (int twice = 0; twice < 2; twice++) {
                for (int i = 0; i < qubits; i++) {
                    int event = builder.declareEvent("m" + layer + "_" + i + "_" + twice);
                    builder.node(Opcode.MEASURE_Z).qubit(i).output(event);
                }
            }
        }
        builder.node(Opcode.FREE_LQ).qubits(all);

        ShotOutcomes outcomes =
                TableauSimulator.runTree(
                        new StepList(builder.build()),
                        NoiseList.NONE,
                        new Shots(qubits, 0, 1),
                        1 << 20);

        for (int layer = 0; layer < 3; layer++) {
            for (int i = 0; i < qubits; i++) {
                int event = 2 * layer * qubits + i;
                assertEquals(outcomes.bit(event, 0), outcomes.bit(event + qubits, 0), "qubit " + i);
            }
        }
    }

    /// As in the tree of shots: one branch finds 0 from there on, the other 1.
    @Test
    void a_copy_with_measurements_that_wait_goes_its_own_way() {
        var builder = new GraphBuilder();
        int[] all = declared(builder, 100);
        for (int i = 0; i < 100; i++) builder.node(Opcode.APPLY_H).qubit(i);
        for (int i = 0; i < 100; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        var steps = new StepList(builder.build());
        var state = Tableau.of(steps);
        var copy = state.fresh();
        int measured = 0;
        for (int step = 0; step < steps.size(); step++) {
            if (steps.act(step).isGate()) state.apply(step);
            if (steps.act(step) != Act.MEASURE) continue;
            assertEquals(0.5, state.chanceOfOne(step));
            if (measured++ == 50) copy.copyFrom(state);
            if (measured > 50) {
                assertEquals(0.5, copy.chanceOfOne(step));
                copy.settle(step, true);
            }
            state.settle(step, false);
            if (measured <= 50) continue;
            assertEquals(0, state.chanceOfOne(step));
            assertEquals(1, copy.chanceOfOne(step));
        }

        assertEquals(100, measured);
    }

    @Test
    void a_square_transposed_has_rows_for_columns() {
        var random = new SplittableRandom(1);
        long[] square = random.longs(64).toArray();
        long[] transposed = square.clone();

        BitSquare.transpose(transposed);

        for (int i = 0; i < 64; i++) {
            for (int j = 0; j < 64; j++) {
                assertEquals(square[i] >>> j & 1, transposed[j] >>> i & 1, i + ", " + j);
            }
        }
        BitSquare.transpose(transposed);
        assertArrayEquals(square, transposed);
    }

    @Test
    void squares_side_by_side_are_transposed_each_alone() {
        var random = new SplittableRandom(2);
        for (int count : new int[] {1, 3, 16}) {
            long[] squares = random.longs(64L * count).toArray();
            long[] transposed = squares.clone();

            BitSquare.transpose(transposed, count);

            for (int k = 0; k < count; k++) {
                long[] square = new long[64];
                for (int i = 0; i < 64; i++) square[i] = squares[i * count + k];
                BitSquare.transpose(square);
                for (int i = 0; i < 64; i++) {
                    assertEquals(square[i], transposed[i * count + k], count + ", " + k + ", " + i);
                }
            }
        }
    }

    private static void assertSameAsPlain(StepList steps, SplittableRandom random) {
        var state = Tableau.of(steps);
        var plain = new ChpState(steps.slotsPeak());
        int compared = 0;
        for (int step = 0; step < steps.size(); step++) {
            Act act = steps.act(step);
            int a = steps.slot(step, 0);
            switch (act) {
                case H -> plain.h(a);
                case S -> plain.s(a);
                case CNOT -> plain.cnot(a, steps.slot(step, 1));
                default -> {}
            }
            if (act.isGate()) state.apply(step);
            if (act != Act.MEASURE && act != Act.RESET) continue;
            boolean one = random.nextBoolean();
            if (act == Act.RESET) one = plain.value(a); // of a qubit just measured
            if (act == Act.MEASURE && plain.isRandom(a)) {
                assertEquals(0.5, state.chanceOfOne(step), "step " + step);
                plain.collapse(a, one);
            } else {
                one = plain.value(a);
                assertEquals(one ? 1 : 0, state.chanceOfOne(step), "step " + step);
            }
            state.settle(step, one);
            if (act == Act.RESET && one) {
                plain.h(a);
                plain.s(a);
                plain.s(a);
                plain.h(a);
            }
            compared++;
        }
        assertTrue(compared > 0, "something was measured");
    }

    private static int[] declared(GraphBuilder builder, int qubits) {
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        return all;
    }

    private static void gate(GraphBuilder builder, SplittableRandom random, int qubits) {
        int a = random.nextInt(qubits);
        switch (random.nextInt(3)) {
            case 0 -> builder.node(Opcode.APPLY_H).qubit(a);
            case 1 -> builder.node(Opcode.APPLY_S).qubit(a);
            default -> {
                if (qubits == 1) return;
                int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
                builder.node(Opcode.APPLY_CNOT).qubits(a, b);
            }
        }
    }
}
