package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.JobId;

/// Windows before the decoders of a farm, and how long they wait.
class FarmQueueTest {

    private static final JobId JOB = new JobId(1);
    private static final JobId OTHER = new JobId(2);

    /// What ../shared/oracles prints of the backlog in section 3.8: T(k) = f (T(k-1) + g), the time
    /// at which outcome k is told if each measurement comes g after the outcome before it and f is
    /// what decoding takes for what is measured in one unit of time. Here a window is decoded once
    /// its round is complete, and told at the end of a round: g is longer by one or two rounds, by
    /// the clock of the decoder, and all grows with it.
    @ParameterizedTest
    @CsvSource({
        "2, 1000, 10, 2046",
        "1.1, 1000, 10, 17.531",
        "1.1, 500, 50, 1280.299",
        "1.1, 10, 100, 151575.736"
    })
    void a_backlog_grows_as_the_oracle_says(double f, int g, int steps, double expected) {
        double last = told(f, g, steps).getLast() / (double) g;

        assertTrue(last >= expected * (1 + 1 / (f * g)) * (1 - 1e-4), last + "");
        assertTrue(last <= expected * (1 + 2 / (f * g)) * (1 + 1e-4), last + "");
    }

    @Test
    void every_step_of_a_backlog_is_the_one_before_it_times_the_factor() {
        List<Long> told = told(1.125, 10, 60);

        long before = 0;
        for (long each : told) {
            assertEquals((long) Math.ceil(1.125 * (before + 10) + 1), each);
            before = each;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 1})
    void decoders_that_keep_up_have_no_backlog_however_long_a_program_is(double f) {
        List<Long> told = told(f, 10, 1000);

        for (int k = 0; k < told.size(); k++) assertEquals(11L * (k + 1), told.get(k));
    }

    /// When each of the outcomes is told that are measured g after the one before it was told, by
    /// one decoder that takes f rounds for a round.
    private static List<Long> told(double f, int g, int steps) {
        var farm = new DecoderFarm(1, 1, 1, 0, false, new WindowTime.Constant(f));
        var queue = new FarmQueue(farm, 0, WindowDecoding.of(farm, 7));
        queue.begin(JOB, 1);
        List<Long> told = new ArrayList<>();
        for (int k = 0; k < steps; k++) {
            for (int i = 0; i < g; i++) queue.pass(1, 0);
            DecoderQueue.Mark mark = queue.mark();
            while (!queue.done(JOB, mark)) queue.pass(1, 0);
            told.add(queue.mark().clock());
        }
        return told;
    }

    @Test
    void an_outcome_waits_for_its_window_to_be_complete_decoded_and_told() {
        var farm = new DecoderFarm(4, 2, 5, 3, false, new WindowTime.Constant(4));
        var queue = new FarmQueue(farm, 6, WindowDecoding.of(farm, 7));
        queue.begin(JOB, 2);
        List<Boolean> done = new ArrayList<>();

        queue.pass(5, 0);
        DecoderQueue.Mark mark = queue.mark();
        for (int clock = 6; clock <= 17; clock++) {
            queue.pass(1, 0);
            done.add(queue.done(JOB, mark));
        }

        // Complete at 8, decoded in 2 at twice the speed, told 6 later.
        assertEquals(10, done.indexOf(true), done + "");
        assertEquals(done.indexOf(true), done.lastIndexOf(false) + 1);
    }

    @Test
    void more_decoders_do_not_help_windows_that_wait_for_each_other() {
        assertTrue(backlogAfter(1000, 8, false, 1) > 300);
        assertEquals(0, backlogAfter(1000, 8, true, 1), 10);
        assertTrue(backlogAfter(1000, 1, true, 1) > 300);
        assertEquals(0, backlogAfter(1000, 64, true, 20), 200);
    }

