package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.kernel.call.*;

/// What the report of an epoch means for the jobs. Changes nothing.
public final class ReportReading {

    /// Outcomes of a job that were decoded.
    public record Arrival(Job job, int count) {}

    /// A wave that went wrong and is rolled back.
    ///
    /// @param waveLost whether all of the wave runs again
    public record Failure(Job job, boolean waveLost) {}

    /// What an epoch ends with.
    ///
    /// @param undone jobs that have taken back what they were to
    /// @param waveEnds jobs whose wave is over, for whatever reason
    /// @param changes new states of jobs
    /// @param lies what in the report cannot be true, of jobs that are none of these
    public record Closing(
            List<Arrival> arrivals,
            List<Job> undone,
            List<Failure> failures,
            List<Job> waveEnds,
            List<Notice.JobChanged> changes,
            int lies) {

        /// Whether the wave is lost, whatever outcomes it gave.
        boolean lost(Job job) {
            for (Failure failure : failures) {
                if (failure.job() == job && failure.waveLost()) return true;
            }
            return false;
        }

        /// Blocks that a job whose wave is over held.
        static long held(Job job) {
            return job.placement.blocks() + job.moving.blocks();
        }
    }

    /// How far a job is looked for behind the one that was found last.
    private static final int NEAR = 8;

    private final JobTable table;
    private final Policy policy;

    /// Whether the decoders may take longer than the epoch.
    private final boolean lateness;

    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final TreeMap<JobId, EndCause> troubles = new TreeMap<>();
    private final TreeSet<JobId> lost = new TreeSet<>();
    private int lies;
    private int hint;

    public ReportReading(JobTable table, Policy policy, boolean lateness) {
        this.table = table;
        this.policy = policy;
        this.lateness = lateness;
    }

    /// @param report of the open epoch
    public Closing read(EpochReport report) {
        outcomes(report.outcomes());
        faults(report.faults());
        List<Job> undone = new ArrayList<>();
        List<Job> waveEnds = new ArrayList<>();
        List<Notice.JobChanged> changes = new ArrayList<>();
        for (Job job : table.running()) {
            int now = job.arrived + job.arriving;
            if (job.arriving > 0) arrivals.add(new Arrival(job, job.arriving));
            job.arriving = 0;
            late(job, now);
            boolean over = job.waveOver(now) && !failed(job);
            boolean taken = job.undoTo >= 0 && job.issued == job.undoTo;
            if (taken) undone.add(job);
            EndCause end = end(job, over);
            if (end != EndCause.NONE) {
                waveEnds.add(job);
                changes.add(new Notice.JobChanged(job.id, stateAfter(end), end));
            } else if (over || job.restart || lost.contains(job.id) || gone(job, taken)) {
                waveEnds.add(job);
                changes.add(new Notice.JobChanged(job.id, JobState.QUEUED, EndCause.NONE));
            }
        }
        if (table.sweep()) sweep(changes);
        return new Closing(arrivals, undone, failures, waveEnds, changes, lies);
    }

    /// Ends waiting jobs that have a reason to.
    private void sweep(List<Notice.JobChanged> changes) {
        for (var queue : table.waiting().values()) {
            for (Job job : queue) {
                EndCause end = end(job, false);
                if (end == EndCause.NONE) continue;
                changes.add(new Notice.JobChanged(job.id, stateAfter(end), end));
            }
        }
    }

    private static boolean gone(Job job, boolean takenBack) {
        return takenBack && job.afterUndo == Job.After.GIVE_WAY;
    }

    private boolean failed(Job job) {
        for (Failure failure : failures) if (failure.job() == job) return true;
        return false;
    }

    /// Why the job ends now, or `NONE`.
    private EndCause end(Job job, boolean waveOver) {
        EndCause trouble = troubles.get(job.id);
        if (trouble != null) return trouble;
        if (job.doom != EndCause.NONE) return job.doom;
        if (job.cancelled) return EndCause.CANCELLED_BY_OWNER;
        boolean lastWave = job.shotsDone + job.waveShots == job.policy.shots();
        if (waveOver && lastWave) return EndCause.ALL_SHOTS_DONE;
        return job.entitled ? EndCause.NONE : EndCause.CAPABILITY_GONE;
    }

