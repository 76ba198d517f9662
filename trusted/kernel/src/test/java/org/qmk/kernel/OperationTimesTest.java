package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// Operations that take no epoch, or several.
class OperationTimesTest {

    private static final int TAIL = 5;
    private static final OperationTimes TIMES = new OperationTimes(0, TAIL, 3);

    /// What a program does between the allocation of its four qubits and their release.
    private interface Body {
        void add(GraphBuilder builder, int[] q);
    }

    @Test
    void clifford_gates_allocations_and_resets_take_no_epoch() {
        int epochs =
                alone(
                        100,
                        (b, q) -> {
                            for (int i = 0; i < 9; i++) b.node(Opcode.APPLY_H).qubit(q[i % 4]);
                            b.node(Opcode.APPLY_CNOT).qubits(q[0], q[1]);
                            b.node(Opcode.RESET).qubit(q[3]);
                            rotate(b, q[0], Math.PI / 2);
                            b.node(Opcode.APPLY_T).qubit(q[0]);
                            b.node(Opcode.APPLY_H).qubit(q[0]);
                            rotate(b, q[0], -3 * Math.PI / 4);
                        });

        assertEquals(2, epochs);
    }

    @Test
    void one_after_another_is_the_closed_form() {
        int epochs =
                alone(
                        1,
                        (b, q) -> {
                            for (int qubit : q) rotate(b, qubit, 0.3);
                            b.node(Opcode.APPLY_CNOT).qubits(q[0], q[1]);
                            rotate(b, q[1], 0.3);
                            b.node(Opcode.APPLY_T).qubit(q[2]);
                            b.node(Opcode.APPLY_CCZ).qubits(q[0], q[1], q[2]);
                            b.node(Opcode.APPLY_TOFFOLI).qubits(q[1], q[2], q[3]);
                            b.node(Opcode.MEASURE_Z).qubit(q[0]).output(b.declareEvent("m"));
                        });

        // Measurements, rotations, T gates, thrice CCZ, and twice the tail.
        assertEquals(1 + 5 + 1 + 3 * 2 + 2 * TAIL, epochs);
    }

    @Test
    void what_follows_waits_for_all_of_an_operation_where_there_are_operations_to_spare() {
        Body ccz =
                (b, q) -> {
                    b.node(Opcode.APPLY_CCZ).qubits(q[0], q[1], q[2]);
                    b.node(Opcode.APPLY_T).qubit(q[3]);
                    b.node(Opcode.APPLY_T).qubit(q[0]);
                };
        Body rotation = (b, q) -> rotate(b, q[0], 0.3);

        assertEquals(4, alone(100, ccz));
        assertEquals(1 + TAIL, alone(100, rotation));
    }

    @Test
    void a_clifford_gate_that_waits_for_an_outcome_is_in_the_next_layer() {
        int epochs =
                alone(
                        1,
                        (b, q) -> {
                            int m = b.declareEvent("m");
                            b.node(Opcode.MEASURE_Z).qubit(q[0]).output(m);
                            b.node(Opcode.APPLY_S).qubit(q[1]).guard(new Guard.Is(m, true));
                            b.node(Opcode.APPLY_T).qubit(q[1]);
                        });

        assertEquals(2, epochs);
    }

    @Test
    void operations_that_go_on_take_their_part_of_every_epoch() {
        var desk = new Desk(machine(3), Policy.DEFAULT);
        TreeMap<JobId, Long> shots = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            SessionId session = desk.session();
            desk.grant(session, Capability.MAGIC);
            desk.submit(session, program(OperationTimesTest::mixed), 2);
        }

        desk.run();

