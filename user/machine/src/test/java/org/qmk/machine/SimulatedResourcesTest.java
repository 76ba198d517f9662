package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.device.Supply;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.sim.Simulators;

/// Factories, links, decoders, moves and inverses of the simulated device.
class SimulatedResourcesTest {

    private static final JobId JOB = new JobId(1);
    private static final JobId OTHER = new JobId(2);

    @Test
    void a_plain_machine_supplies_nothing() {
        var device = new SimulatedDevice(Simulators::choose);

        assertEquals(Supply.NONE, device.execute(idle(1)).supply());
    }

    @Test
    void what_an_epoch_makes_follows_from_seed_and_epoch_alone() {
        MachineModel model = machine(MachineShape.UNLIMITED, 0, 500);
        var late = new SimulatedDevice(Simulators::choose, model, 7);
        Supply expected = Supply.NONE;
        var early = new SimulatedDevice(Simulators::choose, model, 7);
        for (int epoch = 1; epoch <= 40; epoch++) expected = early.execute(idle(epoch)).supply();

        assertEquals(expected, late.execute(idle(40)).supply());
        var other = new SimulatedDevice(Simulators::choose, model, 8);
        assertNotEquals(expected, other.execute(idle(40)).supply());
    }

    @ParameterizedTest
    @CsvSource({"0", "100", "500", "999", "1000"})
    void attempts_fail_as_often_as_the_machine_says(int failure) {
        var device = new SimulatedDevice(Simulators::choose, machine(1 << 20, 0, failure), 3);
        long states = 0;
        long pairs = 0;
        int epochs = 20_000;

        for (int epoch = 1; epoch <= epochs; epoch++) {
            Supply supply = device.execute(idle(epoch)).supply();
            assertTrue(supply.magic(0) <= 4 && supply.pairs(0) <= 50);
            states += supply.magic(0);
            pairs += supply.pairs(0);
        }

        // Seven standard deviations: a false alarm has a chance below 1e-11.
        double success = 1 - failure / 1000.0;
        double spread = 7 * Math.sqrt(success * (1 - success));
        assertEquals(4.0 * epochs * success, states, spread * Math.sqrt(4.0 * epochs));
        assertEquals(50.0 * epochs * success, pairs, spread * Math.sqrt(50.0 * epochs));
    }

    /// Two copies make a state each in every third epoch, at the port one leaves an epoch.
    @Test
    void the_states_of_a_pipeline_leave_through_its_port() {
        var level = new FactoryPipeline.Level(1, 0, 1, 21, 0, 1);
        MachineModel plain = machine(MachineShape.UNLIMITED, 0, 0);
        MachineShape shape =
                new MachineShape(
                        "test",
                        2,
                        50,
                        7,
                        plain.shape().rates(),
                        10,
                        List.of(new MachineShape.Factory(1, 100)),
                        List.of());
        var traits =
                new DeviceTraits(
                        List.of(0),
                        List.of(Optional.of(new FactoryPipeline(2, List.of(level)))),
                        List.of(),
                        0,
                        Optional.empty());
        var model = new MachineModel(shape, traits, "A machine of this test.", List.of());
        var device = new SimulatedDevice(Simulators::choose, model, 7);
        List<Integer> made = new ArrayList<>();

        for (int epoch = 1; epoch <= 9; epoch++) {
            made.add(device.execute(idle(epoch)).supply().magic(0));
        }

        assertEquals(List.of(0, 0, 1, 1, 0, 1, 1, 0, 1), made);
    }

    @Test
    void the_number_of_successes_is_distributed_binomially() {
        var yield = new Yield(3, 250);
        int[] counts = new int[4];
        int draws = 64_000;
        for (int i = 0; i < draws; i++) counts[yield.successes((i + 0.5) / draws)]++;

        assertEquals(draws / 64, counts[0], 1);
        assertEquals(draws * 9 / 64, counts[1], 1);
        assertEquals(draws * 27 / 64, counts[2], 1);
        assertEquals(draws * 27 / 64, counts[3], 1);
    }

