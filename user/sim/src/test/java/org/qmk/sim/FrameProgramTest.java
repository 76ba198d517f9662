package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.sim.loops.ScalarFrameLoops;

/// Noise in frames against its exact chances. A slot that was never reset has an empty frame, so
/// that its rows show the noise itself.
class FrameProgramTest {

    private static final int SHOTS = 1 << 20;

    /// Each comparison may deviate by what Bernstein's inequality allows at a chance of 1e-13;
    /// fewer than 1,000 of them in this class: 1e-10 together.
    private static final double FALSE_ALARM = 1e-13;

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 0.001, 0.04, 0.5, 0.97})
    void flips_come_as_often_as_said_and_alone(double chance) {
        var builder = new FrameProgram.Builder(0);
        int[] rows = new int[6];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = builder.row();
            builder.clear(rows[i]);
            builder.output(rows[i]);
        }
        for (int row : rows) builder.flip(row, chance);

        long[][] planes = sample(builder.build(), 5);

        for (int i = 0; i < rows.length; i++) {
            assertShare(chance, planes[i], "row " + i);
            for (int j = 0; j < i; j++) {
                assertShare(chance * chance, both(planes[i], planes[j]), "rows " + i + ", " + j);
            }
            assertShare(chance * chance, both(planes[i], shifted(planes[i])), "neighbours");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.3, 1})
    void one_qubit_channels_choose_as_said(double scale) {
        double[][] chances = {
            {scale / 3, scale / 3, scale / 3},
            {scale, 0, 0},
            {0, scale, 0},
            {0, 0, scale},
            {scale * 0.125, scale * 0.5, scale * 0.25}
        };
        var builder = new FrameProgram.Builder(chances.length);
        builder.depolarize(0, scale);
        for (int i = 1; i < chances.length; i++) {
            builder.pauliChannel(i, chances[i][0], chances[i][1], chances[i][2]);
        }
        for (int i = 0; i < chances.length; i++) {
            builder.output(builder.rowX(i));
            builder.output(builder.rowZ(i));
        }

        long[][] planes = sample(builder.build(), 6);

        for (int i = 0; i < chances.length; i++) {
            long[] x = planes[2 * i];
            long[] z = planes[2 * i + 1];
            assertShare(chances[i][0], both(x, not(z)), "X of " + i);
            assertShare(chances[i][1], both(x, z), "Y of " + i);
            assertShare(chances[i][2], both(not(x), z), "Z of " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.002, 0.2, 1})
    void two_qubit_depolarizing_makes_all_fifteen_alike(double chance) {
        var builder = new FrameProgram.Builder(4);
        builder.depolarize(2, 1, chance);
        builder.depolarize(0, 3, chance);
        for (int slot = 0; slot < 4; slot++) {
            builder.output(builder.rowX(slot));
            builder.output(builder.rowZ(slot));
        }

        long[][] planes = sample(builder.build(), 7);

        int[][] pairs = {{2, 1}, {0, 3}};
        for (int[] pair : pairs) {
            for (int letters = 1; letters < 16; letters++) {
                long[] shots = not(new long[SHOTS / 64]);
                for (int bit = 0; bit < 4; bit++) {
                    long[] plane = planes[2 * pair[bit >> 1] + (bit & 1)];
                    shots = both(shots, (letters >> bit & 1) != 0 ? plane : not(plane));
                }
                assertShare(chance / 15, shots, "letters " + letters);
            }
        }
    }

    /// X before a CNOT comes out on both qubits, and before H as what Z does to plus.
    @Test
    void gates_carry_noise_to_where_it_is_seen() {
        var builder = new FrameProgram.Builder(3);
        int[] records = {builder.row(), builder.row(), builder.row()};
        for (int slot = 0; slot < 3; slot++) builder.reset(slot);
        builder.pauliChannel(0, 0.25, 0, 0);
        builder.cnot(0, 1);
        builder.h(2);
        builder.pauliChannel(2, 0, 0, 0.125);
        builder.h(2);
        for (int slot = 0; slot < 3; slot++) {
            builder.measureZ(slot, records[slot]);
            builder.output(records[slot]);
        }

        long[][] planes = sample(builder.build(), 8);

        assertArrayEquals(planes[0], planes[1]);
        assertShare(0.25, planes[0], "X");
        assertShare(0.125, planes[2], "Z");
    }

    @Test
    void batches_are_the_same_whatever_the_threads_and_the_pieces() {
        FrameProgram program = noisy();
        long[][] whole = new long[program.outputCount()][1_000];
        FrameSampler.sample(program, new Shots(3, 64, 64_000), whole, 1);

        for (int threads : new int[] {2, 3, 8}) {
            long[][] other = new long[program.outputCount()][1_000];
            FrameSampler.sample(program, new Shots(3, 64, 64_000), other, threads);
            for (int i = 0; i < whole.length; i++) assertArrayEquals(whole[i], other[i]);
        }
        for (int first : new int[] {0, 1, 63, 64, 1_000, 30_001}) {
            long[][] part = new long[program.outputCount()][32];
            FrameSampler.sample(program, new Shots(3, 64 + first, 2_048), part, 2);
            for (int i = 0; i < part.length; i++) {
                for (int shot = 0; shot < 2_048; shot++) {
                    long expected = whole[i][first + shot >>> 6] >>> first + shot & 1;
                    assertEquals(expected, part[i][shot >>> 6] >>> shot & 1, "shot " + shot);
                }
            }
        }
    }

    @Test
    void instructions_that_are_merged_change_no_bit() {
        // Distinct gates on the same rows, in an order that matters.
        var builder = new FrameProgram.Builder(2);
        int a = builder.row();
        int b = builder.row();
        builder.clear(a);
        builder.invert(a);
        builder.copy(b, a);
        builder.invert(a);
        builder.xor(b, a);
        builder.invert(b);
        builder.or(a, b);
        builder.output(a);
        builder.output(b);

        long[][] planes = sample(builder.build(), 1);

        assertEquals(0, ones(planes[0]));
        assertEquals(0, ones(planes[1]));
    }

    /// floor(log u / log(1 - p)), but where rounding may move it.
    @Test
    void gaps_follow_the_logarithm() {
        long[] words = new SplittableRandom(1).longs(100_000).toArray();
        long[] gaps = new long[words.length];
        double inverse = 1 / Math.log1p(-0.001);

        new ScalarFrameLoops().gaps(words, gaps, inverse);

        for (int i = 0; i < words.length; i++) {
            double uniform = 1 - (words[i] >>> 12) * 0x1p-52;
            double expected = Math.log(uniform) * inverse;
            assertTrue(Math.abs(gaps[i] + 0.5 - expected) < 0.5 + 1e-6, "word " + i);
        }
    }

    @Test
    void chances_that_are_none_are_refused() {
        var builder = new FrameProgram.Builder(2);

        assertThrows(IllegalArgumentException.class, () -> builder.flip(builder.rowX(0), 1.5));
        assertThrows(IllegalArgumentException.class, () -> builder.depolarize(0, -0.1));
        assertThrows(IllegalArgumentException.class, () -> builder.depolarize(0, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> builder.pauliChannel(0, 0.5, 0.6, 0));
        assertThrows(IllegalArgumentException.class, () -> builder.pauliChannel(0, 0.5, -0.1, 0));
    }

    private static FrameProgram noisy() {
        var random = new SplittableRandom(9);
        var builder = new FrameProgram.Builder(20);
        for (int slot = 0; slot < 20; slot++) builder.reset(slot);
        for (int i = 0; i < 400; i++) {
            int a = random.nextInt(20);
            int b = (a + 1 + random.nextInt(19)) % 20;
            switch (random.nextInt(8)) {
                case 0 -> builder.h(a);
                case 1 -> builder.s(a);
                case 2 -> builder.cnot(a, b);
                case 3 -> builder.depolarize(a, 0.01);
                case 4 -> builder.depolarize(a, b, 0.02);
                case 5 -> builder.pauliChannel(a, 0.01, 0.02, 0.03);
                case 6 -> builder.reset(a);
                default -> {
                    int record = builder.row();
                    builder.measureZ(a, record);
                    builder.flip(record, 0.01);
                    builder.output(record);
                }
            }
        }
        return builder.build();
    }

    private static long[][] sample(FrameProgram program, long seed) {
        long[][] planes = new long[program.outputCount()][SHOTS / 64];
        FrameSampler.sample(program, new Shots(seed, 0, SHOTS), planes, 2);
        return planes;
    }

    private static void assertShare(double chance, long[] plane, String what) {
        double bound = Bernstein.deviation(chance, SHOTS, FALSE_ALARM);
        assertEquals(chance, (double) ones(plane) / SHOTS, bound, what);
    }

    private static int ones(long[] plane) {
        int ones = 0;
        for (long word : plane) ones += Long.bitCount(word);
        return ones;
    }

    private static long[] both(long[] a, long[] b) {
        long[] both = a.clone();
        for (int i = 0; i < both.length; i++) both[i] &= b[i];
        return both;
    }

    private static long[] not(long[] a) {
        long[] not = a.clone();
        for (int i = 0; i < not.length; i++) not[i] = ~not[i];
        return not;
    }

    /// Every shot takes the place of the one before, the last that of none.
    private static long[] shifted(long[] a) {
        long[] shifted = a.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = a[i] >>> 1 | (i + 1 < a.length ? a[i + 1] << 63 : 0);
        }
        return shifted;
    }
}
