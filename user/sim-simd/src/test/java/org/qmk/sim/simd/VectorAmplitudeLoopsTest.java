package org.qmk.sim.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.sim.loops.AmplitudeLoops;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.Precision;
import org.qmk.sim.loops.ScalarDoubleLoops;
import org.qmk.sim.loops.ScalarFloatLoops;

/// Every vector loop gives the bits of its scalar twin.
final class VectorAmplitudeLoopsTest {

    /// A way to run one loop.
    private interface Run {
        void run(AmplitudeLoops loops, MemorySegment re, MemorySegment im);
    }

    static Stream<Arguments> lengths() {
        return Stream.of(Precision.values())
                .flatMap(
                        precision ->
                                Stream.of(1, 2, 4, 8, 16, 32, 64, 1024)
                                        .map(length -> Arguments.of(precision, length)));
    }

    static Stream<Arguments> counts() {
        return Stream.of(Precision.values())
                .flatMap(
                        precision ->
                                Stream.of(0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 1001)
                                        .map(count -> Arguments.of(precision, count)));
    }

    @Test
    void the_simulators_find_the_vector_loops() {
        assertInstanceOf(VectorDoubleLoops.class, LoopChoice.amplitudes(Precision.DOUBLE));
        assertInstanceOf(VectorFloatLoops.class, LoopChoice.amplitudes(Precision.SINGLE));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void matrices_are_the_scalar_loops_on_every_bit(Precision precision, int length) {
        for (int bit = 1; bit < length; bit *= 2) {
            for (double[] m : matrices(bit)) {
                int stride = bit;
                assertSame(
                        precision,
                        2 * length,
                        "bit " + bit,
                        (loops, re, im) -> loops.matrix(re, im, length, length, stride, m));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("counts")
    void pairs_are_the_scalar_loops_at_every_count(Precision precision, int count) {
        for (double[] m : matrices(count)) {
            assertSame(
                    precision,
                    3 * count + 8,
                    "matrix",
                    (loops, re, im) -> loops.matrixPairs(re, im, 3, 2 * count + 5, count, m));
        }
        assertSame(
                precision,
                3 * count + 8,
                "exchange",
                (loops, re, im) -> loops.exchangePairs(re, im, 3, 2 * count + 5, count));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void phases_and_parities_are_the_scalar_loops_for_every_mask(Precision precision, int length) {
        for (int mask : masks(length)) {
            for (double angle : new double[] {0.3, Math.PI}) {
                double c = angle == Math.PI ? -1 : Math.cos(angle);
                double s = angle == Math.PI ? 0 : Math.sin(angle);
                assertSame(
                        precision,
                        2 * length,
                        "ones " + mask + ", angle " + angle,
                        (loops, re, im) -> loops.phase(re, im, length, length, mask, c, s));
                assertSame(
                        precision,
                        2 * length,
                        "z " + mask + ", angle " + angle,
                        (loops, re, im) ->
                                loops.parity(
                                        re, im, length, length, mask, new double[] {c, s, 0.5, 2}));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void exchanges_are_the_scalar_loops_for_every_mask(Precision precision, int length) {
        int bits = Integer.numberOfTrailingZeros(length);
        for (int a = 0; a < bits; a++) {
            for (int b = 0; b < bits; b++) {
                for (int ones : masks(length)) {
                    int mixing = 1 << a | 1 << b;
                    int steady = ones & ~mixing;
                    int from = 1 << a;
                    assertSame(
                            precision,
                            2 * length,
                            "mixing " + mixing + ", from " + from + ", ones " + steady,
                            (loops, re, im) ->
                                    loops.exchange(re, im, length, length, mixing, from, steady));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void norms_are_the_scalar_loops_for_every_mask(Precision precision, int length) {
        for (int mask : masks(length)) {
            double[][] found = new double[2][16];
            AmplitudeLoops[] both = {scalar(precision), LoopChoice.amplitudes(precision)};
            for (int i = 0; i < 2; i++) {
                try (var arena = Arena.ofConfined()) {
                    MemorySegment re = filled(precision, 2 * length, 1, arena);
                    MemorySegment im = filled(precision, 2 * length, 2, arena);
                    both[i].norms(re, im, length, length, mask, found[i]);
                }
            }
            assertEquals(found[0][0], found[1][0], "even, z " + mask);
            assertEquals(found[0][1], found[1][1], "odd, z " + mask);
        }
    }

    private static int[] masks(int length) {
        var random = new SplittableRandom(length);
        return Stream.concat(
                        Stream.of(0, 1, 2, 3, 4, 8, 9, 16, 17, 24, length - 1),
                        Stream.generate(() -> random.nextInt(length)).limit(20))
                .mapToInt(mask -> mask & length - 1)
                .distinct()
                .toArray();
    }

    /// One of complex and one of real entries.
    private static double[][] matrices(int seed) {
        var random = new SplittableRandom(seed);
        double[] complex = random.doubles(8, -1, 1).toArray();
        double[] real = complex.clone();
        for (int i = 1; i < 8; i += 2) real[i] = 0;
        return new double[][] {complex, real};
    }

    private static AmplitudeLoops scalar(Precision precision) {
        return switch (precision) {
            case DOUBLE -> new ScalarDoubleLoops();
            case SINGLE -> new ScalarFloatLoops();
        };
    }

    private static void assertSame(Precision precision, int size, String what, Run run) {
        byte[][] found = new byte[2][];
        AmplitudeLoops[] both = {scalar(precision), LoopChoice.amplitudes(precision)};
        for (int i = 0; i < 2; i++) {
            try (var arena = Arena.ofConfined()) {
                MemorySegment re = filled(precision, size, 1, arena);
                MemorySegment im = filled(precision, size, 2, arena);
                run.run(both[i], re, im);
                byte[] bytes = new byte[2 * (int) re.byteSize()];
                MemorySegment.copy(re, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length / 2);
                MemorySegment.copy(
                        im, ValueLayout.JAVA_BYTE, 0, bytes, bytes.length / 2, bytes.length / 2);
                found[i] = bytes;
            }
        }
        assertArrayEquals(found[0], found[1], what);
    }

    private static MemorySegment filled(Precision precision, int size, int seed, Arena arena) {
        AmplitudeLoops loops = scalar(precision);
        var random = new SplittableRandom(seed);
        MemorySegment plane = arena.allocate((long) size * precision.bytes(), 64);
        for (int i = 0; i < size; i++) loops.set(plane, i, random.nextDouble(-1, 1));
        return plane;
    }
}
