package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;

/// Random programs: every state gives the oracle's distribution, every sampler samples it.
class RandomProgramsTest {

    private static final int PROGRAMS = 600;
    private static final double EXACT = 1e-9;

    static LongStream seeds() {
        return LongStream.range(0, PROGRAMS);
    }

    static Graph program(long seed, boolean clifford) {
        return SimProgramGenerator.graph(seed, 3 + (int) (seed % 3), clifford);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_state_vector_has_the_exact_distribution(long seed) {
        var steps = new StepList(program(seed, false));

        var found = PathEnumerator.distribution(steps, StateVector.of(steps));

        assertSame(BranchOracle.distribution(steps.graph()), found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tableau_and_state_vector_have_the_exact_distribution_of_clifford_programs(long seed) {
        var steps = new StepList(program(seed, true));

        var tableau = PathEnumerator.distribution(steps, Tableau.of(steps));
        var vector = PathEnumerator.distribution(steps, StateVector.of(steps));

        var expected = BranchOracle.distribution(steps.graph());
        assertSame(expected, tableau);
        assertSame(expected, vector);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_tableau_of_several_words_has_the_exact_distribution(long seed) {
        var steps = new StepList(SimProgramGenerator.padded(seed, 3 + (int) (seed % 3), true, 37));

        var tableau = PathEnumerator.distribution(steps, Tableau.of(steps));

        assertSame(BranchOracle.distribution(program(seed, true)), tableau);
    }

    @Test
    void the_programs_use_every_operation() {
        var used = EnumSet.noneOf(Opcode.class);

        for (long seed = 0; seed < PROGRAMS; seed++) {
            Graph graph = program(seed, false);
            for (int node = 0; node < graph.size(); node++) used.add(graph.opcode(node));
        }

        assertEquals(EnumSet.allOf(Opcode.class), used);
    }

    /// Each comparison may deviate by what Bernstein's inequality allows at a chance of 1e-16;
    /// at most 600 programs * 3 samplers * (1024 outcomes + 32 parities) < 2e6 comparisons:
    /// 2e-10 together.
    @ParameterizedTest
    @MethodSource("seeds")
    void every_sampler_samples_the_exact_distribution(long seed) {
        boolean clifford = seed % 2 == 0;
        var steps = new StepList(program(seed, clifford));
        var shots = new Shots(seed, 17, 10_000);
        var expected = BranchOracle.distribution(steps.graph());

        SampledOutcomes.assertSampled(
                expected, StatevectorSimulator.run(steps, NoiseList.NONE, shots, 1 << 20), seed);
        if (!clifford) return;
        SampledOutcomes.assertSampled(
                expected, TableauSimulator.runTree(steps, NoiseList.NONE, shots, 1 << 20), seed);
        if (FrameSampler.applies(steps))
            SampledOutcomes.assertSampled(
                    expected, FrameSampler.run(steps, NoiseList.NONE, shots), seed);
    }

    static void assertSame(Map<String, Double> expected, Map<String, Double> found) {
        var outcomes = new TreeSet<>(expected.keySet());
        outcomes.addAll(found.keySet());
        for (String outcome : outcomes) {
            double chance = found.getOrDefault(outcome, 0.0);
            assertEquals(expected.getOrDefault(outcome, 0.0), chance, EXACT, outcome);
        }
    }
}
