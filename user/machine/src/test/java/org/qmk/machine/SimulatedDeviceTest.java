package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.sim.Choice;
import org.qmk.sim.Estimate;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulator;
import org.qmk.sim.SimulatorRule;
import org.qmk.sim.Simulators;

class SimulatedDeviceTest {

    private static final JobId JOB = new JobId(1);

    @Test
    void an_outcome_is_told_in_the_epoch_that_issues_its_node() {
        var device = new SimulatedDevice(Simulators::choose);

        EpochReport first = device.execute(plan(1, List.of(start(3)), 0, 1));
        EpochReport second = device.execute(plan(2, List.of(), 2, 3));

        assertEquals(List.of(), first.outcomes());
        assertEquals(
                List.of(new EpochReport.Outcome(JOB, 0, new long[] {0b111})), second.outcomes());
    }

    @Test
    void a_node_that_is_issued_twice_is_a_bug_of_the_kernel() {
        var device = new SimulatedDevice(Simulators::choose);
        device.execute(plan(1, List.of(start(3)), 0));

        assertThrows(IllegalStateException.class, () -> device.execute(plan(2, List.of(), 0)));
    }

    @Test
    void a_job_that_no_simulator_runs_is_a_fault() {
        var device = new SimulatedDevice(_ -> new Choice.Refused(SimulatorRule.MEMORY, "no room"));

        EpochReport report = device.execute(plan(1, List.of(start(3)), 0));

        assertEquals(
                List.of(new EpochReport.Fault(JOB, EpochReport.Fault.Kind.REFUSED, "no room")),
                report.faults());
        assertEquals(List.of(), report.outcomes());
    }

    @Test
    void a_simulator_that_gives_up_is_a_fault() {
        Simulator exhausted =
                new Simulator() {
                    @Override
                    public String name() {
                        return "exhausted";
                    }

                    @Override
                    public ShotOutcomes run(Graph graph, Shots shots) {
                        throw new IllegalArgumentException("run fewer shots in one call");
                    }
                };
        var device =
                new SimulatedDevice(
                        _ -> new Choice.Chosen(exhausted, "a test", new Estimate(0, 0)));

        EpochReport report = device.execute(plan(1, List.of(start(3)), 0));

        assertEquals("run fewer shots in one call", report.faults().getFirst().cause());
    }

    @Test
    void a_wave_that_ended_is_forgotten_and_may_begin_again() {
        var device = new SimulatedDevice(Simulators::choose);
        device.execute(plan(1, List.of(start(3)), 0, 1, 2, 3));

        var again =
                new EpochPlan(
                        2,
                        1,
                        List.of(start(2)),
                        List.of(),
                        List.of(new EpochPlan.Issue(JOB, new int[] {0, 1, 2})),
                        List.of(JOB));

        assertEquals(
                List.of(new EpochReport.Outcome(JOB, 0, new long[] {0b11})),
                device.execute(again).outcomes());
    }

    /// One qubit, flipped and measured: the outcome is 1.
    private static EpochPlan.Start start(int shots) {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_X).qubit(q);
        builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("m"));
        builder.node(Opcode.FREE_LQ).qubit(q);
        Graph graph = builder.requireWhatIsUsed().build();
        return new EpochPlan.Start(
                JOB, graph, 7, 0, shots, 1, new Placement(List.of(new Extent(0, shots))));
    }

    private static EpochPlan plan(long epoch, List<EpochPlan.Start> starts, int... nodes) {
        return new EpochPlan(
                epoch, 1, starts, List.of(), List.of(new EpochPlan.Issue(JOB, nodes)), List.of());
    }
}
