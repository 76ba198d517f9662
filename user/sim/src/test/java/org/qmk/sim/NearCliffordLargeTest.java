package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// Programs of sixty qubits and more with few gates that are not Clifford.
class NearCliffordLargeTest {

    private static final long GIB = 1L << 30;

    /// The hidden shift of a bent function, the usual test of such simulators (Bravyi, Gosset,
    /// arXiv:1601.07601): the outcome is the shift, with certainty.
    @ParameterizedTest
    @CsvSource({"60, 3, true", "60, 3, false", "60, 10, false", "200, 4, true", "40, 4, true"})
    void the_hidden_shift_is_found_in_every_shot(int qubits, int cubics, boolean inTGates) {
        for (long seed = 0; seed < 3; seed++) {
            var random = new SplittableRandom(seed);
            boolean[] shift = new boolean[qubits];
            for (int i = 0; i < qubits; i++) shift[i] = random.nextBoolean();
            Graph graph = hiddenShift(random, shift, cubics, inTGates);
            if (inTGates) assertEquals(14 * cubics, countT(graph));

            ShotOutcomes outcomes = run(graph, 50);

            for (int i = 0; i < qubits; i++) {
                assertEquals(shift[i] ? 50 : 0, outcomes.ones(i), "qubit " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 64, 65, 130})
    void forty_rotations_then_their_inverses_give_0_on_every_qubit(int qubits) {
        var random = new SplittableRandom(qubits);
        var builder = new GraphBuilder();
        int[] all = declared(builder, qubits);
        List<Opcode> opcodes = new ArrayList<>();
        List<int[]> operands = new ArrayList<>();
        for (int i = 0; i < 40 * 60; i++) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            Opcode[] gates = {
                Opcode.APPLY_H, Opcode.APPLY_S, Opcode.APPLY_CNOT, Opcode.APPLY_ISWAP
            };
            Opcode opcode = i % 60 == 59 ? Opcode.APPLY_T : gates[random.nextInt(4)];
            opcodes.add(opcode);
            operands.add(opcode.shape().qubitsMin == 1 ? new int[] {a} : new int[] {a, b});
        }
        for (int i = 0; i < opcodes.size(); i++) {
            builder.node(opcodes.get(i)).qubits(operands.get(i));
        }
        for (int i = opcodes.size() - 1; i >= 0; i--) {
            builder.node(opcodes.get(i).inverse().orElseThrow()).qubits(operands.get(i));
        }
        finish(builder, all);

        ShotOutcomes outcomes = run(builder.build(), 20);

        for (int i = 0; i < qubits; i++) assertEquals(0, outcomes.ones(i), "qubit " + i);
    }

    /// Z on some measured bits has the mean of a product of Pauli operators on a product state.
    @Test
    void parities_of_sixty_qubits_after_forty_rotations_have_their_means() {
        int count = 4000;
        var steps = new StepList(NearCliffordProgramsTest.rotated(1, 60, 40, 3, 60));
        var state = NearCliffordState.of(steps, DenseCore.QUBITS_MAX, GIB);
        NearCliffordSampler.evolve(steps, 0, state);
        assertEquals(40, state.cores().size(), "every rotation made a vector of its own");

        ShotOutcomes outcomes =
                NearCliffordSimulator.run(
                        steps,
                        NoiseList.NONE,
                        new Shots(2, 0, count),
                        GIB,
                        ClusterSplit.Rule.STANDARD);

        var random = new SplittableRandom(3);
        int large = 0;
        for (int tries = 0; tries < 400; tries++) {
            // Parities of a few qubits: the more, the nearer to a fair coin.
            int size = 1 + random.nextInt(4);
            PauliRow product = new PauliRow(60);
            int[] chosen = new int[size];
            for (int i = 0; i < size; i++) {
                chosen[i] = random.nextInt(60);
                product.times(state.frame().rowZ(chosen[i]), 0);
            }
            double mean = mean(state, product);
            if (Math.abs(mean) > 1e-3) large++;
            int odd = 0;
            for (int shot = 0; shot < count; shot++) {
                boolean parity = false;
                for (int qubit : chosen) parity ^= outcomes.bit(qubit, shot);
                if (parity) odd++;
            }
            double chance = (1 - mean) / 2;
            // 400 comparisons at 1e-12 each.
            double bound = Bernstein.deviation(chance, count, 1e-12);
            assertEquals(chance, odd / (double) count, bound, "try " + tries);
        }
        assertTrue(large > 0, "a parity that is no fair coin");
    }

    @Test
    void a_measured_magic_state_takes_its_qubit_away() {
        int rounds = 200;
        var builder = new GraphBuilder();
        int[] all = declared(builder, 3);
        for (int round = 0; round < rounds; round++) {
            builder.node(Opcode.APPLY_H).qubit(0);
            builder.node(Opcode.APPLY_T).qubit(0);
            builder.node(Opcode.APPLY_CNOT).qubits(0, 1);
            builder.node(Opcode.APPLY_H).qubit(0);
            builder.node(Opcode.MEASURE_X).qubit(1).output(builder.declareEvent("x" + round));
            builder.node(Opcode.MEASURE_Z).qubit(0).output(builder.declareEvent("z" + round));
        }
        finish(builder, all);
        var steps = new StepList(builder.build());

        Estimate cost = new NearCliffordSimulator().estimate(steps, NoiseModel.NONE, 1);

        assertTrue(cost.bytes() < 4096, "two hundred T gates, few at a time: " + cost);
        assertEquals(100, run(steps.graph(), 100).shots());
    }

    @Test
    void vectors_that_do_not_fit_are_refused_with_what_they_need() {
        var steps = new StepList(NearCliffordProgramsTest.rotated(1, 60, 60, 3, 60));

        var refused = NearCliffordSimulator.refusal(steps, GIB).orElseThrow();

        assertEquals("SIM-MEMORY-1", refused.code());
        assertTrue(refused.message().contains("entangle"), refused.message());
    }

    /// Measurements on the way make vectors as wide as all active qubits.
    @Test
    void a_look_ahead_counts_vectors_wider_than_any_that_is_held() {
        var builder = new GraphBuilder();
        int[] all = declared(builder, 80);
        each(builder, Opcode.APPLY_H, all);
        each(builder, Opcode.APPLY_T, all);
        var random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            var text = new StringBuilder();
            for (int q = 0; q < 80; q++)
                text.append(i < 10 ? 'Z' : "XYZ".charAt(random.nextInt(3)));
            builder.node(Opcode.MEASURE_PAULI).qubits(all);
            builder.argument(new Argument.Pauli(PauliString.of(text.toString())));
            builder.output(builder.declareEvent("p" + i));
        }
        finish(builder, all);

        var refused =
                assertInstanceOf(
                        Choice.Refused.class, Simulators.named("nearclifford", builder.build()));

        assertTrue(refused.message().contains("entangle 80 qubits"), refused.message());
        assertTrue(refused.message().contains("more than 4 EiB"), refused.message());
    }

