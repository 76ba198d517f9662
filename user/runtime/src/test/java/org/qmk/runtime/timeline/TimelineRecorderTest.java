package org.qmk.runtime.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qmk.device.*;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.*;
import org.qmk.machine.DeviceTraits;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.qvm.*;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.KernelLoop;
import org.qmk.runtime.Witness;
import org.qmk.sim.TimingSimulator;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

class TimelineRecorderTest {

    private static final int UNLIMITED = MachineShape.UNLIMITED;

    @Test
    void a_run_that_nothing_delays_is_work_throughout() throws Exception {
        Timeline timeline = run(machine(4, UNLIMITED, List.of(), 1), ts(9));

        assertEquals(List.of(new Timeline.Stretch(1, 9, EpochUse.WORK)), timeline.stretches());
        assertEquals(0, timeline.slowed());
    }

    @Test
    void a_factory_that_is_too_slow_shows_as_magic() throws Exception {
        var factory = new MachineShape.Factory(1, 4);
        // One state is made in an epoch, also in that in which the first three are taken.
        Timeline timeline = run(machine(4, UNLIMITED, List.of(factory), 1), rotations(2));

        assertSums(timeline, 2, EpochUse.MAGIC, 3 + 2);
    }

    @Test
    void slow_decoders_show_as_decoder() throws Exception {
        Verified program =
                program(
                        1,
                        (b, q) -> {
                            int m = b.declareEvent("m");
                            b.node(Opcode.MEASURE_Z).qubit(q[0]).output(m);
                            b.node(Opcode.APPLY_T).qubit(q[0]).guard(new Guard.Is(m, true));
                        });
        MachineShape shape = machine(4, 3, List.of(), 1);
        var traits = new DeviceTraits(List.of(), List.of(), 7);

        Timeline timeline = run(new MachineModel(shape, traits, "Slow.", List.of()), program);

        // 7 rounds after the end of an epoch of 3 are told 3 epochs later.
        assertSums(timeline, 2, EpochUse.DECODER, 3);
    }

    @Test
    void a_slow_link_shows_as_link() throws Exception {
        var rates = new MachineShape.Rates(8, UNLIMITED, UNLIMITED, UNLIMITED);
        var link = new MachineShape.Link(0, 1, 1, 4, 0.99);
        var shape = new MachineShape("two", 2, 1, 3, rates, 0, List.of(), List.of(link));
        Verified program =
                program(
                        2,
                        (b, q) -> {
                            for (int i = 0; i < 3; i++) {
                                b.node(Opcode.APPLY_CNOT).qubits(q[0], q[1]);
                                b.node(Opcode.APPLY_CNOT).qubits(q[1], q[0]);
                            }
                        });

        Timeline timeline = run(new MachineModel(shape, "Two.", List.of()), program);

        // An epoch passes before the first pair is there.
        long work = timeline.totals().get(EpochUse.WORK);
        assertEquals(8, work);
        assertTrue(timeline.totals().get(EpochUse.LINK) > 0);
        assertEquals(timeline.epochs(), work + timeline.totals().get(EpochUse.LINK));
    }

    @Test
    void what_others_take_shows_as_co_tenants_and_not_as_what_it_is() throws Exception {
        MachineModel ops = model(machine(1, UNLIMITED, List.of(), 16));
        var factory = new MachineShape.Factory(2, 64);
        MachineModel magic = model(machine(64, UNLIMITED, List.of(factory), 16));

        Timeline forOperations = run(ops, ts(9), ts(50), ts(50));
        Timeline forMagic = run(magic, ts(40), ts(60), ts(60), ts(60));

        assertEquals(9, forOperations.totals().get(EpochUse.WORK));
        assertEquals(forOperations.epochs() - 9, forOperations.totals().get(EpochUse.CO_TENANTS));
        assertTrue(forOperations.totals().get(EpochUse.CO_TENANTS) >= 9);
        assertTrue(forMagic.totals().get(EpochUse.CO_TENANTS) > 10, forMagic.totals() + "");
        // One state is not there yet in the first epoch, whoever else is there.
        assertEquals(1, forMagic.totals().get(EpochUse.MAGIC));
    }

