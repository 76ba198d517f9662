package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

class KernelTest {

    @Test
    void a_bell_job_runs_one_layer_an_epoch_and_completes() {
        var desk = new Desk(16, 100);
        JobId job = desk.submit(desk.session(), Programs.bell(), 4);

        desk.run();

        List<Integer> issued = new ArrayList<>();
        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Issue issue : plan.issues()) issued.add(issue.size());
        }
        assertEquals(List.of(1, 1, 1, 2, 1), issued);
        assertEquals(
                List.of(JobState.RUNNING, JobState.COMPLETED),
                desk.changes(job).stream().map(Notice.JobChanged::state).toList());
        assertEquals(EndCause.ALL_SHOTS_DONE, desk.changes(job).getLast().cause());
    }

    @Test
    void shots_that_do_not_fit_at_once_run_in_waves() {
        var desk = new Desk(5, 100);
        JobId job = desk.submit(desk.session(), Programs.bell(), 7);

        desk.run();

        List<List<Long>> waves = new ArrayList<>();
        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Start start : plan.starts()) {
                waves.add(List.of(start.firstShot(), (long) start.shots()));
            }
        }
        assertEquals(
                List.of(List.of(0L, 2L), List.of(2L, 2L), List.of(4L, 2L), List.of(6L, 1L)), waves);
        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
        assertEquals(List.of(new Extent(0, 5)), desk.kernel.freeExtents());
    }

    @Test
    void a_wave_has_no_more_shots_than_the_machine_has_operations() {
        var desk = new Desk(100, 3);
        desk.submit(desk.session(), Programs.line(1), 10);

        desk.run();

        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Start start : plan.starts()) assertTrue(start.shots() <= 3);
        }
    }

    @Test
    void a_job_whose_session_lacks_a_capability_is_refused() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session(new Quotas(16, 1));

        assertEquals(
                Refusal.CAPABILITY_MISSING,
                Desk.refusal(desk.submitRaw(session, Programs.bell(), 1)));
        desk.grant(session, Capability.ALLOC);
        desk.submit(session, Programs.bell(), 1);
    }

    @Test
    void revoking_a_capability_fails_the_jobs_that_need_it_at_the_next_epoch() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session(new Quotas(16, 10));
        CapabilityHandle handle = desk.grant(session, Capability.ALLOC);
        JobId job = desk.submit(session, Programs.bell(), 1);
        desk.epoch();
        desk.epoch();

        desk.call(new Input.Revoke(session, handle));
        desk.epoch();

        assertEquals(EndCause.CAPABILITY_GONE, desk.changes(job).getLast().cause());
        assertEquals(List.of(new Extent(0, 16)), desk.kernel.freeExtents());
    }

    @Test
    void a_job_that_lost_a_capability_does_nothing_more() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session(new Quotas(16, 10));
        CapabilityHandle handle = desk.grant(session, Capability.ALLOC);
        JobId runs = desk.submit(session, Programs.line(0), 1);
        desk.epoch();
        desk.epoch();
        JobId waits = desk.submit(session, Programs.bell(), 1);

        desk.call(new Input.Revoke(session, handle));
        desk.epoch();

        assertEquals(List.of(), desk.plans.getLast().starts());
        assertEquals(List.of(), desk.plans.getLast().issues());
        assertEquals(EndCause.CAPABILITY_GONE, desk.changes(runs).getLast().cause());
        assertEquals(EndCause.CAPABILITY_GONE, desk.changes(waits).getLast().cause());
    }

    @Test
    void a_job_lives_on_the_capability_it_was_accepted_on_and_on_no_other() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session(new Quotas(16, 10));
        CapabilityHandle first = desk.grant(session, Capability.ALLOC);
        CapabilityHandle second = desk.grant(session, Capability.ALLOC);
        JobId job = desk.submit(session, Programs.line(9), 1);
        desk.epoch();

        desk.call(new Input.Revoke(session, second));
        desk.epoch();
        assertEquals(JobState.RUNNING, desk.changes(job).getLast().state());
        desk.call(new Input.Revoke(session, first));
        desk.epoch();

        assertEquals(EndCause.CAPABILITY_GONE, desk.changes(job).getLast().cause());
    }

    @Test
    void forged_old_and_foreign_handles_get_the_same_answer() {
        var desk = new Desk(16, 100);
        SessionId mine = desk.session();
        SessionId other = desk.session();
        CapabilityHandle theirs = desk.grant(other, Capability.MAGIC);
        CapabilityHandle old = desk.grant(mine, Capability.LINK);
        desk.call(new Input.Revoke(mine, old));

        List<List<Notice>> answers = new ArrayList<>();
        answers.add(desk.call(new Input.Revoke(mine, theirs)));
        answers.add(desk.call(new Input.Revoke(mine, old)));
        answers.add(desk.call(new Input.Revoke(mine, new CapabilityHandle(9999, 0))));
        answers.add(desk.call(new Input.Revoke(mine, new CapabilityHandle(0, 9999))));

        for (List<Notice> answer : answers) {
            assertEquals(List.of(new Notice.Refused(Refusal.CAPABILITY_UNKNOWN, "")), answer);
        }
    }

    @Test
    void a_slot_that_is_given_again_has_a_new_generation() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session();
        CapabilityHandle old = desk.grant(session, Capability.LINK);
        desk.call(new Input.Revoke(session, old));

        CapabilityHandle renewed = desk.grant(session, Capability.MAGIC);

        assertEquals(old.slot(), renewed.slot());
        assertNotEquals(old.generation(), renewed.generation());
    }

    @Test
    void quotas_and_the_machine_bound_what_a_job_may_ask_for() {
        var desk = new Desk(4, 100);
        SessionId narrow = desk.session(new Quotas(3, 1));
        desk.grant(narrow, Capability.ALLOC);

        assertEquals(
                Refusal.JOB_TOO_WIDE, Desk.refusal(desk.submitRaw(narrow, Programs.wide(5), 1)));
        assertEquals(
                Refusal.QUOTA_BLOCKS, Desk.refusal(desk.submitRaw(narrow, Programs.wide(4), 1)));
        assertEquals(Refusal.JOB_SHOTS, Desk.refusal(desk.submitRaw(narrow, Programs.wide(3), 0)));
        desk.submit(narrow, Programs.wide(3), 1);
        assertEquals(Refusal.QUOTA_JOBS, Desk.refusal(desk.submitRaw(narrow, Programs.wide(3), 1)));
    }

    @Test
    void a_tenant_never_holds_more_blocks_than_its_quota() {
        var desk = new Desk(100, 1000);
        SessionId session = desk.session(new Quotas(5, 10));
        desk.grant(session, Capability.ALLOC);
        for (int i = 0; i < 4; i++) desk.submit(session, Programs.bell(), 5);

        while (desk.kernel.jobsInFlight() > 0) {
            desk.epoch();
            int free = 0;
            for (Extent extent : desk.kernel.freeExtents()) free += extent.length();
            assertTrue(100 - free <= 5, "held " + (100 - free));
        }
    }

    @Test
    void unknown_tenants_sessions_and_jobs_are_refused() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session();
        JobId job = desk.submit(session, Programs.bell(), 1);
        SessionId stranger = desk.session();

        assertEquals(
                Refusal.TENANT_UNKNOWN,
                Desk.refusal(desk.call(new Input.OpenSession(new TenantId(99)))));
        assertEquals(
                Refusal.SESSION_UNKNOWN,
                Desk.refusal(desk.submitRaw(new SessionId(99), Programs.bell(), 1)));
        assertEquals(Refusal.JOB_UNKNOWN, Desk.refusal(desk.call(new Input.Cancel(stranger, job))));
        assertEquals(
                Refusal.JOB_UNKNOWN,
                Desk.refusal(desk.call(new Input.Cancel(session, new JobId(99)))));
        assertEquals(
                Refusal.TENANT_NAME_TAKEN,
                Desk.refusal(desk.call(new Input.AddTenant("tenant0", new Quotas(1, 1)))));
        assertEquals(
                Refusal.TENANT_NAME_FORM,
                Desk.refusal(desk.call(new Input.AddTenant("", new Quotas(1, 1)))));
        assertEquals(
                Refusal.TENANT_NAME_FORM,
                Desk.refusal(desk.call(new Input.AddTenant("half \uD800", new Quotas(1, 1)))));
    }

    @Test
    void no_input_carries_a_number_that_the_journal_cannot_hold() {
        List<Executable> negatives =
                List.of(
                        () -> new JobId(-1),
                        () -> new SessionId(-1),
                        () -> new TenantId(-1),
                        () -> new CapabilityHandle(-1, 0),
                        () -> new CapabilityHandle(0, -1),
                        () -> new JobPolicy(-1, 0),
                        () -> new EpochReport(-1, List.of(), List.of()),
                        () -> new EpochReport.Outcome(new JobId(1), -1, new long[0]));

        for (Executable negative : negatives) {
            assertThrows(IllegalArgumentException.class, negative);
        }
    }

    @Test
    void a_full_table_refuses_and_keeps_what_it_has() {
        var desk = new Desk(16, 100, new KernelLimits(1, 1, 2, 1, 1, 100, 10, 1000));
        SessionId session = desk.session();
        desk.submit(session, Programs.bell(), 1);

        assertEquals(
                Refusal.TABLE_FULL,
                Desk.refusal(desk.call(new Input.AddTenant("more", new Quotas(1, 1)))));
        assertEquals(
                Refusal.TABLE_FULL,
                Desk.refusal(desk.call(new Input.OpenSession(new TenantId(1)))));
        assertEquals(Refusal.TABLE_FULL, Desk.refusal(desk.submitRaw(session, Programs.bell(), 1)));
        desk.grant(session, Capability.LINK);
        assertEquals(
                Refusal.TABLE_FULL,
                Desk.refusal(desk.call(new Input.Grant(session, Capability.MAGIC))));
        desk.run();
        desk.submit(session, Programs.bell(), 1);
    }

    @Test
    void a_cancelled_job_ends_at_the_next_epoch_and_frees_its_blocks() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session();
        JobId running = desk.submit(session, Programs.line(50), 1);
        desk.epoch();
        desk.epoch();

        desk.call(new Input.Cancel(session, running));
        desk.epoch();

        assertEquals(JobState.CANCELLED, desk.changes(running).getLast().state());
        assertEquals(List.of(new Extent(0, 16)), desk.kernel.freeExtents());
        desk.epoch();
        assertEquals(List.of(running), desk.plans.getLast().ends());
    }

    @Test
    void a_placement_must_be_wanted_free_inside_and_named_once() {
        var desk = new Desk(8, 100);
        SessionId session = desk.session();
        JobId first = desk.submit(session, Programs.wide(3), 1);
        JobId second = desk.submit(session, Programs.wide(3), 1);

        assertEquals(Refusal.PLACEMENT_UNWANTED, place(desk, first, new Extent(0, 2)));
        assertEquals(Refusal.PLACEMENT_UNWANTED, place(desk, new JobId(77), new Extent(0, 3)));
        assertEquals(Refusal.PLACEMENT_OUTSIDE, place(desk, first, new Extent(6, 3)));
        assertEquals(
                Refusal.PLACEMENT_TAKEN, place(desk, first, new Extent(0, 2), new Extent(1, 1)));
        assertEquals(
                List.of(),
                desk.call(
                        new Input.Propose(
                                first,
                                new Placement(List.of(new Extent(4, 2), new Extent(1, 1))))));
        assertEquals(Refusal.PLACEMENT_TAKEN, place(desk, second, new Extent(3, 3)));
        assertEquals(Refusal.PLACEMENT_UNWANTED, place(desk, first, new Extent(0, 3)));
    }

    private static Refusal place(Desk desk, JobId job, Extent... extents) {
        return Desk.refusal(desk.call(new Input.Propose(job, new Placement(List.of(extents)))));
    }

    @Test
    void a_lying_device_fails_the_job_it_lies_about_and_no_other() {
        List<java.util.function.UnaryOperator<EpochReport.Outcome>> lies =
                List.of(
                        o -> new EpochReport.Outcome(o.job(), o.event() + 1, o.plane()),
                        o -> new EpochReport.Outcome(o.job(), o.event(), new long[0]),
                        o -> new EpochReport.Outcome(o.job(), o.event(), new long[] {0, 0}),
                        o -> new EpochReport.Outcome(o.job(), o.event(), new long[] {-1}),
                        o -> new EpochReport.Outcome(new JobId(99), o.event(), o.plane()));
        for (var lie : lies) {
            var desk = new Desk(16, 100);
            SessionId session = desk.session();
            JobId victim = desk.submit(session, Programs.bell(), 2);
            JobId bystander = desk.submit(session, Programs.bell(), 2);
            desk.tamper(
                    report -> {
                        List<EpochReport.Outcome> outcomes = new ArrayList<>();
                        for (EpochReport.Outcome outcome : report.outcomes()) {
                            boolean hit = outcome.job().equals(victim) && outcome.event() == 0;
                            outcomes.add(hit ? lie.apply(outcome) : outcome);
                        }
                        return new EpochReport(report.epoch(), outcomes, report.faults());
                    });

            desk.run();

            assertEquals(EndCause.DEVICE_LIED, desk.changes(victim).getLast().cause());
            assertEquals(JobState.COMPLETED, desk.changes(bystander).getLast().state());
        }
    }

    @Test
    void lost_qubits_cost_a_wave_and_in_the_end_the_job() {
        var desk = new Desk(16, 100);
        JobId job = desk.submit(desk.session(), Programs.bell(), 2);
        desk.tamper(
                report ->
                        new EpochReport(
                                report.epoch(),
                                report.outcomes(),
                                List.of(new EpochReport.Fault(job, "cosmic ray"))));

        desk.run();

        List<JobState> states = desk.changes(job).stream().map(Notice.JobChanged::state).toList();
        var running = JobState.RUNNING;
        var queued = JobState.QUEUED;
        assertEquals(
                List.of(
                        running,
                        queued,
                        running,
                        queued,
                        running,
                        queued,
                        running,
                        JobState.FAILED),
                states);
        assertEquals(EndCause.DEVICE_FAULT, desk.changes(job).getLast().cause());
    }

    @Test
    void a_program_that_the_device_cannot_run_fails_at_once() {
        var desk = new Desk(16, 100);
        JobId job = desk.submit(desk.session(), Programs.bell(), 2);
        var refused = EpochReport.Fault.Kind.REFUSED;
        desk.tamper(
                report ->
                        new EpochReport(
                                report.epoch(),
                                report.outcomes(),
                                List.of(new EpochReport.Fault(job, refused, "too large"))));

        desk.epoch();

        assertEquals(EndCause.DEVICE_REFUSED, desk.changes(job).getLast().cause());
    }

    @Test
    void a_report_of_another_epoch_is_refused_and_changes_nothing() {
        var desk = new Desk(16, 100);
        desk.epoch();

        var report = new EpochReport(7, List.of(), List.of());
        assertEquals(Refusal.REPORT_EPOCH, Desk.refusal(desk.call(new Input.Report(report))));
        desk.call(new Input.Begin());
        assertEquals(Refusal.REPORT_EPOCH, Desk.refusal(desk.call(new Input.Report(report))));

        assertEquals(2, desk.kernel.epoch());
    }

    @Test
    void an_epoch_is_not_begun_before_the_last_is_reported() {
        var desk = new Desk(16, 100);
        desk.call(new Input.Begin());

        assertEquals(Refusal.EPOCH_OPEN, Desk.refusal(desk.call(new Input.Begin())));
    }

    @Test
    void waves_follow_one_another_without_an_empty_epoch() {
        var desk = new Desk(2, 100);
        desk.submit(desk.session(), Programs.bell(), 3);

        desk.run();

        assertEquals(15, desk.plans.size());
        for (EpochPlan plan : desk.plans) assertEquals(1, plan.issues().size());
    }

    @Test
    void every_running_job_is_served_first_within_as_many_epochs_as_jobs_run() {
        var desk = new Desk(16, 1);
        SessionId session = desk.session();
        for (int i = 0; i < 4; i++) desk.submit(session, Programs.line(20), 1);
        desk.epoch();
        desk.epoch();
        int from = desk.plans.size();
        for (int i = 0; i < 40; i++) desk.epoch();

        for (int start = from; start + 4 <= desk.plans.size(); start++) {
            List<JobId> served = new ArrayList<>();
            for (EpochPlan plan : desk.plans.subList(start, start + 4)) {
                for (EpochPlan.Issue issue : plan.issues()) {
                    if (!served.contains(issue.job())) served.add(issue.job());
                }
            }
            assertEquals(4, served.size(), "epochs from " + start + " serve " + served);
        }
    }

    @Test
    void a_running_job_is_served_however_many_jobs_come_after_it() {
        var desk = new Desk(16, 1);
        SessionId victim = desk.session();
        SessionId busy = desk.session();
        JobId job = desk.submit(victim, Programs.line(1), 1);
        desk.epoch();

        for (int i = 0; i < 100; i++) {
            JobId later = desk.submit(busy, Programs.line(1), 1);
            desk.epoch();
            desk.call(new Input.Cancel(busy, later));
        }

        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void a_wide_job_is_not_passed_by_for_ever_by_narrow_ones() {
        var desk = new Desk(4, 100);
        SessionId narrow = desk.session();
        SessionId wide = desk.session();
        for (int i = 0; i < 200; i++) desk.submit(narrow, Programs.line(3 + i % 3), 1);
        JobId job = desk.submit(wide, Programs.wide(4), 1);

        for (int i = 0; i < 40; i++) desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void tenants_take_turns_whatever_the_number_of_their_jobs() {
        var desk = new Desk(1, 100);
        SessionId busy = desk.session();
        SessionId modest = desk.session();
        for (int i = 0; i < 50; i++) desk.submit(busy, Programs.line(1), 1);
        JobId only = desk.submit(modest, Programs.line(1), 1);

        for (int i = 0; i < 16; i++) desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(only).getLast().state());
    }
}
