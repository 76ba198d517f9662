package org.qmk.sim.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
}