    /// Windows of 10 rounds that take 20.
    private static long backlogAfter(int epochs, int workers, boolean parallel, int blocks) {
        var farm = new DecoderFarm(workers, 1, 10, 10, parallel, new WindowTime.Constant(20));
        var queue = new FarmQueue(farm, 0, WindowDecoding.of(farm, 7));
        queue.begin(JOB, blocks);
        for (int i = 0; i < epochs; i++) queue.pass(10, 0);
        return queue.backlogRounds();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void all_that_was_measured_is_decoded_in_the_end(boolean parallel) {
        for (int length = 1; length <= 60; length++) {
            var farm = new DecoderFarm(2, 1, 4, 3, parallel, new WindowTime.Exponential(0.5, 1.5));
            var queue = new FarmQueue(farm, 0, WindowDecoding.of(farm, length));
            queue.begin(JOB, 3);
            queue.begin(OTHER, 1);
            for (int i = 0; i < length; i++) queue.pass(1, 0);
            DecoderQueue.Mark mark = queue.mark();
            queue.end(JOB);
            for (int i = 0; i < 100; i++) queue.pass(1, 0);

            assertTrue(queue.done(OTHER, mark), length + " rounds");
            queue.end(OTHER);
            for (int i = 0; i < 100; i++) queue.pass(1, 0);
            assertEquals(0, queue.backlogRounds(), length + " rounds");
        }
    }

    @Test
    void decoders_that_are_busy_in_vain_leave_the_others_behind() {
        var farm = new DecoderFarm(1, 1, 10, 0, false, new WindowTime.Constant(10));
        var queue = new FarmQueue(farm, 0, WindowDecoding.of(farm, 7));
        queue.begin(JOB, 1);
        queue.pass(10, 1000);
        DecoderQueue.Mark mark = queue.mark();

        int epochs = 0;
        for (; !queue.done(JOB, mark); epochs++) queue.pass(10, 0);

        // 100 windows of nothing, then ours; of 100 older than the epoch, 2 are begun.
        assertEquals(100, epochs);
        assertEquals(980, queue.backlogRounds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "exponential", "lognormal", "table"})
    void times_have_the_mean_of_their_law(String name) {
        WindowTime time =
                switch (name) {
                    case "constant" -> new WindowTime.Constant(3);
                    case "exponential" -> new WindowTime.Exponential(1, 3);
                    case "lognormal" -> new WindowTime.Lognormal(2, 0.5);
                    default -> new WindowTime.Table(List.of(1.0, 2.0, 6.0));
                };
        var farm = new DecoderFarm(1, 2, 5, 5, false, time);
        var decoding = WindowDecoding.of(farm, 9);
        int draws = 100_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double rounds = decoding.rounds(i % 10, i / 10, 10);
            sum += rounds;
            squares += rounds * rounds;
        }

        // Seven standard errors: a false alarm has a chance below 1e-11.
        double mean = sum / draws;
        double error = Math.sqrt(Math.max(0, squares / draws - mean * mean) / draws);
        assertEquals(time.mean() / 2, mean, 7 * error + 1e-9);
        assertEquals(decoding.rounds(3, 4, 10), WindowDecoding.of(farm, 9).rounds(3, 4, 10));
        assertEquals(decoding.rounds(3, 4, 10) / 2, decoding.rounds(3, 4, 5), 1e-12);
    }

    @Test
    void what_is_no_farm_is_refused() {
        var time = new WindowTime.Constant(1);
        List<Runnable> wrong =
                List.of(
                        () -> new DecoderFarm(0, 1, 1, 0, false, time),
                        () -> new DecoderFarm(1, 0, 1, 0, false, time),
                        () -> new DecoderFarm(1, 1, 0, 0, false, time),
                        () -> new DecoderFarm(1, 1, 1, -1, false, time),
                        () -> new WindowTime.Constant(0),
                        () -> new WindowTime.Exponential(2, 1),
                        () -> new WindowTime.Lognormal(1, 5),
                        () -> new WindowTime.Table(List.of()),
                        () -> new WindowTime.Table(List.of(1.0, Double.NaN)));
        for (Runnable each : wrong) {
            assertThrows(IllegalArgumentException.class, each::run);
        }
    }
}
