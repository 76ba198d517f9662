package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;

/// How tenants share the machine over many epochs.
class SharingTest {

    @Test
    void tenants_of_weights_three_and_two_are_served_three_to_two_over_a_thousand_epochs() {
        var desk = new Desk(40, 7);
        SessionId three = desk.session();
        SessionId two = desk.session();
        weigh(desk, 1, 3);
        weigh(desk, 2, 2);
        TreeMap<JobId, Integer> owner = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            owner.put(desk.submit(three, Programs.line(40), 1 << 20), 0);
            owner.put(desk.submit(two, Programs.line(40), 1 << 20), 1);
        }

        for (int i = 0; i < 1000; i++) desk.epoch();

        double[] served = new double[2];
        TreeMap<JobId, Integer> shots = new TreeMap<>();
        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Start start : plan.starts()) shots.put(start.job(), start.shots());
            for (EpochPlan.Issue issue : plan.issues()) {
                served[owner.get(issue.job())] += issue.size() * shots.get(issue.job());
            }
        }
        assertEquals(0.6, served[0] / (served[0] + served[1]), 0.6 * 0.02);
        // A wave of three shots leaves one of the seven operations.
        assertEquals(6000, served[0] + served[1], 100);
    }

    @Test
    void a_deadline_that_is_accepted_is_kept_and_one_that_is_refused_says_which_could_be() {
        var desk = new Desk(64, 20);
        for (int i = 0; i < 20; i++) {
            SessionId crowd = desk.session();
            for (int j = 0; j < 3; j++) desk.submit(crowd, Programs.line(60), 1 << 20);
        }
        SessionId hasty = desk.session();
        for (int i = 0; i < 30; i++) desk.epoch();
        TreeMap<JobId, Long> due = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            Notice.Refused refused =
                    assertInstanceOf(Notice.Refused.class, hurry(desk, hasty, 1).getFirst());
            assertEquals(Refusal.JOB_DEADLINE, refused.refusal());
            long could = Long.parseLong(refused.fact().split(" ")[0]);
            assertInstanceOf(Notice.Refused.class, hurry(desk, hasty, could - 1).getFirst());
            var accepted =
                    assertInstanceOf(Notice.Accepted.class, hurry(desk, hasty, could).getFirst());
            due.put(accepted.job(), desk.kernel.epoch() + could);
            desk.epoch();
        }

        for (int i = 0; i < 700; i++) desk.epoch();

        TreeMap<JobId, Long> ended = new TreeMap<>();
        long epoch = 0;
        for (Notice notice : desk.notices) {
            if (notice instanceof Notice.Planned(var plan)) epoch = plan.epoch();
            if (notice instanceof Notice.JobChanged(var job, var state, var _)
                    && state == JobState.COMPLETED) {
                ended.put(job, epoch);
            }
        }
        for (JobId job : due.keySet()) {
            assertTrue(ended.containsKey(job), job + " has ended");
            assertTrue(
                    ended.get(job) <= due.get(job), job + ": " + ended.get(job) + ", due " + due);
        }
    }

    private static List<Notice> hurry(Desk desk, SessionId session, long deadline) {
        return desk.call(
                new Input.Submit(session, Programs.line(10), new JobPolicy(40, 7, 0, deadline)));
    }

    @Test
    void a_starved_job_has_a_rich_tenants_wave_give_way_and_that_wave_completes_in_the_end() {
        var policy = new Policy(Policy.Order.FAIR, 0, 5, 16, 5, 3, 64, 32);
        var desk = new Desk(MachineShape.plain("desk", 4, 100, 7), policy);
        JobId rich = desk.submit(desk.session(), Programs.line(60), 4);
        desk.epoch();
        JobId poor = desk.submit(desk.session(), Programs.bell(), 1);

        for (int i = 0; i < 14; i++) desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(poor).getLast().state());
        assertTrue(desk.notices.contains(new Notice.JobHandled(rich, "RESTART")));
        desk.run();
        assertEquals(JobState.COMPLETED, desk.changes(rich).getLast().state());
    }

    @Test
    void a_job_whose_wave_is_almost_over_is_let_run_on() {
        var policy = new Policy(Policy.Order.FAIR, 0, 5, 16, 5, 3, 64, 32);
        var desk = new Desk(MachineShape.plain("desk", 4, 100, 7), policy);
        JobId rich = desk.submit(desk.session(), Programs.line(6), 4);
        desk.epoch();
        JobId poor = desk.submit(desk.session(), Programs.bell(), 1);

        desk.run();

        assertTrue(!desk.notices.contains(new Notice.JobHandled(rich, "RESTART")));
        assertEquals(JobState.COMPLETED, desk.changes(poor).getLast().state());
    }

    @Test
    void decoders_that_can_follow_six_blocks_are_given_no_more() {
        var rates = new MachineShape.Rates(100, 100, 100, 6 * 7);
        var machine = new MachineShape("slow", 1, 20, 7, rates, 0, List.of(), List.of());
        var desk = new Desk(machine, Policy.DEFAULT);
        SessionId session = desk.session();
        for (int i = 0; i < 6; i++) desk.submit(session, Programs.bell(), 5);
        int most = 0;
        while (desk.kernel.jobsInFlight() > 0) {
            desk.epoch();
            int free = 0;
            for (Extent extent : desk.kernel.freeExtents()) free += extent.length();
            most = Math.max(most, 20 - free);
        }

        assertEquals(6, most);
    }

    @Test
    void a_tenants_jobs_are_numbered_by_themselves() {
        var desk = new Desk(16, 100);
        SessionId first = desk.session();
        SessionId second = desk.session();
        List<Long> tickets = new ArrayList<>();
        for (SessionId session : List.of(first, second, second, first)) {
            var accepted =
                    assertInstanceOf(
                            Notice.Accepted.class,
                            desk.submitRaw(session, Programs.bell(), 1).getFirst());
            tickets.add(accepted.ticket());
        }

        assertEquals(List.of(1L, 1L, 2L, 2L), tickets);
    }

    @Test
    void a_session_sees_its_own_job_and_with_the_right_its_blocks() {
        var desk = new Desk(16, 100);
        SessionId session = desk.session();
        SessionId stranger = desk.session();
        desk.grant(stranger, Capability.OBSERVE);
        JobId job = desk.submit(session, Programs.bell(), 3);
        desk.epoch();

        assertEquals(
                new JobStatus(JobState.RUNNING, 0, 1, 6, WaitCause.NOTHING),
                desk.kernel.status(session, job).orElseThrow());
        assertEquals(Optional.empty(), desk.kernel.status(stranger, job));
        assertEquals(Optional.empty(), desk.kernel.mapping(session, job));
        assertEquals(Optional.empty(), desk.kernel.mapping(stranger, job));
        CapabilityHandle handle = desk.grant(session, Capability.OBSERVE);
        assertEquals(
                Optional.of(new Placement(List.of(new Extent(0, 6)))),
                desk.kernel.mapping(session, job));
        assertEquals(2, desk.kernel.held(session).size());
        assertEquals(handle, desk.kernel.held(session).getLast().handle());
        assertEquals(List.of(), desk.kernel.held(new SessionId(99)));
    }

    @Test
    void the_digest_depends_on_every_kind_of_input() {
        String plain = digest(new Input.Begin());
        var mine = new SessionId(1);
        var job = new JobId(1);
        var handle = new CapabilityHandle(0, 0);
        List<Input> inputs =
                List.of(
                        new Input.AddTenant("x", new Quotas(1, 1)),
                        new Input.SetTenant(new TenantId(1), new Terms(2, new Quotas(9, 9), false)),
                        new Input.OpenSession(new TenantId(1)),
                        new Input.CloseSession(mine),
                        new Input.Grant(mine, Capability.MAGIC),
                        new Input.Derive(mine, handle, mine, Bounds.UNLIMITED),
                        new Input.Revoke(mine, handle),
                        new Input.Submit(mine, Programs.bell(), new JobPolicy(1, 7)),
                        new Input.Cancel(mine, job),
                        new Input.Checkpoint(mine, job),
                        new Input.Migrate(mine, job, 1),
                        new Input.OfferChannel(mine, new TenantId(2), new ChannelTerms("x", 1, 1)),
                        new Input.Purify(0, Purification.BBPSSW, 1));
        for (Input input : inputs) assertNotEquals(plain, digest(input), input.toString());
    }

    /// The digest some epochs after one input: the tables come slice by slice.
    private static String digest(Input input) {
        var rates = new MachineShape.Rates(100, 100, 100, 1 << 20);
        var link = new MachineShape.Link(0, 1, 4, 16, 0.95);
        var machine = new MachineShape("two", 2, 8, 7, rates, 0, List.of(), List.of(link));
        var desk = new Desk(machine, Policy.DEFAULT);
        SessionId session = desk.session();
        desk.session();
        for (Capability kind : Capability.values()) {
            if (kind != Capability.ALLOC) desk.grant(session, kind);
        }
        desk.submit(session, Programs.line(100), 2);
        desk.epoch();
        desk.epoch();
        if (!(input instanceof Input.Begin)) desk.call(input);
        for (int i = 0; i < 70; i++) desk.epoch();
        return desk.digests().getLast();
    }

    private static void weigh(Desk desk, int tenant, int weight) {
        var terms = new Terms(weight, new Quotas(1 << 20, 1 << 10), false);
        desk.call(new Input.SetTenant(new TenantId(tenant), terms));
    }
}
