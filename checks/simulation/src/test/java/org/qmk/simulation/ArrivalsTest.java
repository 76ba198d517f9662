package org.qmk.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ArrivalsTest {

    private static final double GAP = 8;
    private static final int EPOCHS = 400_000;

    /// By stretch of 64 epochs: how many jobs come.
    private static int[] counts(Arrivals arrivals, long seed) {
        Arrivals.Clock clock = arrivals.clock(new Dice(seed), GAP);
        int[] counts = new int[EPOCHS / 64];
        for (double time = clock.next(); time < EPOCHS; time = clock.next()) {
            counts[(int) time / 64]++;
        }
        return counts;
    }

    private static double mean(int[] counts) {
        double sum = 0;
        for (int count : counts) sum += count;
        return sum / counts.length;
    }

    /// 1 without memory, more in bursts.
    private static double dispersion(int[] counts) {
        double mean = mean(counts);
        double squares = 0;
        for (int count : counts) squares += (count - mean) * (count - mean);
        return squares / counts.length / mean;
    }

    /// 50,000 jobs; in bursts they come in 1,562 of them, each of 32 jobs with a deviation of 32
    /// and a little: a tenth is 3 to 4 deviations of the sum, and the seed is fixed.
    @ParameterizedTest
    @EnumSource
    void as_many_jobs_come_as_are_asked_for(Arrivals arrivals) {
        assertEquals(64 / GAP, mean(counts(arrivals, 5)), 0.1 * 64 / GAP);
    }

    @Test
    void only_bursts_have_a_memory() {
        double poisson = dispersion(counts(Arrivals.POISSON, 5));
        double bursty = dispersion(counts(Arrivals.BURSTY, 5));

        assertTrue(Math.abs(poisson - 1) < 0.1, "poisson: " + poisson);
        assertTrue(bursty > 5, "bursty: " + bursty);
    }
}
