package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;

/// What is reserved for a job with a deadline is there when its time comes, whoever is in the way.
class ReservationTest {

    private static final Policy FAIR = new Policy(Policy.Order.FAIR, 0, 5, 16, 5, 3, 64, 32);

    @Test
    void modules_are_cleared_for_a_reserved_wave_however_full_they_are() {
        var desk = new Desk(modules(4, 3), FAIR);
        for (int i = 0; i < 4; i++) desk.submit(desk.session(), Programs.line(200), 3);
        desk.epoch();
        assertEquals(List.of(), desk.kernel.freeExtents());

        // A module holds one shot of two blocks: two are reserved.
        JobId hasty = hurry(desk, Programs.bell(), 2, 7);

        for (int i = 0; i < 7; i++) desk.epoch();
        assertEquals(JobState.COMPLETED, desk.changes(hasty).getLast().state());
    }

    @Test
    void of_two_that_begin_together_both_have_room() {
        var desk = new Desk(modules(4, 3), FAIR);
        for (int i = 0; i < 4; i++) desk.submit(desk.session(), Programs.line(200), 3);
        desk.epoch();

        JobId one = hurry(desk, Programs.bell(), 1, 7);
        JobId other = hurry(desk, Programs.bell(), 1, 7);

        for (int i = 0; i < 7; i++) desk.epoch();
        assertEquals(JobState.COMPLETED, desk.changes(one).getLast().state());
        assertEquals(JobState.COMPLETED, desk.changes(other).getLast().state());
    }

    @Test
    void one_that_begins_between_two_waves_of_another_leaves_it_room() {
        var limits = new KernelLimits(8, 8, 64, 8, 64, 1000, 2, 1000);
        var desk = new Desk(modules(4, 4), limits, FAIR);
        for (int module = 1; module < 4; module++) {
            JobId half = desk.submit(desk.session(), Programs.line(200), 2);
            var placement = new Placement(List.of(new Extent(4 * module, 2)));
            assertEquals(List.of(), desk.call(new Input.Propose(half, placement)));
        }
        desk.epoch();
        // Two waves of two shots of two blocks, in epochs 3 to 7 and 8 to 12.
        JobId twice = hurry(desk, Programs.bell(), 4, 11);
        while (desk.kernel.epoch() < 6) desk.epoch();

        // Its block could be in any module, and is put into the one that the other had.
        JobId once = hurry(desk, Programs.line(1), 1, 5);

        while (desk.kernel.epoch() < 7) desk.epoch();
        var lowest = new Placement(List.of(new Extent(0, 1)));
        assertEquals(List.of(), desk.call(new Input.Propose(once, lowest)));
        var cleared = new Placement(List.of(new Extent(4, 4)));
        assertEquals(List.of(), desk.call(new Input.Propose(twice, cleared)));
        while (desk.kernel.epoch() < 12) desk.epoch();
        assertEquals(JobState.COMPLETED, desk.changes(once).getLast().state());
        assertEquals(JobState.COMPLETED, desk.changes(twice).getLast().state());
    }

    @Test
    void a_reserved_wave_lies_in_as_many_modules_as_are_reserved() {
        var desk = new Desk(modules(2, 4), FAIR);
        JobId hasty = hurry(desk, Programs.bell(), 2, 7);
        desk.epoch();

        var apart = new Placement(List.of(new Extent(2, 2), new Extent(4, 2)));
        assertEquals(
                Refusal.PLACEMENT_SPREAD, Desk.refusal(desk.call(new Input.Propose(hasty, apart))));
        var together = new Placement(List.of(new Extent(4, 4)));
        assertEquals(List.of(), desk.call(new Input.Propose(hasty, together)));
    }

    @Test
    void no_time_is_reserved_for_shots_in_several_modules() {
        var desk = new Desk(modules(4, 3), FAIR);

        assertEquals(
                Refusal.JOB_DEADLINE,
                Desk.refusal(desk.call(timed(desk.session(), Programs.wide(4), 1, 100))));
    }

