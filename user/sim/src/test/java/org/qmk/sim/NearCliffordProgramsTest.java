package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

class NearCliffordProgramsTest {

    private static final long GIB = 1L << 30;

    /// Two sides of like width, however narrow.
    private static final ClusterSplit.Rule HALVES =
            new ClusterSplit.Rule(0, 0, DenseCore.QUBITS_MAX);

    /// Every rotation that would make a vector of two qubits is put off, while spare ones last.
    private static final ClusterSplit.Rule PUT_OFF = new ClusterSplit.Rule(0, 0, 1);

    static LongStream seeds() {
        return LongStream.range(0, 600);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_state_has_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, false));

        var found =
                PathEnumerator.distribution(
                        steps, NearCliffordState.of(steps, DenseCore.QUBITS_MAX, GIB));

        RandomProgramsTest.assertSame(BranchOracle.distribution(steps.graph()), found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rows_of_several_words_give_the_exact_distribution(long seed) {
        int qubits = 3 + (int) (seed % 3);
        var steps = new StepList(SimProgramGenerator.padded(seed, qubits, false, 37));

        var found =
                PathEnumerator.distribution(
                        steps, NearCliffordState.of(steps, DenseCore.QUBITS_MAX, GIB));

        var expected = BranchOracle.distribution(RandomProgramsTest.program(seed, false));
        RandomProgramsTest.assertSame(expected, found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_sampler_samples_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, seed % 2 == 0));
        var rule = seed % 4 < 2 ? HALVES : ClusterSplit.Rule.STANDARD;
        var shots = new Shots(seed, 17, 10_000);

        ShotOutcomes outcomes = NearCliffordSimulator.run(steps, NoiseList.NONE, shots, GIB, rule);

        SampledOutcomes.assertSampled(BranchOracle.distribution(steps.graph()), outcomes, seed);
    }

    /// Rotations by random angles about random products, Clifford gates between them, then some
    /// qubits measured: more active qubits than the oracle's programs have.
    @ParameterizedTest
    @MethodSource("seeds")
    void a_split_of_the_active_qubits_samples_the_exact_distribution(long seed) {
        int qubits = 4 + (int) (seed % 5);
        int measured = qubits - (int) (seed % 3);
        var steps = new StepList(rotated(seed, qubits, qubits, 3, measured));
        var shots = new Shots(seed, 3, 10_000);

        ShotOutcomes outcomes =
                NearCliffordSimulator.run(steps, NoiseList.NONE, shots, GIB, HALVES);

        SampledOutcomes.assertSampled(marginal(steps, measured), outcomes, seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void measurements_on_the_way_make_up_for_rotations_put_off(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, false));

        var found = PathEnumerator.distribution(steps, NearCliffordState.of(steps, 1, GIB));

        RandomProgramsTest.assertSame(BranchOracle.distribution(steps.graph()), found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rotations_put_off_to_the_end_sample_the_exact_distribution(long seed) {
        int qubits = 3 + (int) (seed % 4);
        int rotations = qubits + 1 + (int) (seed / 4 % 5);
        int measured = qubits - (int) (seed % 3);
        var steps = new StepList(rotated(seed, qubits, rotations, 3, measured));
        var shots = new Shots(seed, 3, 10_000);
        var rule = seed % 2 == 0 ? PUT_OFF : ClusterSplit.Rule.STANDARD.merging(1);

        ShotOutcomes outcomes = NearCliffordSimulator.run(steps, NoiseList.NONE, shots, GIB, rule);

        SampledOutcomes.assertSampled(marginal(steps, measured), outcomes, seed);
    }

    @Test
    void the_programs_with_many_rotations_put_some_off() {
        int projections = 0;
        for (long seed = 0; seed < 100; seed++) {
            var steps = new StepList(rotated(seed, 6, 10, 3, 6));
            var state = NearCliffordState.of(steps, 1, GIB);
            NearCliffordSampler.evolve(steps, 0, state);
            projections += state.frame().bound().size();
        }
        assertTrue(projections > 200, projections + " rotations put off");
    }

    @Test
    void the_split_programs_have_pairs_between_the_sides() {
        int split = 0;
        for (long seed = 0; seed < 600; seed++) {
            int qubits = 4 + (int) (seed % 5);
            var steps = new StepList(rotated(seed, qubits, qubits, 3, qubits));
            var state = NearCliffordState.of(steps, DenseCore.QUBITS_MAX, GIB);
            int[] slots = NearCliffordSampler.evolve(steps, 0, state);
            for (var cluster : new MeasuredGroup(state, slots).clusters()) {
                if (ClusterSplit.of(cluster, HALVES).highWidth() >= 2) split++;
            }
        }
        assertTrue(split > 200, split + " clusters with two active qubits on either side");
    }

    private static TreeMap<String, Double> marginal(StepList steps, int measured) {
        var state = StateVector.of(steps);
        for (int step = 0; steps.act(step) != Act.MEASURE; step++) {
            state.setWidth(steps.width(step));
            state.apply(step);
        }
        var chances = new TreeMap<String, Double>();
        for (int i = 0; i < state.length(); i++) {
            var text = new StringBuilder();
            for (int q = 0; q < measured; q++) text.append((i >>> q & 1) == 0 ? '0' : '1');
            double chance = state.re()[i] * state.re()[i] + state.im()[i] * state.im()[i];
            chances.merge(text.toString(), chance, Double::sum);
        }
        return chances;
    }

    /// Layers of random Clifford gates with a rotation after each, and Z of the first qubits.
    ///
    /// @param layer Clifford gates per qubit in a layer
    static Graph rotated(long seed, int qubits, int rotations, int layer, int measured) {
        var random = new SplittableRandom(seed);
        var builder = new GraphBuilder();
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        for (int r = 0; r < rotations; r++) {
            scramble(builder, random, qubits, layer * qubits);
            int qubit = random.nextInt(qubits);
            if (r % 2 == 0) {
                builder.node(Opcode.APPLY_T).qubit(qubit);
            } else {
                var rotation = new Argument.Rotation(random.nextDouble(-3, 3), 1e-10);
                builder.node(Opcode.RX).qubit(qubit).argument(rotation);
            }
        }
        scramble(builder, random, qubits, layer * qubits);
        for (int i = 0; i < measured; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        return builder.build();
    }

    private static void scramble(
            GraphBuilder builder, SplittableRandom random, int qubits, int gates) {
        for (int i = 0; i < gates; i++) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            switch (random.nextInt(4)) {
                case 0 -> builder.node(Opcode.APPLY_H).qubit(a);
                case 1 -> builder.node(Opcode.APPLY_S).qubit(a);
                case 2 -> builder.node(Opcode.APPLY_CNOT).qubits(a, b);
                default -> builder.node(Opcode.APPLY_CZ).qubits(a, b);
            }
        }
    }
}
