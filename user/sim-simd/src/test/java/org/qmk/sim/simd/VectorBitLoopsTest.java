package org.qmk.sim.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.ScalarBitLoops;

final class VectorBitLoopsTest {

    @Test
    void the_simulators_find_the_vector_loops() {
        assertInstanceOf(VectorBitLoops.class, LoopChoice.bits());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 1_001})
    void xor_is_the_scalar_loops(int count) {
        var random = new SplittableRandom(count);
        long[] to = random.longs(count + 5).toArray();
        long[] from = random.longs(count + 7).toArray();
        long[] expected = to.clone();

        new ScalarBitLoops().xor(expected, 3, from, 5, count);
        new VectorBitLoops().xor(to, 3, from, 5, count);

        assertArrayEquals(expected, to);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 1_001})
    void parity_and_products_are_the_scalar_loops(int words) {
        var random = new SplittableRandom(words);
        for (int repeat = 0; repeat < 20; repeat++) {
            long[] to = random.longs(2 * words + 5).toArray();
            long[] by = random.longs(2 * words + 7).toArray();
            long[] expected = to.clone();
            BitLoops scalar = new ScalarBitLoops();
            BitLoops vector = new VectorBitLoops();

            assertEquals(scalar.parity(to, 3, by, 5, words), vector.parity(to, 3, by, 5, words));
            assertEquals(
                    scalar.anticommute(to, 3, by, 5, words),
                    vector.anticommute(to, 3, by, 5, words));
            assertEquals(
                    scalar.multiply(expected, 3, by, 5, words),
                    vector.multiply(to, 3, by, 5, words));
            assertArrayEquals(expected, to);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 65})
    void combinations_are_the_scalar_loops(int rows) {
        var random = new SplittableRandom(rows);
        long[] to = random.longs(rows * 11 + 9).toArray();
        long[] index = random.longs(rows * 5 + 9).toArray();
        long[] table = random.longs(BitLoops.TABLE_WORDS).toArray();
        long[] expected = to.clone();

        new ScalarBitLoops().addCombinations(expected, 1, 11, index, 2, 5, rows, table);
        new VectorBitLoops().addCombinations(to, 1, 11, index, 2, 5, rows, table);

        assertArrayEquals(expected, to);
    }
}