    private static double mean(NearCliffordState state, PauliRow product) {
        if (state.zeroWithX(product) >= 0) return 0;
        double mean = product.isNegative() ? -1 : 1;
        for (DenseCore core : state.cores()) {
            long masks = core.masks(product);
            if (masks == 0) continue;
            mean *= 1 - 2 * core.chanceOfMinus((int) (masks >>> 32), (int) masks, false);
        }
        return mean;
    }

    /// H, f shifted, H, the dual of f, H, with f(x, y) = x y + g(x), whose dual is x y + g(y).
    private static Graph hiddenShift(
            SplittableRandom random, boolean[] shift, int cubics, boolean inTGates) {
        int half = shift.length / 2;
        var builder = new GraphBuilder();
        int[] all = declared(builder, shift.length);
        List<int[]> terms = new ArrayList<>();
        for (int i = 0; i < cubics; i++) terms.add(distinct(random, half, 3));
        for (int i = 0; i < half; i++) terms.add(distinct(random, half, 1 + random.nextInt(2)));
        each(builder, Opcode.APPLY_H, all);
        for (int q : all) if (shift[q]) builder.node(Opcode.APPLY_X).qubit(q);
        function(builder, terms, 0, half, inTGates);
        for (int q : all) if (shift[q]) builder.node(Opcode.APPLY_X).qubit(q);
        each(builder, Opcode.APPLY_H, all);
        function(builder, terms, half, half, inTGates);
        each(builder, Opcode.APPLY_H, all);
        finish(builder, all);
        return builder.build();
    }

