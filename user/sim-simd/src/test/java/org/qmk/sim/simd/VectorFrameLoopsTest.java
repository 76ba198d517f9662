package org.qmk.sim.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.ScalarFrameLoops;

final class VectorFrameLoopsTest {

    private interface Loop {
        void run(FrameLoops loops, long[] rows, int[] list, int to, long[] state);
    }

    private static final List<Loop> LOOPS =
            List.of(
                    (loops, rows, list, to, _) -> loops.xor(rows, list, 2, to & ~1),
                    (loops, rows, list, to, _) -> loops.and(rows, list, 2, to & ~1),
                    (loops, rows, list, to, _) -> loops.or(rows, list, 2, to & ~1),
                    (loops, rows, list, to, _) -> loops.copy(rows, list, 2, to & ~1),
                    (loops, rows, list, to, _) -> loops.sum(rows, list, 1, Math.max(2, to)),
                    (loops, rows, list, to, _) -> loops.clear(rows, list, 2, to),
                    (loops, rows, list, to, _) -> loops.invert(rows, list, 2, to),
                    (loops, rows, list, to, state) -> loops.random(rows, list, 2, to, state),
                    (loops, rows, list, to, state) -> loops.addRandom(rows, list, 2, to, state));

    @Test
    void the_simulators_find_the_vector_loops() {
        assertInstanceOf(VectorFrameLoops.class, LoopChoice.frames());
    }

    /// Lists of so many rows, some of which are named more than once.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 100})
    void every_loop_is_the_scalar_loop(int count) {
        var random = new SplittableRandom(count);
        for (int i = 0; i < LOOPS.size(); i++) {
            long[] rows = random.longs(30 * FrameLoops.WORDS + 3).toArray();
            long[] state = random.longs(FrameLoops.STATE_WORDS).toArray();
            int[] list = random.ints(count + 2, 0, 30).map(r -> 3 + r * FrameLoops.WORDS).toArray();
            long[] expected = rows.clone();
            long[] expectedState = state.clone();

            LOOPS.get(i).run(new ScalarFrameLoops(), expected, list, count + 2, expectedState);
            LOOPS.get(i).run(new VectorFrameLoops(), rows, list, count + 2, state);

            assertArrayEquals(expected, rows, "loop " + i);
            assertArrayEquals(expectedState, state, "loop " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 4_096, 4_097})
    void gaps_are_the_same_bits(int count) {
        var random = new SplittableRandom(count);
        for (double chance : new double[] {1e-300, 1e-9, 0.001, 0.3, 0.999, 1}) {
            double inverse = 1 / Math.log1p(-chance);
            long[] words = random.longs(count).toArray();
            if (count > 2) words[1] = 0;
            if (count > 2) words[2] = -1;
            long[] expected = new long[count];
            long[] found = new long[count];

            new ScalarFrameLoops().gaps(words, expected, inverse);
            new VectorFrameLoops().gaps(words, found, inverse);

            assertArrayEquals(expected, found, "chance " + chance);
        }
    }
}
