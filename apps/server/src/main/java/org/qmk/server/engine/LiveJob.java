package org.qmk.server.engine;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.qmk.device.JobId;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.qvm.CanonicalForm;
import org.qmk.runtime.ShotTally;

/// A job that has not ended, as its kernel's notices tell of it. One thread at a time.
final class LiveJob {

    final JobId id;
    final JobKey key;
    final SessionId session;
    final ShotTally tally;
    private final JobRecord.Asked asked;
    private JobState state = JobState.QUEUED;
    private EndCause cause = EndCause.NONE;
    private long endedEpoch;
    private long queuedSince;
    private WaitCause wait = WaitCause.QUEUE;
    private final TreeMap<WaitCause, Long> waited = new TreeMap<>();
    private final ArrayDeque<JobRecord.Stretch> stretches = new ArrayDeque<>();
    private long waves;

    String detail = "";
    long epochs;

    /// Blocks that it holds.
    int blocks;

    /// Whether the device said in this epoch that the wave went wrong.
    boolean failed;

    LiveJob(JobId id, JobKey key, Submission submission, long epoch) {
        this.id = id;
        this.key = key;
        var input = submission.input();
        session = input.session();
        queuedSince = epoch;
        tally = new ShotTally(input.program().graph());
        asked =
                new JobRecord.Asked(
                        submission.name(),
                        HexFormat.of().formatHex(CanonicalForm.digest(input.program().graph())),
                        input.policy().shots(),
                        input.policy().seed(),
                        submission.idempotencyKey(),
                        submission.warnings(),
                        epoch);
    }

    JobState state() {
        return state;
    }

    void change(JobState next, EndCause why, long epoch) {
        addQueued(epoch, waited, stretches);
        if (next == JobState.QUEUED) {
            queuedSince = epoch;
            wait = WaitCause.QUEUE;
        }
        state = next;
        cause = why;
        if (next.isFinal()) endedEpoch = epoch;
    }

    void beginWave() {
        waves++;
    }

    /// Why it did not do all that it could in an epoch in which it had blocks.
    void waits(long epoch, WaitCause why) {
        wait = why;
        if (why != WaitCause.NOTHING) waited.merge(why, 1L, Long::sum);
        JobRecord.Stretch last = stretches.peekLast();
        boolean goesOn =
                last != null
                        && last.to() == epoch - 1
                        && last.wave() == waves
                        && last.cause() == why;
        if (goesOn) stretches.removeLast();
        long from = goesOn ? last.from() : epoch;
        add(new JobRecord.Stretch(from, epoch, waves, why), stretches);
    }

    private static void add(JobRecord.Stretch stretch, ArrayDeque<JobRecord.Stretch> stretches) {
        if (stretches.size() == JobRecord.STRETCHES_MAX) stretches.removeFirst();
        stretches.add(stretch);
    }

    /// Adds the epochs in the queue up to now, if it is there: they are not counted one by one.
    private void addQueued(
            long epoch, TreeMap<WaitCause, Long> to, ArrayDeque<JobRecord.Stretch> toStretches) {
        if (state != JobState.QUEUED || epoch <= queuedSince) return;
        to.merge(WaitCause.QUEUE, epoch - queuedSince, Long::sum);
        add(new JobRecord.Stretch(queuedSince + 1, epoch, 0, WaitCause.QUEUE), toStretches);
    }

    JobRecord record(long epoch) {
        var waits = new TreeMap<>(waited);
        var all = new ArrayDeque<>(stretches);
        addQueued(epoch, waits, all);
        return new JobRecord(
                key,
                asked,
                new JobRecord.Standing(
                        state,
                        cause,
                        detail,
                        tally.shotsDone(),
                        epoch,
                        endedEpoch,
                        epochs,
                        blocks,
                        wait,
                        waits,
                        List.copyOf(all)),
                new JobRecord.Results(tally.bits(), tally.counts()));
    }
}