    @Test
    void magic_states_that_were_never_made_cannot_be_consumed() {
        var device =
                new SimulatedDevice(Simulators::choose, machine(MachineShape.UNLIMITED, 0, 0), 1);
        var patient =
                new SimulatedDevice(Simulators::choose, machine(MachineShape.UNLIMITED, 0, 0), 1);

        device.execute(plan(1, start(JOB, 5, 0), issue(JOB, 0)));
        assertThrows(IllegalStateException.class, () -> device.execute(plan(2, issue(JOB, 1))));

        patient.execute(plan(1, start(JOB, 5, 0), issue(JOB, 0)));
        patient.execute(idle(2));
        patient.execute(plan(3, issue(JOB, 1)));
    }

    @Test
    void decoders_that_are_behind_tell_outcomes_late_and_in_order() {
        // Four blocks of seven rounds make 28 rounds of work; 14 of them are done in an epoch.
        var device = new SimulatedDevice(Simulators::choose, machine(14, 0, 0), 1);
        List<List<Integer>> told = new ArrayList<>();
        List<Long> backlog = new ArrayList<>();

        for (int epoch = 1; epoch <= 7; epoch++) {
            EpochReport report =
                    switch (epoch) {
                        case 1 ->
                                device.execute(plan(epoch, start(JOB, 4, 0), issue(JOB, 0, 2, 3)));
                        case 2 -> device.execute(plan(epoch, issue(JOB, 4)));
                        case 3 -> device.execute(plan(epoch, issue(JOB, 5, 6)));
                        default -> device.execute(idle(epoch));
                    };
            told.add(report.outcomes().stream().map(EpochReport.Outcome::event).toList());
            backlog.add(report.supply().backlogRounds());
        }

        assertEquals(List.of(14L, 28L, 42L, 56L, 70L, 84L, 98L), backlog);
        assertEquals(
                List.of(
                        List.of(),
                        List.of(0),
                        List.of(),
                        List.of(1),
                        List.of(),
                        List.of(2, 3),
                        List.of()),
                told);
    }

    @Test
    void a_latency_delays_outcomes_that_are_measured_and_no_others() {
        // Seven rounds of latency are one epoch of seven rounds; eight are two.
        for (int latency = 0; latency <= 8; latency++) {
            var device = new SimulatedDevice(Simulators::choose, machine(1000, latency, 0), 1);
            device.execute(plan(1, start(JOB, 1, 0), issue(JOB, 0)));
            int late = (latency + 6) / 7;

            EpochReport report = device.execute(plan(2, issue(JOB, 2, 3)));
            for (int i = 0; i < late; i++) {
                assertEquals(List.of(), report.outcomes(), latency + " rounds, epoch " + i);
                report = device.execute(idle(3 + i));
            }

            assertEquals(
                    List.of(0),
                    report.outcomes().stream().map(EpochReport.Outcome::event).toList(),
                    latency + " rounds");
        }
    }

    @Test
    void a_wave_that_begins_again_is_not_told_what_the_one_before_it_measured() {
        var device = new SimulatedDevice(Simulators::choose, machine(1, 0, 0), 1);
        device.execute(plan(1, start(JOB, 1, 0), issue(JOB, 0, 2, 3)));
        device.execute(
                new EpochPlan(2, 7, List.of(start(JOB, 1, 0)), List.of(), List.of(), List.of(JOB)));

        for (int epoch = 3; epoch < 40; epoch++) {
            assertEquals(List.of(), device.execute(idle(epoch)).outcomes());
        }
    }

    @Test
    void a_node_that_was_taken_back_can_be_carried_out_again() {
        var straight = new SimulatedDevice(Simulators::choose);
        straight.execute(plan(1, start(JOB, 3, 0), issue(JOB, 0, 1)));
        var device = new SimulatedDevice(Simulators::choose);
        device.execute(plan(1, start(JOB, 3, 0), issue(JOB, 0, 1)));
        device.execute(plan(2, new EpochPlan.Issue(JOB, true, new int[] {1})));
        device.execute(plan(3, issue(JOB, 1)));

        assertEquals(
                straight.execute(plan(4, issue(JOB, 2, 3))),
                device.execute(plan(4, issue(JOB, 2, 3))));
    }

