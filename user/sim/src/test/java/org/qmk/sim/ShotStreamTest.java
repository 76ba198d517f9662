package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShotStreamTest {

    /// mix is the output function of java.util.SplittableRandom, whose numbers are specified by its
    /// source: seed 42 and the golden increment.
    @Test
    void mixing_agrees_with_the_platform_generator() {
        var platform = new java.util.SplittableRandom(42);
        long state = 42;

        for (int i = 0; i < 1000; i++) {
            state += 0x9E3779B97F4A7C15L;
            assertEquals(platform.nextLong(), ShotStream.mix(state), "number " + i);
        }
    }

    /// 64 bits in 4 kinds of neighbouring streams. Hoeffding over 256 sums of 100,000: 512 exp(-2 *
    /// 1250^2 / 100000) = 1.4e-11.
    @Test
    void every_bit_is_fair_across_draws_shots_and_seeds() {
        int n = 100_000;
        int[][] ones = new int[4][64];

        for (int i = 0; i < n; i++) {
            long start = ShotStream.start(7, i);
            long first = ShotStream.bits(start, ShotStream.step(start), 0);
            long second = ShotStream.bits(start, ShotStream.step(start), 1);
            long next = ShotStream.start(7, i + 1L);
            long neighbour = ShotStream.bits(next, ShotStream.step(next), 0);
            long seeded = ShotStream.start(8, i);
            long other = ShotStream.bits(seeded, ShotStream.step(seeded), 0);
            count(ones[0], first);
            count(ones[1], first ^ second);
            count(ones[2], first ^ neighbour);
            count(ones[3], first ^ other);
        }

        for (int kind = 0; kind < 4; kind++) {
            for (int bit = 0; bit < 64; bit++) {
                assertEquals(n / 2, ones[kind][bit], 1250, "kind " + kind + ", bit " + bit);
            }
        }
    }

    @Test
    void uniform_numbers_stay_below_1_and_fill_every_tenth() {
        int[] tenths = new int[10];
        for (int shot = 0; shot < 10_000; shot++) {
            double u = ShotStream.uniform(3, shot, 5);
            assertTrue(u >= 0 && u < 1, "u is " + u);
            tenths[(int) (10 * u)]++;
        }

        // Bernstein at 1e-11 for each tenth: 1e-10.
        double bound = 10_000 * Bernstein.deviation(0.1, 10_000, 1e-11);
        for (int count : tenths) assertEquals(1000, count, bound);
    }

    private static void count(int[] ones, long bits) {
        for (int bit = 0; bit < 64; bit++) ones[bit] += (int) (bits >>> bit & 1);
    }
}
