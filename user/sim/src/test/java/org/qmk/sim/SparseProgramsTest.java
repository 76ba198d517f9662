package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

class SparseProgramsTest {

    private static final long GIB = 1L << 30;

    static LongStream seeds() {
        return LongStream.range(0, 600);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_sparse_state_has_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, false));

        var found = PathEnumerator.distribution(steps, SparseVector.of(steps, GIB));

        RandomProgramsTest.assertSame(BranchOracle.distribution(steps.graph()), found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keys_of_several_words_give_the_exact_distribution(long seed) {
        int qubits = 3 + (int) (seed % 3);
        var steps = new StepList(SimProgramGenerator.padded(seed, qubits, false, 37));

        var found = PathEnumerator.distribution(steps, SparseVector.of(steps, GIB));

        RandomProgramsTest.assertSame(
                BranchOracle.distribution(RandomProgramsTest.program(seed, false)), found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_sparse_sampler_samples_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, seed % 2 == 0));

        ShotOutcomes outcomes =
                SparseSimulator.run(steps, NoiseList.NONE, new Shots(seed, 17, 10_000), GIB);

        SampledOutcomes.assertSampled(BranchOracle.distribution(steps.graph()), outcomes, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shots_do_not_depend_on_how_they_are_split_or_on_memory(long seed) {
        var steps = new StepList(SimProgramGenerator.graph(seed, 5, false));

        ShotOutcomes whole =
                SparseSimulator.run(steps, NoiseList.NONE, new Shots(seed, 0, 300), GIB);
        ShotOutcomes tight =
                SparseSimulator.run(steps, NoiseList.NONE, new Shots(seed, 0, 300), 60_000);
        ShotOutcomes second =
                SparseSimulator.run(steps, NoiseList.NONE, new Shots(seed, 100, 200), GIB);

        for (int event = 0; event < whole.events(); event++) {
            for (int shot = 0; shot < 300; shot++) {
                boolean bit = whole.bit(event, shot);
                assertEquals(bit, tight.bit(event, shot), "event " + event);
                if (shot >= 100) assertEquals(bit, second.bit(event, shot - 100), "event " + event);
            }
        }
    }

    /// Cuccaro's adder on 64 + 64 + 2 qubits; eight values of the first number in superposition.
    @Test
    void an_adder_of_130_qubits_adds_every_value_in_superposition() {
        int bits = 64;
        var random = new SplittableRandom(5);
        long first = random.nextLong() & ~0x8000_0001_0000_0010L;
        long second = random.nextLong();
        var builder = new GraphBuilder();
        int[] all = new int[2 * bits + 2];
        for (int i = 0; i < all.length; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        for (int i = 0; i < bits; i++) {
            if ((first >>> i & 1) != 0) builder.node(Opcode.APPLY_X).qubit(1 + i);
            if ((second >>> i & 1) != 0) builder.node(Opcode.APPLY_X).qubit(1 + bits + i);
        }
        for (int i : new int[] {4, 32, 63}) builder.node(Opcode.APPLY_H).qubit(1 + i);
        addTo(builder, bits);
        for (int i = 1; i < all.length; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);

        ShotOutcomes outcomes =
                SparseSimulator.run(
                        new StepList(builder.build()), NoiseList.NONE, new Shots(3, 0, 400), GIB);

        var seen = new TreeSet<Long>();
        for (int shot = 0; shot < 400; shot++) {
            long a = word(outcomes, 0, shot);
            assertEquals(first, a & ~0x8000_0001_0000_0010L, "shot " + shot);
            assertEquals(a + second, word(outcomes, bits, shot), "shot " + shot);
            boolean carry = Long.compareUnsigned(a + second, second) < 0;
            assertEquals(carry, outcomes.bit(2 * bits, shot), "carry of shot " + shot);
            seen.add(a);
        }
        // Chance that one of eight never comes in 400 shots: 8 (7/8)^400 = 5e-23.
        assertEquals(8, seen.size());
    }

    @Test
    void amplitudes_that_cancel_are_dropped() {
        var builder = new GraphBuilder();
        int[] all = new int[10];
        for (int i = 0; i < all.length; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        for (int round = 0; round < 40; round++) {
            for (int qubit : all) builder.node(Opcode.APPLY_H).qubit(qubit);
            for (int qubit : all) {
                builder.node(Opcode.RX)
                        .qubit(qubit)
                        .argument(new Argument.Rotation(0.1 + round, 1e-10));
            }
            for (int qubit : all) {
                builder.node(Opcode.RX)
                        .qubit(qubit)
                        .argument(new Argument.Rotation(-0.1 - round, 1e-10));
            }
            for (int qubit : all) builder.node(Opcode.APPLY_H).qubit(qubit);
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        var steps = new StepList(builder.build());
        var state = SparseVector.of(steps, GIB);

        for (int step = 0; steps.act(step) != Act.FREE; step++) state.apply(step);

        assertEquals(1, state.entries().size());
        assertEquals(1024, state.peak());
        assertEquals(1, Math.hypot(state.entries().re()[0], state.entries().im()[0]), 1e-12);
    }

    @Test
    void a_state_that_outgrows_its_memory_is_refused_with_what_it_needs() {
        var steps = new StepList(allTurned(24));

        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                SparseSimulator.run(
                                        steps, NoiseList.NONE, new Shots(0, 0, 1), 64 << 20));

        assertTrue(
                thrown.getMessage().contains("(APPLY_H) brings the state to 2097152 non-zero")
                        && thrown.getMessage().contains("24 qubits, which need 88.0 MiB"),
                thrown.getMessage());
        assertEquals(
                1, SparseSimulator.run(steps, NoiseList.NONE, new Shots(0, 0, 1), 4 * GIB).shots());
    }

    @Test
    void the_estimate_knows_small_states_and_bounds_large_ones() {
        Estimate small = estimate(allTurned(10));
        Estimate large = estimate(allTurned(60));

        assertEquals(SparseEntries.bytes(1 << 10, 10), small.bytes());
        assertTrue(large.bytes() > 1L << 60, "2^60 amplitudes");
        assertTrue(large.seconds() > 1e9, "2^60 amplitudes");
    }

    private static Estimate estimate(Graph graph) {
        return new SparseSimulator().estimate(new StepList(graph), NoiseModel.NONE, 100);
    }

    private static Graph allTurned(int qubits) {
        var builder = new GraphBuilder();
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        for (int qubit : all) builder.node(Opcode.APPLY_H).qubit(qubit);
        builder.node(Opcode.MEASURE_Z).qubit(0).output(builder.declareEvent("m"));
        builder.node(Opcode.FREE_LQ).qubits(all);
        return builder.build();
    }

    /// Qubit 0 is the carry, then the first number, the second, which becomes the sum, and the
    /// carry out.
    private static void addTo(GraphBuilder builder, int bits) {
        for (int i = 0; i < bits; i++) {
            builder.node(Opcode.APPLY_CNOT).qubits(1 + i, 1 + bits + i);
            builder.node(Opcode.APPLY_CNOT).qubits(1 + i, i);
            builder.node(Opcode.APPLY_TOFFOLI).qubits(i, 1 + bits + i, 1 + i);
        }
        builder.node(Opcode.APPLY_CNOT).qubits(bits, 2 * bits + 1);
        for (int i = bits - 1; i >= 0; i--) {
            builder.node(Opcode.APPLY_TOFFOLI).qubits(i, 1 + bits + i, 1 + i);
            builder.node(Opcode.APPLY_CNOT).qubits(1 + i, i);
            builder.node(Opcode.APPLY_CNOT).qubits(i, 1 + bits + i);
        }
    }

    private static long word(ShotOutcomes outcomes, int from, int shot) {
        long word = 0;
        for (int i = 0; i < 64; i++) if (outcomes.bit(from + i, shot)) word |= 1L << i;
        return word;
    }
}