    @ParameterizedTest
    @CsvSource({
        "0, a qubit cannot be un-allocated",
        "1, it was not carried out",
        "3, a measurement is final",
        "6, it makes an event"
    })
    void what_cannot_be_taken_back_is_a_bug_of_the_kernel(int node, String why) {
        var device = new SimulatedDevice(Simulators::choose);
        device.execute(plan(1, start(JOB, 3, 0), issue(JOB, 0, 2, 3, 4, 5, 6)));

        assertThrows(
                IllegalStateException.class,
                () -> device.execute(plan(2, new EpochPlan.Issue(JOB, true, new int[] {node}))),
                why);
    }

    @Test
    void a_wave_moves_only_from_where_it_is() {
        var device = new SimulatedDevice(Simulators::choose);
        device.execute(plan(1, start(JOB, 2, 0)));

        device.execute(move(2, 0, 10, 2));
        device.execute(move(3, 10, 0, 2));

        assertThrows(IllegalStateException.class, () -> device.execute(move(4, 10, 0, 2)));
        assertThrows(IllegalStateException.class, () -> device.execute(move(4, 0, 10, 1)));
    }

    @Test
    void waves_of_several_jobs_have_their_own_outcomes() {
        var device = new SimulatedDevice(Simulators::choose);
        EpochReport report =
                device.execute(
                        new EpochPlan(
                                1,
                                7,
                                List.of(start(JOB, 3, 0), start(OTHER, 2, 3)),
                                List.of(),
                                List.of(issue(OTHER, 0, 2, 3), issue(JOB, 0, 2)),
                                List.of()));

        assertEquals(
                List.of(new EpochReport.Outcome(OTHER, 0, new long[] {0b11})), report.outcomes());
    }

    /// A T gate, a flip and three measurements of one qubit, each of which gives 1; and an event.
    private static Graph graph() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        int last = builder.declareEvent("a");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_T).qubit(q);
        builder.node(Opcode.APPLY_X).qubit(q);
        builder.node(Opcode.MEASURE_Z).qubit(q).output(last);
        builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("b"));
        builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("c"));
        builder.node(Opcode.EV_NOT).input(last).output(builder.declareEvent("d"));
        builder.node(Opcode.FREE_LQ).qubit(q);
        return builder.requireWhatIsUsed().build();
    }

    private static EpochPlan.Start start(JobId job, int shots, int block) {
        var placement = new Placement(List.of(new Extent(block, shots)));
        return new EpochPlan.Start(job, graph(), 7, 0, shots, 1, placement);
    }

    private static EpochPlan.Issue issue(JobId job, int... nodes) {
        return new EpochPlan.Issue(job, nodes);
    }

    private static EpochPlan idle(long epoch) {
        return new EpochPlan(epoch, 7, List.of(), List.of(), List.of(), List.of());
    }

    private static EpochPlan plan(long epoch, EpochPlan.Start start, EpochPlan.Issue... issues) {
        return new EpochPlan(epoch, 7, List.of(start), List.of(), List.of(issues), List.of());
    }

    private static EpochPlan plan(long epoch, EpochPlan.Issue... issues) {
        return new EpochPlan(epoch, 7, List.of(), List.of(), List.of(issues), List.of());
    }

    private static EpochPlan move(long epoch, int from, int to, int blocks) {
        var move =
                new EpochPlan.Move(
                        JOB,
                        new Placement(List.of(new Extent(from, blocks))),
                        new Placement(List.of(new Extent(to, blocks))));
        return new EpochPlan(epoch, 7, List.of(), List.of(move), List.of(), List.of());
    }

    /// Two modules, one factory of 4 states, one link of 50 pairs.
    private static MachineModel machine(int decoderRounds, int latencyRounds, int failure) {
        var rates = new MachineShape.Rates(100, 100, 100, decoderRounds);
        var shape =
                new MachineShape(
                        "test",
                        2,
                        50,
                        7,
                        rates,
                        10,
                        List.of(new MachineShape.Factory(4, 100)),
                        List.of(new MachineShape.Link(0, 1, 50, 100, 0.9)));
        var traits = new DeviceTraits(List.of(failure), List.of(failure), latencyRounds);
        return new MachineModel(shape, traits, "A machine of this test.", List.of());
    }
}
