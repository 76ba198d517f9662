package org.qmk.server.engine;

import java.util.HexFormat;
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
        if (state == JobState.QUEUED) count(WaitCause.QUEUE, epoch - queuedSince, waited);
        if (next == JobState.QUEUED) {
            queuedSince = epoch;
            wait = WaitCause.QUEUE;
        }
        state = next;
        cause = why;
        if (next.isFinal()) endedEpoch = epoch;
    }

    /// Why it did not do all that it could in an epoch in which it had blocks.
    void waits(WaitCause why) {
        wait = why;
        if (why != WaitCause.NOTHING) count(why, 1, waited);
    }

    private static void count(WaitCause why, long epochs, TreeMap<WaitCause, Long> waited) {
        if (epochs > 0) waited.merge(why, epochs, Long::sum);
    }

    JobRecord record(long epoch) {
        var waits = new TreeMap<>(waited);
        if (state == JobState.QUEUED) count(WaitCause.QUEUE, epoch - queuedSince, waits);
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
                        waits),
                new JobRecord.Results(tally.bits(), tally.counts()));
    }
}