    @Test
    void others_with_all_blocks_show_as_co_tenants() throws Exception {
        MachineModel model = model(machine(9, UNLIMITED, List.of(), 1));
        var late = new TimelineRecorder(model.shape());
        List<Boolean> seen = new ArrayList<>();
        // Sees the kernel from the beginning, and the job of the other as nobody's.
        var bench =
                new Bench(
                        model,
                        (input, notices) -> {
                            boolean first = input instanceof Input.Submit && seen.isEmpty();
                            if (first) seen.add(true);
                            else late.took(input, notices);
                        });
        late.begun(bench.kernel);
        bench.submit("first", ts(30), 1);
        bench.epoch();
        JobId own = bench.submit("second", ts(5), 1);

        bench.run(own);

        assertEquals(5, late.timeline().totals().get(EpochUse.WORK));
        assertEquals(29, late.timeline().totals().get(EpochUse.CO_TENANTS));
        assertEquals(34, late.timeline().epochs());
    }

    @Test
    void what_a_fault_costs_shows_as_faults() throws Exception {
        for (EpochReport.Fault.Kind kind :
                List.of(EpochReport.Fault.Kind.NOT_DONE, EpochReport.Fault.Kind.LOST)) {
            MachineModel model = model(machine(9, UNLIMITED, List.of(), 1));
            var recorder = new TimelineRecorder(model.shape());
            var bench = new Bench(model, recorder);
            JobId own = bench.submit("own", ts(10), 1);
            bench.failAt = 5;
            bench.failKind = kind;

            bench.run(own);

            Map<EpochUse, Long> totals = recorder.timeline().totals();
            assertEquals(10, totals.get(EpochUse.WORK), kind.name());
            assertTrue(totals.get(EpochUse.FAULTS) >= 5, kind + " " + totals);
            assertEquals(recorder.timeline().epochs(), 10 + totals.get(EpochUse.FAULTS));
        }
    }

    @Test
    void a_picture_has_all_epochs_in_its_parts() throws Exception {
        Timeline timeline = run(machine(1, UNLIMITED, List.of(), 1), ts(103));

        for (int parts : new int[] {1, 7, 103, 500}) {
            long sum = 0;
            for (Map<EpochUse, Long> part : timeline.parts(parts)) {
                for (long epochs : part.values()) sum += epochs;
            }
            assertEquals(103, sum);
            assertEquals(Math.min(parts, 103), timeline.parts(parts).size());
        }
    }

    @Test
    void a_report_adds_up_and_its_page_needs_nothing_else() throws Exception {
        Timeline timeline = run(model(machine(1, UNLIMITED, List.of(), 16)), ts(9), ts(50), ts(50));
        var report =
                new TimelineReport(
                        "<b>.qasm", "m", 1, List.of("x", "y"), false, "COMPLETED", 4, timeline);

        long sum = 0;
        for (TimelineReport.Part part : report.parts()) sum += part.epochs();
        assertEquals(report.difference(), sum);
        assertEquals(timeline.epochs() - 4, report.difference());
        assertEquals(5, report.parts().getFirst().epochs());
        String page = TimelinePage.of(report);
        assertFalse(page.contains("<script") || page.contains("http"), page);
        assertFalse(page.contains("<b>"), page);
        assertTrue(page.contains("&lt;b>.qasm on m") && page.contains("<svg"), page);
        assertTrue(report.table().contains("co-tenants"), report.table());
        assertTrue(report.json().contains("\"outcomes\":\"not simulated\""), report.json());
        assertTrue(report.json().contains("\"order\":5,"), report.json());
    }

    /// A kernel with tenants of its own, whose device can fail once.
    private static final class Bench {
        final Kernel kernel;
        private final KernelLoop loop;
        long failAt = -1;
        EpochReport.Fault.Kind failKind = EpochReport.Fault.Kind.LOST;
        private JobId last = new JobId(0);

        Bench(MachineModel model, Witness recorder) {
            kernel = new Kernel(model.shape(), KernelLimits.DEFAULT, Policy.DEFAULT);
            var device = new SimulatedDevice(_ -> TimingSimulator.chosen(), model, 1);
            loop =
                    new KernelLoop(
                            kernel,
                            plan -> executed(device, plan),
                            new FirstFitPlanner(model.shape().blocksPerModule()),
                            Optional.empty(),
                            Optional.empty(),
                            recorder);
            recorder.begun(kernel);
        }

