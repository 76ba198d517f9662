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

/// Notes when jobs are accepted, first run and end, from what the kernel says.
final class JobTimes implements Witness {

    /// Epochs are numbers from 1; 0 where it has not happened.
    private static final class Times {
        private final int tenant;
        private final long accepted;
        private long started;
        private long ended;

        /// Epochs in which the machine worked on the job.
        private long busy;

        Times(int tenant, long accepted) {
            this.tenant = tenant;
            this.accepted = accepted;
        }

        /// How much longer the job took than the machine worked on it.
        double slowdown() {
            return (ended - accepted + 1) / (double) busy;
        }
    }

    /// By session: its tenant.
    private final TreeMap<Integer, Integer> tenants = new TreeMap<>();

    private final TreeMap<JobId, Times> jobs = new TreeMap<>();
    private long closed;
    private int refused;
    private int completed;

    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (input instanceof Input.OpenSession(var tenant)
                    && notice instanceof Notice.SessionOpened(var session)) {
                tenants.put(session.number(), tenant.number());
            }
            if (input instanceof Input.Submit submit) submitted(submit.session(), notice);
        }
        told(notices);
    }

    /// Notes what the kernel said when it was not given a job or a session.
    void told(List<Notice> notices) {
        long opened = closed + 1;
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed(long epoch, var _, var _)) closed = epoch;
        }
        for (Notice notice : notices) {
            if (notice instanceof Notice.Planned(var plan)) worked(plan);
            if (notice instanceof Notice.JobChanged(var job, var state, var _))
                changed(job, state, opened);
        }
    }

    /// The epoch that was closed last.
    long closed() {
        return closed;
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
            slowdowns.computeIfAbsent(times.tenant, _ -> new ArrayList<>()).add(times.slowdown());
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
            if (times != null) times.busy++;
        }
    }

    /// @param opened the epoch that is open, or is opened next
    private void changed(JobId job, JobState state, long opened) {
        Times times = jobs.get(job);
        if (times == null) return;
        if (state == JobState.RUNNING && times.started == 0) times.started = opened;
        if (!state.isFinal()) return;
        times.ended = Math.max(1, closed);
        if (state == JobState.COMPLETED) completed++;
    }
}