    @Test
    void a_parked_wave_makes_room_for_reserved_time_and_its_tenant_is_told() {
        var desk = new Desk(MachineShape.plain("desk", 4, 100, 7), FAIR);
        SessionId owner = desk.session();
        desk.grant(owner, Capability.CHECKPOINT);
        JobId parked = desk.submit(owner, Programs.line(20), 4);
        desk.epoch();
        desk.call(new Input.Checkpoint(owner, parked));

        JobId hasty = hurry(desk, Programs.bell(), 1, 7);

        for (int i = 0; i < 7; i++) desk.epoch();
        assertEquals(JobState.COMPLETED, desk.changes(hasty).getLast().state());
        assertTrue(desk.notices.contains(new Notice.JobHandled(parked, "RESTART")));
        desk.run();
        assertEquals(JobState.COMPLETED, desk.changes(parked).getLast().state());
    }

    @Test
    void a_parked_wave_makes_room_for_a_starved_job_even_of_a_richer_tenant() {
        var desk = new Desk(MachineShape.plain("desk", 4, 100, 7), FAIR);
        SessionId rich = desk.session();
        for (int i = 0; i < 10; i++) desk.submit(rich, Programs.line(60), 4);
        desk.epoch();
        SessionId poor = desk.session();
        desk.grant(poor, Capability.CHECKPOINT);
        JobId parked = desk.submit(poor, Programs.line(8), 4);
        while (desk.changes(parked).isEmpty()) desk.epoch();
        desk.call(new Input.Checkpoint(poor, parked));

        for (int i = 0; i < 12; i++) desk.epoch();

        assertTrue(desk.notices.contains(new Notice.JobHandled(parked, "RESTART")));
    }

    @Test
    void a_job_that_outlasts_its_time_is_in_nobodys_way() {
        var desk = new Desk(MachineShape.plain("desk", 4, 100, 7), FAIR);
        SessionId owner = desk.session();
        desk.grant(owner, Capability.CHECKPOINT);
        JobId late = accepted(desk.call(timed(owner, Programs.bell(), 1, 7)));
        desk.submit(desk.session(), Programs.line(200), 2);
        desk.epoch();
        desk.epoch();
        desk.call(new Input.Checkpoint(owner, late));

        long epoch = desk.kernel.epoch();
        JobId next = hurry(desk, Programs.bell(), 1, 13);

        while (desk.kernel.epoch() < epoch + 13) desk.epoch();
        assertEquals(JobState.COMPLETED, desk.changes(next).getLast().state());
        assertTrue(desk.notices.contains(new Notice.JobHandled(late, "RESTART")));
        desk.run();
        assertEquals(JobState.COMPLETED, desk.changes(late).getLast().state());
    }

    @Test
    void a_wave_with_a_deadline_has_no_more_outcomes_than_any_other() {
        // Two events a shot.
        var limits = new KernelLimits(8, 8, 64, 8, 64, 100, 100, 6);
        var desk = new Desk(16, 100, limits);
        accepted(desk.call(timed(desk.session(), Programs.bell(), 4, 100)));

        for (int i = 0; i < 20; i++) desk.epoch();

        List<Integer> shots = new ArrayList<>();
        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Start start : plan.starts()) shots.add(start.shots());
        }
        assertEquals(List.of(3, 1), shots);
    }

    @Test
    void bell_pairs_are_for_nodes_that_join_qubits() {
        // The device reports no pairs: what needs one waits for ever.
        var desk = new Desk(modules(2, 3), FAIR);
        JobId job = desk.submit(desk.session(), Programs.wide(5), 1);

        for (int i = 0; i < 10; i++) desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    private static MachineShape modules(int modules, int blocks) {
        var rates = new MachineShape.Rates(100, 100, 100, MachineShape.UNLIMITED);
        var link = new MachineShape.Link(0, modules - 1, 4, 16, 0.95);
        return new MachineShape("m", modules, blocks, 7, rates, 0, List.of(), List.of(link));
    }

    private static Input timed(SessionId session, Verified program, long shots, long deadline) {
        return new Input.Submit(session, program, new JobPolicy(shots, 7, 0, deadline));
    }

    private static JobId hurry(Desk desk, Verified program, long shots, long deadline) {
        return accepted(desk.call(timed(desk.session(), program, shots, deadline)));
    }

    private static JobId accepted(List<Notice> answer) {
        return assertInstanceOf(Notice.Accepted.class, answer.getFirst()).job();
    }
}