        List<Long> taken = new ArrayList<>();
        long all = 0;
        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Start start : plan.starts()) {
                shots.put(start.job(), (long) start.shots());
            }
            long begun = 0;
            for (EpochPlan.Issue issue : plan.issues()) {
                Graph graph = program(OperationTimesTest::mixed).graph();
                for (int i = 0; i < issue.size(); i++) {
                    if (TIMES.free(graph, issue.node(i))) continue;
                    for (int e = 0; e < TIMES.epochs(graph, issue.node(i)); e++) {
                        int at = (int) plan.epoch() - 1 + e;
                        while (taken.size() <= at) taken.add(0L);
                        taken.set(at, taken.get(at) + shots.get(issue.job()));
                        begun += shots.get(issue.job());
                    }
                }
            }
            all += begun;
        }
        for (long inEpoch : taken) assertTrue(inEpoch <= 3, "operations: " + taken);
        assertEquals(6 * 2 * (3 * 3 + 2), all);
    }

    @Test
    void a_wave_ends_with_the_synthesis_of_its_last_rotation_and_its_blocks_are_kept_till_then() {
        var desk = new Desk(machine(1), Policy.DEFAULT);
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        JobId job = desk.submit(session, program((b, q) -> rotate(b, q[0], 0.3)), 1);

        for (int i = 0; i < TAIL; i++) desk.epoch();
        assertEquals(WaitCause.LASTING, desk.kernel.status(session, job).get().waitCause());
        assertEquals(JobState.RUNNING, desk.kernel.status(session, job).get().state());
        desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void a_wave_that_is_broken_off_when_it_only_waits_for_what_lasts_is_done() {
        var times = new OperationTimes(0, 1000, 3);
        var rates = machine(1).rates();
        var shape = new MachineShape("long", 1, 4, 3, rates, 8, List.of(), List.of(), times);
        var desk = new Desk(shape, Policy.DEFAULT);
        SessionId first = desk.session();
        SessionId second = desk.session();
        desk.grant(first, Capability.MAGIC);
        desk.grant(second, Capability.MAGIC);
        JobId holds = desk.submit(first, program((b, q) -> rotate(b, q[0], 0.3)), 1);
        desk.epoch();
        JobId waits = desk.submit(second, program((b, q) -> b.node(Opcode.APPLY_T).qubit(q[0])), 1);

        for (int i = 0; i < 900 && desk.kernel.jobsInFlight() > 0; i++) desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(holds).getLast().state());
        assertEquals(JobState.COMPLETED, desk.changes(waits).getLast().state());
        assertTrue(
                desk.notices.stream()
                        .anyMatch(
                                notice ->
                                        notice instanceof Notice.JobHandled(var job, var what)
                                                && job.equals(holds)
                                                && what.equals("RESTART")));
    }

    @Test
    void what_a_tenant_kept_apart_begins_is_not_seen_by_others() {
        assertEquals(apart(false), apart(true));
    }

    @Test
    void where_tenants_are_kept_apart_a_tail_is_as_long_for_a_parked_job() {
        assertEquals(parked(false), parked(true));
    }

    private static long parked(boolean parked) {
        var desk = new Desk(machine(1), Policy.DEFAULT.strict(3));
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        desk.grant(session, Capability.CHECKPOINT);
        JobId job = desk.submit(session, program((b, q) -> rotate(b, q[0], 0.3)), 1);
        while (desk.kernel.status(session, job).get().issued() == 0) desk.epoch();
        if (parked) desk.call(new Input.Checkpoint(session, job));
        for (int i = 0; i < 6; i++) desk.epoch();
        if (parked) desk.call(new Input.Restore(session, job));
        desk.run();
        return desk.kernel.epoch();
    }

    private static List<Long> apart(boolean neighbour) {
        var desk = new Desk(machine(1), Policy.DEFAULT.strict(3));
        SessionId mine = desk.session();
        SessionId theirs = desk.session();
        desk.grant(mine, Capability.MAGIC);
        desk.grant(theirs, Capability.MAGIC);
        JobId job = desk.submit(mine, program(OperationTimesTest::mixed), 2);
        if (neighbour) desk.submit(theirs, program(OperationTimesTest::mixed), 9);
        desk.run();
        List<Long> epochs = new ArrayList<>();
        for (EpochPlan plan : desk.plans) {
            for (EpochPlan.Issue issue : plan.issues()) {
                if (issue.job().equals(job)) epochs.add(plan.epoch());
            }
        }
        return epochs;
    }

    @Test
    void no_deadline_is_accepted_where_operations_take_several_epochs() {
        var desk = new Desk(machine(8), Policy.DEFAULT);
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        var policy = new JobPolicy(1, 7, 0, 1000);
        var submit = new Input.Submit(session, program(OperationTimesTest::mixed), policy);

        var refused = assertInstanceOf(Notice.Refused.class, desk.call(submit).getFirst());

        assertEquals(Refusal.JOB_DEADLINE, refused.refusal());
        assertEquals("operations take no epoch or several", refused.fact());
    }

    @Test
    void who_starves_is_not_kept_waiting_by_small_waves_that_last() {
        // One operation comes free in each epoch; a wave of two shots needs two at once.
        var desk = new Desk(machine(3), Policy.DEFAULT);
        for (int i = 0; i < 4; i++) {
            SessionId session = desk.session();
            desk.grant(session, Capability.MAGIC);
            desk.submit(session, program(OperationTimesTest::endless), 1);
            desk.epoch();
        }
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        JobId wide = desk.submit(session, program(OperationTimesTest::endless), 2);
        long served = desk.kernel.epoch();
        long longest = 0;
        while (desk.kernel.jobsInFlight() > 4) {
            desk.epoch();
            for (EpochPlan.Issue issue : desk.plans.getLast().issues()) {
                if (!issue.job().equals(wide)) continue;
                longest = Math.max(longest, desk.kernel.epoch() - served);
                served = desk.kernel.epoch();
            }
            if (desk.kernel.epoch() - served > 400) break;
        }
        longest = Math.max(longest, desk.kernel.epoch() - served);

        long bound = Policy.DEFAULT.patienceEpochs() + 5L * TIMES.ccz();
        assertTrue(longest <= bound, "served after " + longest + " epochs of " + bound);
    }

    private static void endless(GraphBuilder b, int[] q) {
        for (int i = 0; i < 60; i++) b.node(Opcode.APPLY_CCZ).qubits(q[0], q[1], q[2]);
    }

    @Test
    void an_operation_is_taken_back_when_it_is_over() {
        var times = new OperationTimes(0, 0, 10);
        var factory = new MachineShape.Factory(1, 4);
        var rates = new MachineShape.Rates(100, 100, 100, MachineShape.UNLIMITED);
        var machine =
                new MachineShape("slow", 1, 4, 3, rates, 8, List.of(factory), List.of(), times);
        var desk = new Desk(machine, Policy.DEFAULT);
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        JobId job =
                desk.submit(
                        session,
                        program(
                                (b, q) -> {
                                    b.node(Opcode.APPLY_CCZ).qubits(q[0], q[1], q[2]);
                                    b.node(Opcode.APPLY_T).qubit(q[3]);
                                    b.node(Opcode.APPLY_T).qubit(q[3]);
                                }),
                        1);
        List<Long> issues = new ArrayList<>();
        List<Boolean> backwards = new ArrayList<>();
        // The CCZ gate waits for four states, and the T gate, which is not done, for one more.
        desk.tamper(
                report -> {
                    boolean fails = report.epoch() == 6;
                    var kind = EpochReport.Fault.Kind.NOT_DONE;
                    var fault = new EpochReport.Fault(job, kind, "a test");
                    List<EpochReport.Fault> faults = fails ? List.of(fault) : List.of();
                    var supply = new Supply(new int[] {1}, new int[0], 0);
                    return new EpochReport(
                            report.epoch(), report.outcomes(), faults, supply, List.of());
                });
        while (desk.kernel.jobsInFlight() > 0) {
            desk.epoch();
            for (EpochPlan.Issue issue : desk.plans.getLast().issues()) {
                issues.add(desk.kernel.epoch());
                backwards.add(issue.undo());
            }
        }

        int undo = backwards.indexOf(true);
        long ccz = issues.get(1);
        assertTrue(undo >= 0 && issues.get(undo) >= ccz + 10, issues + " " + backwards);
        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void an_angle_of_many_turns_is_synthesised() {
        assertEquals(Argument.Turn.CLIFFORD, turn(-4 * Math.PI));
        assertEquals(Argument.Turn.T, turn(Math.PI / 4));
        assertEquals(Argument.Turn.OTHER, turn(0x1p40 * Math.PI));
        assertEquals(Argument.Turn.OTHER, turn(1e300));
    }

    private static Argument.Turn turn(double angle) {
        return new Argument.Rotation(angle, 1e-10).turn();
    }

    @Test
    void times_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new OperationTimes(2, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new OperationTimes(0, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new OperationTimes(0, 0, 0));
    }

    private static void mixed(GraphBuilder b, int[] q) {
        b.node(Opcode.APPLY_CCZ).qubits(q[0], q[1], q[2]);
        b.node(Opcode.APPLY_T).qubit(q[3]);
        b.node(Opcode.APPLY_H).qubit(q[3]);
        b.node(Opcode.APPLY_CCZ).qubits(q[1], q[2], q[3]);
        b.node(Opcode.APPLY_TOFFOLI).qubits(q[1], q[2], q[3]);
        rotate(b, q[3], 0.3);
    }

    private static void rotate(GraphBuilder builder, int qubit, double angle) {
        builder.node(Opcode.RZ).qubit(qubit).argument(new Argument.Rotation(angle, 1e-10));
    }

    private static Verified program(Body body) {
        var builder = new GraphBuilder();
        int[] q = new int[4];
        for (int i = 0; i < q.length; i++) q[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(q).argument(new Argument.Profile("logical"));
        body.add(builder, q);
        builder.node(Opcode.FREE_LQ).qubits(q);
        return Programs.verified(builder.requireWhatIsUsed().build());
    }

    private static MachineShape machine(int operations) {
        int unlimited = MachineShape.UNLIMITED;
        var rates = new MachineShape.Rates(operations, unlimited, unlimited, unlimited);
        return new MachineShape("timed", 1, 64, 3, rates, 8, List.of(), List.of(), TIMES);
    }

    private static int alone(int operations, Body body) {
        var desk = new Desk(machine(operations), Policy.DEFAULT);
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        desk.submit(session, program(body), 1);
        desk.run();
        return desk.plans.size();
    }
}
