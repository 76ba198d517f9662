package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.sim.loops.Precision;

/// Any two simulators that both apply have the same distribution of outcomes: 5,000 random
/// programs of one to nine qubits at once, with measurements, feedback, allocation and freeing on
/// the way.
///
/// Distributions are exact: both branches of every measurement are followed.
class AgreementTest {

    private static final int BLOCKS = 100;
    private static final int PROGRAMS_PER_BLOCK = 50;
    private static final double EXACT = 1e-9;

    static IntStream blocks() {
        return IntStream.range(0, BLOCKS);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void any_two_simulators_agree(int block) {
        for (int i = 0; i < PROGRAMS_PER_BLOCK; i++) {
            long seed = 10_000L + (long) block * PROGRAMS_PER_BLOCK + i;
            boolean clifford = i % 2 == 0;
            var steps = new StepList(SimProgramGenerator.graph(seed, 3 + i % 7, clifford));
            Map<String, Double> expected =
                    PathEnumerator.distribution(steps, StateVector.of(steps));
            String what = "program " + seed + ", ";
            assertSame(
                    expected,
                    PathEnumerator.distribution(steps, SparseVector.of(steps, Long.MAX_VALUE)),
                    what + "sparse");
            assertSame(
                    expected,
                    PathEnumerator.distribution(steps, NearCliffordState.of(steps, Long.MAX_VALUE)),
                    what + "nearclifford");
            // Tiles of eight amplitudes, one thread to three.
            var sweep = new Sweep(Precision.DOUBLE, 1 + i % 3, 3, 2, 1);
            assertSame(expected, swept(steps, sweep), what + "statevector in " + sweep);
            if (!clifford) continue;
            assertSame(
                    expected,
                    PathEnumerator.distribution(steps, Tableau.of(steps)),
                    what + "tableau");
        }
    }

    private static Map<String, Double> swept(StepList steps, Sweep sweep) {
        try (var crew = new Crew(sweep.threads())) {
            var state = LargeVector.of(steps, sweep, crew);
            var found = PathEnumerator.distribution(steps, state);
            state.release();
            return found;
        }
    }

    private static void assertSame(
            Map<String, Double> expected, Map<String, Double> found, String what) {
        var outcomes = new TreeSet<>(expected.keySet());
        outcomes.addAll(found.keySet());
        for (String outcome : outcomes) {
            assertEquals(
                    expected.getOrDefault(outcome, 0.0),
                    found.getOrDefault(outcome, 0.0),
                    EXACT,
                    () -> what + ", outcome " + outcome);
        }
    }
}