    private static JobState stateAfter(EndCause cause) {
        return switch (cause) {
            case NONE -> JobState.RUNNING;
            case ALL_SHOTS_DONE -> JobState.COMPLETED;
            case CANCELLED_BY_OWNER, SESSION_CLOSED -> JobState.CANCELLED;
            case DEVICE_FAULT, DEVICE_LIED, DEVICE_REFUSED, CAPABILITY_GONE, FIREWALL ->
                    JobState.FAILED;
        };
    }

    /// Holds the outcomes, which come wave by wave, against what is awaited.
    private void outcomes(List<EpochReport.Outcome> outcomes) {
        int at = 0;
        while (at < outcomes.size()) {
            JobId id = outcomes.get(at).job();
            Optional<Job> job = find(id);
            if (job.isEmpty()) lies++;
            for (; at < outcomes.size() && outcomes.get(at).job().equals(id); at++) {
                if (job.isPresent()) take(job.get(), outcomes.get(at));
            }
        }
    }

    private void take(Job job, EpochReport.Outcome outcome) {
        if (fits(job, outcome)) job.arriving++;
        else if (troubles.put(job.id, EndCause.DEVICE_LIED) == null) lies++;
    }

    /// A running job. Reports mostly name jobs in the order in which they were placed.
    private Optional<Job> find(JobId id) {
        List<Job> running = table.running();
        for (int i = hint; i < Math.min(hint + NEAR, running.size()); i++) {
            if (!running.get(i).id.equals(id)) continue;
            hint = i + 1;
            return Optional.of(running.get(i));
        }
        return table.find(id).filter(Job::running);
    }

    /// Whether an outcome is the next one that the job awaits.
    private static boolean fits(Job job, EpochReport.Outcome outcome) {
        int awaited = job.arrived + job.arriving;
        if (awaited >= job.expected) return false;
        int words = (job.waveShots + 63) / 64;
        int spare = words * 64 - job.waveShots;
        if (outcome.event() != job.layers.event(awaited)) return false;
        if (outcome.words() != words) return false;
        return spare == 0 || outcome.word(words - 1) >>> 64 - spare == 0;
    }

    private void late(Job job, int arrived) {
        if (arrived >= job.expected || failed(job) || lost.contains(job.id)) return;
        boolean tooLate = !lateness || table.epoch() - job.awaitedSince > policy.latenessMax();
        if (!tooLate || troubles.containsKey(job.id)) return;
        lies++;
        troubles.put(job.id, EndCause.DEVICE_LIED);
    }

    private void faults(List<EpochReport.Fault> faults) {
        for (EpochReport.Fault fault : faults) {
            Optional<Job> found = table.find(fault.job()).filter(Job::running);
            if (found.isEmpty()) {
                lies++;
                continue;
            }
            Job job = found.get();
            if (troubles.containsKey(job.id) || failed(job)) continue;
            if (fault.kind() == EpochReport.Fault.Kind.REFUSED) {
                troubles.put(job.id, EndCause.DEVICE_REFUSED);
            } else if (job.rollbacks >= policy.retries()) {
                troubles.put(job.id, EndCause.DEVICE_FAULT);
            } else {
                boolean waveLost = fault.kind() == EpochReport.Fault.Kind.LOST || !restored(job);
                failures.add(new Failure(job, waveLost));
                if (waveLost) lost.add(job.id);
            }
        }
    }

    /// Whether what was issued in the epoch and did not happen can be issued again: it makes no
    /// event, and the slots that it takes are not taken yet.
    private static boolean restored(Job job) {
        if (job.issued < job.issuedBefore) return false;
        return job.layers.reversibleFrom(job.issued) <= job.issuedBefore;
    }
}