        private EpochReport executed(LogicalDevice device, EpochPlan plan) {
            if (plan.epoch() != failAt) return device.execute(plan);
            var without =
                    new EpochPlan(
                            plan.epoch(),
                            plan.rounds(),
                            plan.starts(),
                            plan.moves(),
                            List.of(),
                            plan.ends());
            EpochReport report = device.execute(without);
            var fault = new EpochReport.Fault(last, failKind, "test");
            return new EpochReport(
                    report.epoch(), List.of(), List.of(fault), report.supply(), report.signals());
        }

        JobId submit(String tenant, Verified program, long shots) throws Exception {
            var added =
                    assertInstanceOf(
                            Notice.TenantAdded.class,
                            loop.call(new Input.AddTenant(tenant, new Quotas(99, 99))).getFirst());
            var opened =
                    assertInstanceOf(
                            Notice.SessionOpened.class,
                            loop.call(new Input.OpenSession(added.tenant())).getFirst());
            for (Capability capability : program.graph().capabilities()) {
                loop.call(new Input.Grant(opened.session(), capability));
            }
            var submit = new Input.Submit(opened.session(), program, new JobPolicy(shots, 1));
            last = assertInstanceOf(Notice.Accepted.class, loop.call(submit).getFirst()).job();
            return last;
        }

        void epoch() throws Exception {
            loop.epoch();
        }

        void run(JobId job) throws Exception {
            for (int i = 0; i < 1000; i++) {
                for (Notice notice : loop.epoch().notices()) {
                    if (notice instanceof Notice.JobChanged(var changed, var state, var _)
                            && changed.equals(job)
                            && state.isFinal()) {
                        assertEquals(JobState.COMPLETED, state);
                        return;
                    }
                }
            }
            throw new AssertionError("the job does not end");
        }
    }

    private static void assertSums(Timeline timeline, long work, EpochUse use, long epochs) {
        assertEquals(work, timeline.totals().get(EpochUse.WORK), timeline.totals() + "");
        assertEquals(epochs, timeline.totals().get(use), timeline.totals() + "");
        assertEquals(timeline.epochs(), work + epochs);
    }

    private static Timeline run(MachineShape shape, Verified program) throws Exception {
        return run(model(shape), program);
    }

    private static MachineModel model(MachineShape shape) {
        return new MachineModel(shape, "For tests.", List.of());
    }

    private static Timeline run(MachineModel model, Verified program, Verified... others)
            throws Exception {
        var recorder = new TimelineRecorder(model.shape());
        try (var kernel =
                EmbeddedKernel.open(
                        model, _ -> TimingSimulator.chosen(), Optional.empty(), recorder)) {
            for (int i = 0; i < others.length; i++) kernel.beside("other" + i, others[i], i);
            var result = kernel.run(program, new JobPolicy(1, 7), _ -> {});
            assertEquals(JobState.COMPLETED, result.state());
        }
        return recorder.timeline();
    }

    /// Clifford gates take no epoch.
    private static MachineShape machine(
            int operations, int decoderRounds, List<MachineShape.Factory> factories, int blocks) {
        int decoded = decoderRounds == UNLIMITED ? UNLIMITED : decoderRounds * blocks;
        var rates = new MachineShape.Rates(operations, UNLIMITED, UNLIMITED, decoded);
        var times = new OperationTimes(0, 0, 3);
        return new MachineShape("m", 1, blocks, 3, rates, 3, factories, List.of(), times);
    }

    private interface Body {
        void add(GraphBuilder builder, int[] q);
    }

    /// T gates one after another on one qubit.
    private static Verified ts(int count) {
        return program(
                1,
                (b, q) -> {
                    for (int i = 0; i < count; i++) b.node(Opcode.APPLY_T).qubit(q[0]);
                });
    }

    /// Three states each.
    private static Verified rotations(int count) {
        return program(
                1,
                (b, q) -> {
                    for (int i = 0; i < count; i++) {
                        b.node(Opcode.RZ).qubit(q[0]).argument(new Argument.Rotation(0.3, 1e-9));
                    }
                });
    }

    private static Verified program(int width, Body body) {
        var builder = new GraphBuilder();
        List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < width; i++) handles.add(builder.declareQubit("q" + i));
        int[] q = handles.stream().mapToInt(Integer::intValue).toArray();
        builder.node(Opcode.ALLOC_LQ).qubits(q).argument(new Argument.Profile("logical"));
        body.add(builder, q);
        builder.node(Opcode.FREE_LQ).qubits(q);
        Graph graph = builder.requireWhatIsUsed().build();
        return assertInstanceOf(Verified.class, Verifier.verify(graph));
    }
}
