package org.qmk.server.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.server.page.JobTimeline.Doing;

/// A timeline that grows. What is old is dropped, so that no job's takes much room.
final class TimelineDraft {

    private static final int SPANS_KEPT = 256;
    private static final int WAVES_KEPT = 128;
    private static final int MARKS_KEPT = 64;

    private final ArrayDeque<JobTimeline.Span> spans = new ArrayDeque<>(2);
    private final ArrayDeque<JobTimeline.Wave> waves = new ArrayDeque<>(2);
    private final ArrayDeque<JobTimeline.Mark> marks = new ArrayDeque<>(2);
    private long dropped;

    private Doing doing = Doing.QUEUED;

    /// The first epoch of what it is doing.
    private long from;

    /// The last epoch in which nodes were issued, while it is working.
    private long worked;

    private Optional<JobTimeline.Wave> wave = Optional.empty();
    private boolean over;

    /// @param epoch the one before the first in which the job is there
    TimelineDraft(long epoch) {
        from = epoch + 1;
    }

    /// A wave begins in the epoch.
    void begin(long epoch, EpochPlan.Start start) {
        turn(Doing.WAITING, epoch - 1);
        wave =
                Optional.of(
                        new JobTimeline.Wave(
                                epoch,
                                0,
                                start.firstShot(),
                                start.shots(),
                                start.placement().blocks()));
    }

    /// Nodes are issued in the epoch.
    void work(long epoch) {
        boolean goesOn = doing == Doing.WORKING && worked == epoch - 1;
        if (!goesOn) turn(Doing.WORKING, epoch - 1);
        worked = epoch;
    }

    /// The job is parked, after the epoch.
    void park(long epoch) {
        turn(Doing.PARKED, epoch);
    }

    /// The job goes on, after the epoch.
    void resume(long epoch) {
        turn(wave.isPresent() ? Doing.WAITING : Doing.QUEUED, epoch);
    }

    /// The wave, if there is one, ends with the epoch.
    void endWave(long epoch) {
        turn(Doing.QUEUED, epoch);
        if (wave.isEmpty()) return;
        JobTimeline.Wave ended = wave.get();
        keep(
                waves,
                WAVES_KEPT,
                new JobTimeline.Wave(
                        ended.from(), epoch, ended.firstShot(), ended.shots(), ended.blocks()));
        wave = Optional.empty();
    }

    /// The job ends with the epoch.
    void end(long epoch) {
        endWave(epoch);
        over = true;
    }

    void mark(long epoch, String what) {
        keep(marks, MARKS_KEPT, new JobTimeline.Mark(epoch, what));
    }

    /// Closes what it was doing at the end of an epoch.
    private void turn(Doing next, long to) {
        if (doing == Doing.WORKING && worked < to) {
            add(Doing.WORKING, from, worked);
            doing = Doing.WAITING;
            from = worked + 1;
        }
        if (from <= to) add(doing, from, to);
        doing = next;
        from = to + 1;
    }

    private void add(Doing what, long first, long last) {
        JobTimeline.Span before = spans.peekLast();
        if (before != null && before.doing() == what) {
            spans.removeLast();
            spans.add(new JobTimeline.Span(what, before.from(), last));
        } else {
            keep(spans, SPANS_KEPT, new JobTimeline.Span(what, first, last));
        }
    }

    private <T> void keep(ArrayDeque<T> kept, int most, T one) {
        kept.add(one);
        if (kept.size() <= most) return;
        kept.remove();
        dropped++;
    }

    /// As it is at the end of an epoch.
    JobTimeline at(long epoch) {
        List<JobTimeline.Span> all = new ArrayList<>(spans);
        long first = from;
        Doing last = doing;
        if (!over && last == Doing.WORKING && worked < epoch) {
            all.add(new JobTimeline.Span(Doing.WORKING, first, worked));
            first = worked + 1;
            last = Doing.WAITING;
        }
        if (!over && first <= epoch) all.add(new JobTimeline.Span(last, first, epoch));
        List<JobTimeline.Wave> allWaves = new ArrayList<>(waves);
        wave.ifPresent(allWaves::add);
        return new JobTimeline(all, allWaves, List.copyOf(marks), dropped);
    }
}
