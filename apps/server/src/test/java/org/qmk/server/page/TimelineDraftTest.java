package org.qmk.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.EpochPlan;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.qvm.Graph;
import org.qmk.server.page.JobTimeline.Doing;

final class TimelineDraftTest {

    private static final Graph GRAPH = PageServer.ghz(2, 1).graph();

    private static EpochPlan.Start start(long firstShot, int shots) {
        var placement = new Placement(List.of(new Extent(0, 2 * shots)));
        return new EpochPlan.Start(new JobId(1), GRAPH, 1, firstShot, shots, 2, placement);
    }

    @Test
    void a_job_waits_works_and_ends() {
        var draft = new TimelineDraft(4);
        draft.begin(7, start(0, 3));
        draft.work(7);
        draft.work(8);
        draft.work(11);
        draft.mark(11, "rolled back");
        draft.end(12);

        JobTimeline timeline = draft.at(99);

        assertEquals(
                List.of(
                        new JobTimeline.Span(Doing.QUEUED, 5, 6),
                        new JobTimeline.Span(Doing.WORKING, 7, 8),
                        new JobTimeline.Span(Doing.WAITING, 9, 10),
                        new JobTimeline.Span(Doing.WORKING, 11, 11),
                        new JobTimeline.Span(Doing.WAITING, 12, 12)),
                timeline.spans());
        assertEquals(List.of(new JobTimeline.Wave(7, 12, 0, 3, 6)), timeline.waves());
        assertEquals(List.of(new JobTimeline.Mark(11, "rolled back")), timeline.marks());
    }

    @Test
    void a_wave_that_runs_has_no_end() {
        var draft = new TimelineDraft(0);
        draft.begin(1, start(5, 1));
        draft.work(1);
        draft.park(2);

        JobTimeline timeline = draft.at(3);

        assertEquals(
                List.of(
                        new JobTimeline.Span(Doing.WORKING, 1, 1),
                        new JobTimeline.Span(Doing.WAITING, 2, 2),
                        new JobTimeline.Span(Doing.PARKED, 3, 3)),
                timeline.spans());
        assertEquals(List.of(new JobTimeline.Wave(1, 0, 5, 1, 2)), timeline.waves());
    }

    /// One entry for each epoch, and what the timeline makes of them.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void spans_are_what_was_done_epoch_by_epoch(long seed) {
        var random = new Random(seed);
        var draft = new TimelineDraft(0);
        List<Doing> done = new ArrayList<>();
        boolean wave = false;
        boolean parked = false;

        for (long epoch = 1; epoch <= 200; epoch++) {
            boolean begins = !wave && random.nextInt(4) == 0;
            if (begins) draft.begin(epoch, start(epoch, 1));
            wave |= begins;
            boolean works = wave && !parked && random.nextInt(3) > 0;
            if (works) draft.work(epoch);
            done.add(
                    works
                            ? Doing.WORKING
                            : parked ? Doing.PARKED : wave ? Doing.WAITING : Doing.QUEUED);
            if (wave && random.nextInt(8) == 0) {
                draft.endWave(epoch);
                wave = false;
                parked = false;
            } else if (wave && random.nextInt(8) == 0) {
                if (parked) draft.resume(epoch);
                else draft.park(epoch);
                parked = !parked;
            }

            List<Doing> told = new ArrayList<>();
            for (JobTimeline.Span span : draft.at(epoch).spans()) {
                assertEquals(told.size() + 1, span.from(), "no gap");
                for (long at = span.from(); at <= span.to(); at++) told.add(span.doing());
            }
            assertEquals(done, told);
        }
    }

    @Test
    void old_parts_are_dropped_and_counted() {
        var draft = new TimelineDraft(0);
        for (int wave = 0; wave < 1_000; wave++) {
            long epoch = 1 + 2L * wave;
            draft.begin(epoch, start(wave, 1));
            draft.work(epoch);
            draft.endWave(epoch);
        }

        JobTimeline timeline = draft.at(2_000);

        assertTrue(timeline.spans().size() <= 257);
        assertEquals(128, timeline.waves().size());
        assertEquals(999, timeline.waves().getLast().firstShot());
        assertEquals(1_000 - 128 + 2_000 - timeline.spans().size(), timeline.dropped());
    }
}
