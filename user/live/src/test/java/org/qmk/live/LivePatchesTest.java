package org.qmk.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qec.QecFailure;
import org.qmk.qec.memory.DecoderKind;
import org.qmk.qec.memory.MemoryExperiment;
import org.qmk.qec.memory.MemoryLimits;
import org.qmk.qec.memory.MemoryTally;
import org.qmk.sim.PatchErrors;

class LivePatchesTest {

    private static final int WORDS = PatchErrors.SHOTS / 64;

    /// Shots with an X, with a Z, and with both.
    private record Counts(long shots, long x, long z, long y) {}

    private static Counts count(LiveErrors errors, int epochs, int batches) {
        long x = 0;
        long z = 0;
        long y = 0;
        long[] planeX = new long[WORDS];
        long[] planeZ = new long[WORDS];
        for (int batch = 0; batch < batches; batch++) {
            errors.draw(5, batch, 3, epochs, planeX, planeZ);
            for (int w = 0; w < WORDS; w++) {
                x += Long.bitCount(planeX[w]);
                z += Long.bitCount(planeZ[w]);
                y += Long.bitCount(planeX[w] & planeZ[w]);
            }
        }
        return new Counts((long) batches * PatchErrors.SHOTS, x, z, y);
    }

    /// What `qmk qec memory` counts of the same circuit, decoded as a whole.
    private static MemoryTally memory(LiveCode code, boolean alongX, int rounds, long shots)
            throws QecFailure {
        return MemoryExperiment.of(code.memory(alongX, rounds), DecoderKind.MATCHING)
                .run(new MemoryLimits(shots, Long.MAX_VALUE), 77, 1, _ -> {});
    }

    @ParameterizedTest
    @CsvSource({"3, 0.01, 1", "3, 0.01, 4", "3, 0.004, 2", "5, 0.01, 3"})
    void patches_fail_as_often_as_memories_of_as_many_rounds(int distance, double p, int epochs)
            throws QecFailure {
        LiveCode code = LiveCode.surface(distance, p);
        var counts = count(new LiveErrors(code), epochs, 32);

        for (boolean alongX : new boolean[] {false, true}) {
            MemoryTally tally = memory(code, alongX, epochs * distance, counts.shots);
            double live = (double) (alongX ? counts.z : counts.x) / counts.shots;
            double mean = (live + tally.rate()) / 2;
            double deviation = Math.sqrt(2 * mean * (1 - mean) / counts.shots);
            assertTrue(tally.errors() > 100, tally + "");
            assertEquals(tally.rate(), live, 3 * deviation, "along X: " + alongX);
        }
        // X and Z are drawn apart.
        double expected = (double) counts.x * counts.z / counts.shots;
        assertEquals(expected, counts.y, 7 * Math.sqrt(expected) + 7);
    }

    @Test
    void long_stretches_are_taken_in_pieces() throws QecFailure {
        LiveCode code = LiveCode.surface(3, 0.004);
        double piece =
                memory(code, false, LiveErrors.EPOCHS_MAX * 3, 12 * PatchErrors.SHOTS).rate();

        var counts = count(new LiveErrors(code), 3 * LiveErrors.EPOCHS_MAX, 12);

        double expected = (1 - Math.pow(1 - 2 * piece, 3)) / 2;
        double rate = (double) counts.x / counts.shots;
        assertEquals(expected, rate, 5 * Math.sqrt(expected * (1 - expected) / counts.shots));
    }

    @Test
    void what_is_drawn_depends_on_its_place_alone_and_on_no_thread() throws Exception {
        var errors = new LiveErrors(LiveCode.surface(3, 0.01));
        var other = new LiveErrors(LiveCode.surface(3, 0.01));
        try (var pool = Executors.newFixedThreadPool(3)) {
            List<Callable<long[]>> calls = new ArrayList<>();
            for (int place = 0; place < 12; place++) {
                int number = place;
                calls.add(() -> drawn(errors, 9, number));
            }
            var all = pool.invokeAll(calls);
            for (int place = 11; place >= 0; place--) {
                assertArrayEquals(drawn(other, 9, place), all.get(place).get());
            }
        }
        assertNotEquals(0, count(errors, 1, 4).x);
        assertTrue(!java.util.Arrays.equals(drawn(errors, 9, 1), drawn(errors, 9, 2)));
        assertTrue(!java.util.Arrays.equals(drawn(errors, 9, 1), drawn(errors, 8, 1)));
    }

    /// X and Z of one batch.
    private static long[] drawn(PatchErrors errors, long seed, int place) {
        long[] x = new long[WORDS];
        long[] z = new long[WORDS];
        errors.draw(seed, 2, place, 1 + place % 3, x, z);
        long[] both = java.util.Arrays.copyOf(x, 2 * WORDS);
        System.arraycopy(z, 0, both, WORDS, WORDS);
        return both;
    }

    @Test
    void windows_with_more_events_take_longer_and_the_same_each_time() throws QecFailure {
        LiveCode code = LiveCode.surface(5, 0.002);
        var cost = new DecodingCost.Counted(100, 50);
        double quiet = mean(new LiveWindows(code, cost, 1000, 4), 10);

        assertEquals(quiet, mean(new LiveWindows(code, cost, 1000, 4), 10), 0);
        assertNotEquals(quiet, mean(new LiveWindows(code, cost, 1000, 5), 10));
        assertTrue(mean(new LiveWindows(code, cost, 1000, 4), 20) > 1.5 * quiet);
        double noisy = mean(new LiveWindows(LiveCode.surface(5, 0.008), cost, 1000, 4), 10);
        assertTrue(noisy > 2 * quiet, noisy + " after " + quiet);
        assertEquals(quiet / 2, mean(new LiveWindows(code, cost, 2000, 4), 10), 1e-12);
    }

    @Test
    void a_window_can_be_measured() throws QecFailure {
        var windows =
                new LiveWindows(LiveCode.surface(3, 0.01), new DecodingCost.Measured(), 1000, 4);

        assertTrue(mean(windows, 6) > 0);
    }

    private static double mean(LiveWindows windows, int covered) {
        double sum = 0;
        for (int patch = 0; patch < 2000; patch++) sum += windows.rounds(patch, 3, covered);
        return sum / 2000;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.6, Double.NaN})
    void what_is_no_chance_is_refused(double chance) {
        assertThrows(IllegalArgumentException.class, () -> LiveCode.surface(3, chance));
    }

    @Test
    void what_is_no_code_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> LiveCode.surface(1, 0.01));
        assertThrows(IllegalArgumentException.class, () -> LiveCode.surface(100, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new LiveCode(3, 0.01, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> new DecodingCost.Counted(0, 0));
    }
}
