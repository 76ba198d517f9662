package org.qmk.server.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.runtime.Witness;

/// Follows the jobs in flight: from what the kernel takes and says while it runs, and from the same
/// in its journal after a crash. One thread at a time.
final class JobBook implements Witness {

    private final TreeMap<JobId, LiveJob> live = new TreeMap<>();
    private final Map<JobKey, LiveJob> byKey = new HashMap<>();
    private final Map<RetryKey, LiveJob> byRetry = new HashMap<>();
    private final Map<SessionId, TenantId> owners;
    private final Set<LiveJob> placed = new LinkedHashSet<>();
    private final Set<LiveJob> changed = new LinkedHashSet<>();
    private byte[] note = new byte[0];
    private long epoch;

    /// @param owners of sessions, kept by another witness that is told first
    JobBook(Map<SessionId, TenantId> owners) {
        this.owners = owners;
    }

    /// Jobs that changed since this was asked last, as they are now. Those that ended are let go.
    List<JobRecord> takeChanged() {
        List<JobRecord> records = new ArrayList<>(changed.size());
        for (LiveJob job : changed) {
            JobRecord record = job.record(epoch);
            records.add(record);
            if (!record.ended()) continue;
            live.remove(job.id);
            byKey.remove(job.key);
            record.retry().ifPresent(retry -> byRetry.remove(retry, job));
        }
        changed.clear();
        return records;
    }

    /// Jobs that have blocks.
    Collection<LiveJob> placed() {
        return placed;
    }

    Optional<LiveJob> find(JobKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// The job that was submitted so before.
    Optional<LiveJob> find(RetryKey retry) {
        return Optional.ofNullable(byRetry.get(retry));
    }

    /// The epoch that was begun last.
    long epoch() {
        return epoch;
    }

    /// Whether the note that came last waits for its input.
    boolean hasNote() {
        return note.length > 0;
    }

    @Override
    public void noted(byte[] text) {
        note = text;
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        if (input instanceof Input.Report(var report)) report(report);
        if (input instanceof Input.Submit submit) submit(submit, notices.getFirst());
        for (Notice notice : notices) {
            switch (notice) {
                case Notice.Planned(var plan) -> plan(plan);
                case Notice.JobHandled(var job, var what) -> {
                    LiveJob handled = live.get(job);
                    if (handled != null && what.equals("rolled back")) handled.tally.rollBack();
                }
                case Notice.JobChanged(var job, var state, var cause) -> {
                    LiveJob found = live.get(job);
                    if (found == null) continue;
                    boolean waveEnds = state == JobState.QUEUED || state.isFinal();
                    if (waveEnds && found.blocks > 0) found.waits(epoch, WaitCause.NOTHING);
                    if (waveEnds) {
                        found.tally.endWave(found.failed);
                        found.blocks = 0;
                        placed.remove(found);
                    }
                    found.change(state, cause, epoch);
                    changed.add(found);
                }
                case Notice.TenantAdded _,
                        Notice.TenantSet _,
                        Notice.SessionOpened _,
                        Notice.SessionClosed _,
                        Notice.Granted _,
                        Notice.Revoked _,
                        Notice.Accepted _,
                        Notice.Refused _,
                        Notice.ChannelChanged _,
                        Notice.Entangled _,
                        Notice.ModeChanged _,
                        Notice.EpochClosed _ -> {}
            }
        }
    }

    private void submit(Input.Submit input, Notice answer) {
        if (answer instanceof Notice.Accepted(var id, long ticket)) {
            var key = new JobKey(owners.get(input.session()), ticket);
            var submission = Submission.of(input, note);
            var job = new LiveJob(id, key, submission, epoch);
            live.put(id, job);
            byKey.put(key, job);
            String idempotencyKey = submission.idempotencyKey();
            if (!idempotencyKey.isEmpty()) {
                byRetry.put(new RetryKey(key.tenant(), idempotencyKey), job);
            }
            changed.add(job);
        }
        note = new byte[0];
    }

    private void plan(EpochPlan plan) {
        epoch = plan.epoch();
        for (EpochPlan.Start start : plan.starts()) {
            LiveJob job = live.get(start.job());
            if (job == null) continue;
            job.tally.begin(start);
            job.beginWave();
            job.blocks = (int) start.placement().blocks();
            placed.add(job);
            changed.add(job);
        }
        for (EpochPlan.Issue issue : plan.issues()) {
            LiveJob job = live.get(issue.job());
            if (job == null) continue;
            job.tally.issue(issue);
            job.epochs++;
        }
    }

    private void report(EpochReport report) {
        for (LiveJob job : placed) job.failed = false;
        for (EpochReport.Outcome outcome : report.outcomes()) {
            LiveJob job = live.get(outcome.job());
            if (job != null) job.tally.take(outcome);
        }
        for (EpochReport.Fault fault : report.faults()) {
            LiveJob job = live.get(fault.job());
            if (job == null) continue;
            job.failed = true;
            job.detail = fault.cause();
        }
    }
}
