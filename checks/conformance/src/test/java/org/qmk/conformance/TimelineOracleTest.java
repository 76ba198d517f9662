package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.estimate.EstimatedMachine;
import org.qmk.estimate.Estimator;
import org.qmk.estimate.GraphCounts;
import org.qmk.estimate.JobParameters;
import org.qmk.estimate.LogicalCounts;
import org.qmk.estimate.ResourceEstimate;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.Graph;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.timeline.EpochUse;
import org.qmk.runtime.timeline.Timeline;
import org.qmk.runtime.timeline.TimelineRecorder;
import org.qmk.sim.TimingSimulator;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// The programs of the oracles (docs/reference/estimates.md, Azure rows) through the kernel.
class TimelineOracleTest {

    /// Azure's defaults of these rows: gates of nanoseconds with errors of 1e-3, the surface code.
    private static final String JOB = "{\"qubitParams\": {\"name\": \"qubit_gate_ns_e3\"}}";

    @Test
    void ising_alone_takes_the_cycles_of_the_closed_form() throws Exception {
        expectClosedForm(
                OraclePrograms.ising(),
                new LogicalCounts(100, 0, 112_110, 2_001, 0, 0, 0),
                152_130,
                230);
    }

    @Test
    void hubbard_alone_takes_the_cycles_of_the_closed_form() throws Exception {
        expectClosedForm(
                OraclePrograms.hubbard(),
                new LogicalCounts(28, 22_074, 84, 31, 0, 0, 0),
                22_623,
                72);
    }

    private static void expectClosedForm(
            Graph graph, LogicalCounts counts, long cycles, int patches) throws Exception {
        Verified program = assertInstanceOf(Verified.class, Verifier.verify(graph));
        assertEquals(counts, GraphCounts.of(graph, program::orderAt));
        ResourceEstimate estimate = estimate(counts);
        assertEquals(cycles, estimate.cycles());
        MachineModel machine = machine(EstimatedMachine.yaml(estimate, true));
        assertEquals(patches, machine.shape().blocks());

        Timeline timeline = run(machine, program);

        assertEquals(cycles, timeline.epochs());
        assertEquals(List.of(new Timeline.Stretch(1, cycles, EpochUse.WORK)), timeline.stretches());
    }

    @Test
    void with_two_co_tenants_the_stalls_are_named() throws Exception {
        Verified hubbard =
                assertInstanceOf(Verified.class, Verifier.verify(OraclePrograms.hubbard()));
        Verified ising = assertInstanceOf(Verified.class, Verifier.verify(OraclePrograms.ising(2)));
        ResourceEstimate estimate = estimate(GraphCounts.of(hubbard.graph(), hubbard::orderAt));
        MachineShape shape = machine(EstimatedMachine.yaml(estimate, true)).shape();
        var roomy =
                new MachineShape(
                        "roomy",
                        1,
                        3 * 100,
                        shape.roundsPerEpoch(),
                        shape.rates(),
                        shape.statesPerRotation(),
                        List.of(),
                        List.of(),
                        shape.times());

        Timeline timeline = run(new MachineModel(roomy, "m", List.of()), hubbard, ising, ising);

        Map<EpochUse, Long> totals = timeline.totals();
        // Fair queueing gives each of three a third, but for the synthesis of the others.
        assertEquals(22_623, totals.get(EpochUse.WORK));
        assertTrue(totals.get(EpochUse.CO_TENANTS) > 22_623, totals.toString());
        assertEquals(
                timeline.epochs(), totals.get(EpochUse.WORK) + totals.get(EpochUse.CO_TENANTS));
    }

    @Test
    void with_the_factories_of_the_estimate_the_stalls_for_magic_states_are_named()
            throws Exception {
        Graph graph = OraclePrograms.hubbard();
        Verified program = assertInstanceOf(Verified.class, Verifier.verify(graph));
        ResourceEstimate estimate = estimate(GraphCounts.of(graph, program::orderAt));

        Timeline timeline = run(machine(EstimatedMachine.yaml(estimate, false)), program);

        Map<EpochUse, Long> totals = timeline.totals();
        assertEquals(22_623, totals.get(EpochUse.WORK));
        assertTrue(totals.get(EpochUse.MAGIC) > 0, totals.toString());
        assertEquals(timeline.epochs(), totals.get(EpochUse.WORK) + totals.get(EpochUse.MAGIC));
    }

    @Test
    void the_machine_of_an_estimate_has_its_assumptions() throws Exception {
        ResourceEstimate estimate = estimate(new LogicalCounts(100, 0, 112_110, 2_001, 0, 0, 0));

        MachineModel machine = machine(EstimatedMachine.yaml(estimate, false));

        assertEquals(new OperationTimes(0, 20, 3), machine.shape().times());
        assertEquals(20, machine.shape().statesPerRotation());
        assertEquals(19, machine.shape().roundsPerEpoch());
        assertEquals(1, machine.shape().rates().operations());
        var pipeline = machine.traits().pipelines().getFirst().orElseThrow();
        // 233 factories, and a run of 120,000 ns where a round takes 400.
        assertEquals(233, pipeline.copies());
        assertEquals(300, pipeline.levels().getFirst().rounds());
    }

    private static ResourceEstimate estimate(LogicalCounts counts) throws Exception {
        byte[] json = JOB.getBytes(StandardCharsets.UTF_8);
        var jobs =
                assertInstanceOf(
                        JobParameters.Reading.Ok.class, JobParameters.read(json, Optional.empty()));
        return Estimator.estimates(counts, jobs.jobs().getFirst()).getFirst();
    }

    private static MachineModel machine(String yaml) {
        var reading = MachineFile.read(yaml.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(MachineFile.Reading.Ok.class, reading, yaml + reading).model();
    }

    private static Timeline run(MachineModel machine, Verified program, Verified... others)
            throws Exception {
        var recorder = new TimelineRecorder(machine.shape());
        try (var kernel =
                EmbeddedKernel.open(
                        machine, _ -> TimingSimulator.chosen(), Optional.empty(), recorder)) {
            for (int i = 0; i < others.length; i++) kernel.beside("other" + i, others[i], i);
            EmbeddedKernel.Result result = kernel.run(program, new JobPolicy(1, 7), _ -> {});
            assertEquals(JobState.COMPLETED, result.state());
        }
        return recorder.timeline();
    }
}