    private static void function(
            GraphBuilder builder, List<int[]> terms, int from, int half, boolean inTGates) {
        for (int i = 0; i < half; i++) builder.node(Opcode.APPLY_CZ).qubits(i, half + i);
        for (int[] term : terms) {
            int a = from + term[0];
            if (term.length == 1) {
                builder.node(Opcode.APPLY_Z).qubit(a);
            } else if (term.length == 2) {
                builder.node(Opcode.APPLY_CZ).qubits(a, from + term[1]);
            } else if (inTGates) {
                sevenT(builder, a, from + term[1], from + term[2]);
            } else {
                builder.node(Opcode.APPLY_CCZ).qubits(a, from + term[1], from + term[2]);
            }
        }
    }

    /// CCZ by T gates (Nielsen, Chuang, figure 4.9).
    private static void sevenT(GraphBuilder builder, int a, int b, int c) {
        builder.node(Opcode.APPLY_CNOT).qubits(b, c);
        builder.node(Opcode.APPLY_TDG).qubit(c);
        builder.node(Opcode.APPLY_CNOT).qubits(a, c);
        builder.node(Opcode.APPLY_T).qubit(c);
        builder.node(Opcode.APPLY_CNOT).qubits(b, c);
        builder.node(Opcode.APPLY_TDG).qubit(c);
        builder.node(Opcode.APPLY_CNOT).qubits(a, c);
        builder.node(Opcode.APPLY_T).qubit(c);
        builder.node(Opcode.APPLY_T).qubit(b);
        builder.node(Opcode.APPLY_CNOT).qubits(a, b);
        builder.node(Opcode.APPLY_TDG).qubit(b);
        builder.node(Opcode.APPLY_CNOT).qubits(a, b);
        builder.node(Opcode.APPLY_T).qubit(a);
    }

    private static int countT(Graph graph) {
        int count = 0;
        for (int node = 0; node < graph.size(); node++) {
            Opcode opcode = graph.opcode(node);
            if (opcode != Opcode.APPLY_T && opcode != Opcode.APPLY_TDG) continue;
            count += graph.count(node, Operand.Kind.QUBIT);
        }
        return count;
    }

    private static int[] distinct(SplittableRandom random, int bound, int count) {
        return random.ints(0, bound).distinct().limit(count).toArray();
    }

    private static void each(GraphBuilder builder, Opcode opcode, int[] qubits) {
        for (int qubit : qubits) builder.node(opcode).qubit(qubit);
    }

    private static int[] declared(GraphBuilder builder, int qubits) {
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        return all;
    }

    private static void finish(GraphBuilder builder, int[] all) {
        for (int qubit : all) {
            builder.node(Opcode.MEASURE_Z).qubit(qubit).output(builder.declareEvent("m" + qubit));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
    }

    private static ShotOutcomes run(Graph graph, int shots) {
        var chosen = assertInstanceOf(Choice.Chosen.class, Simulators.named("nearclifford", graph));
        return chosen.simulator().run(graph, new Shots(1, 0, shots));
    }
}
