package org.qmk.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.JobId;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;

/// Notes when jobs are accepted, first run and end, from what the kernel says.
public final class JobTimes implements Witness {

    /// A job that was accepted. Epochs are numbers from 1; 0 where it has not happened.
    ///
    /// @param accepted the first epoch that it could have run in
    /// @param started the first epoch that it ran in
    /// @param ended the epoch whose report ended it
    public record Life(JobId job, TenantId tenant, long accepted, long started, long ended) {

        /// Epochs that it waited.
        public long waited() {
            return started - accepted;
        }

        /// Reports from its acceptance to its end.
        public long turnaround() {
            return ended - accepted + 1;
        }
    }

    /// See `Life`.
    private static final class Times {
        private final TenantId tenant;
        private final long accepted;
        private long started;
        private long ended;

        /// Epochs in which the machine worked on the job.
        private long busy;

        Times(TenantId tenant, long accepted) {
            this.tenant = tenant;
            this.accepted = accepted;
        }

        /// How much longer the job took than the machine worked on it.
        double slowdown() {
            return (ended - accepted + 1) / (double) busy;
        }
    }

    /// By session: its tenant.
    private final TreeMap<Integer, TenantId> tenants = new TreeMap<>();

    private final TreeMap<JobId, Times> jobs = new TreeMap<>();
    private long closed;
    private int refused;
    private int completed;

    /// Has seen nothing yet.
    public JobTimes() {}

    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (input instanceof Input.OpenSession(var tenant)
                    && notice instanceof Notice.SessionOpened(var session)) {
                tenants.put(session.number(), tenant);
            }
            if (input instanceof Input.Submit submit) submitted(submit.session(), notice);
        }
        told(notices);
    }

    /// Notes what the kernel said when it was not given a job or a session.
    public void told(List<Notice> notices) {
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed(long epoch, var _, var _)) closed = epoch;
        }
        for (Notice notice : notices) {
            if (notice instanceof Notice.Planned(var plan)) worked(plan);
            if (notice instanceof Notice.JobChanged(var job, var state, var _)) changed(job, state);
        }
    }

    /// The epoch that was closed last.
    public long closed() {
        return closed;
    }

    /// All jobs that were accepted, in that order.
    public List<Life> lives() {
        List<Life> lives = new ArrayList<>();
        jobs.forEach(
                (job, times) ->
                        lives.add(
                                new Life(
                                        job,
                                        times.tenant,
                                        times.accepted,
                                        times.started,
                                        times.ended)));
        return lives;
    }

    WhatIf.Measures measures() {
        List<Long> waits = new ArrayList<>();
        TreeMap<Integer, List<Double>> slowdowns = new TreeMap<>();
        long makespan = 0;
        int unfinished = 0;
        for (Times times : jobs.values()) {
            if (times.started > 0) waits.add(times.started - times.accepted);
            makespan = Math.max(makespan, times.ended);
            if (times.ended == 0) unfinished++;
            if (times.ended == 0 || times.busy == 0) continue;
            slowdowns
                    .computeIfAbsent(times.tenant.number(), _ -> new ArrayList<>())
                    .add(times.slowdown());
        }
        List<Double> means = new ArrayList<>();
        for (List<Double> ofTenant : slowdowns.values()) {
            means.add(ofTenant.stream().mapToDouble(Double::doubleValue).average().orElse(0));
        }
        return new WhatIf.Measures(
                jobs.size(),
                refused,
                completed,
                unfinished,
                WaitStatistics.of(waits),
                makespan,
                Fairness.jain(means));
    }

    private void submitted(SessionId session, Notice notice) {
        if (notice instanceof Notice.Accepted(var job, long _)) {
            jobs.put(job, new Times(tenants.get(session.number()), closed + 1));
        }
        if (notice instanceof Notice.Refused) refused++;
    }

    private void worked(EpochPlan plan) {
        for (EpochPlan.Issue issue : plan.issues()) {
            Times times = jobs.get(issue.job());
            if (times == null) continue;
            if (times.busy++ == 0) times.started = plan.epoch();
        }
    }

    private void changed(JobId job, JobState state) {
        Times times = jobs.get(job);
        if (times == null || !state.isFinal()) return;
        times.ended = Math.max(1, closed);
        if (state == JobState.COMPLETED) completed++;
    }
}
