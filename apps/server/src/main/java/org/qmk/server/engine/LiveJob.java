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
    private WaitCause wait = WaitCause.QUEUE;
    private final TreeMap<WaitCause, Long> waited = new TreeMap<>();
    private final ArrayDeque<JobRecord.Stretch> stretches = new ArrayDeque<>();
    private long waves;

    /// Whether the wave that began last is over.
    private boolean waveOver = true;

    /// The wave that the job has, or had in the epoch that is closed last; 0 for none.
    private long wave;

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
        state = next;
        cause = why;
        if (next.isFinal()) endedEpoch = epoch;
    }

    /// An epoch begins.
    void beginEpoch() {
        if (waveOver) wave = 0;
    }

    void beginWave() {
        wave = ++waves;
        waveOver = false;
    }

    void endWave() {
        waveOver = true;
    }

    void waits(long epoch, WaitCause why) {
        wait = why;
        if (why != WaitCause.NOTHING) waited.merge(why, 1L, Long::sum);
        JobRecord.Stretch last = stretches.peekLast();
        boolean goesOn =
                last != null
                        && last.to() == epoch - 1
                        && last.wave() == wave
                        && last.cause() == why;
        if (goesOn) stretches.removeLast();
        if (stretches.size() == JobRecord.STRETCHES_MAX) stretches.removeFirst();
        stretches.add(new JobRecord.Stretch(goesOn ? last.from() : epoch, epoch, wave, why));
    }

    JobRecord record(long epoch) {
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
                        waited,
                        List.copyOf(stretches)),
                new JobRecord.Results(tally.bits(), tally.counts()));
    }
}
