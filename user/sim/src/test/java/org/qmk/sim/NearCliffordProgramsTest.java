package org.qmk.sim;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NearCliffordProgramsTest {

    private static final long GIB = 1L << 30;

    static LongStream seeds() {
        return LongStream.range(0, 600);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_state_has_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, false));

        var found = PathEnumerator.distribution(steps, NearCliffordState.of(steps, GIB));

        RandomProgramsTest.assertSame(BranchOracle.distribution(steps.graph()), found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rows_of_several_words_give_the_exact_distribution(long seed) {
        int qubits = 3 + (int) (seed % 3);
        var steps = new StepList(SimProgramGenerator.padded(seed, qubits, false, 37));

        var found = PathEnumerator.distribution(steps, NearCliffordState.of(steps, GIB));

        var expected = BranchOracle.distribution(RandomProgramsTest.program(seed, false));
        RandomProgramsTest.assertSame(expected, found);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_sampler_samples_the_exact_distribution(long seed) {
        var steps = new StepList(RandomProgramsTest.program(seed, seed % 2 == 0));

        ShotOutcomes outcomes = NearCliffordSimulator.run(steps, new Shots(seed, 17, 10_000), GIB);

        RandomProgramsTest.assertSampled(
                BranchOracle.distribution(steps.graph()), outcomes, seed);
    }
}
