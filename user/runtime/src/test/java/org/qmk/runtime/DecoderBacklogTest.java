package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.EpochPlan;
import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Quotas;
import org.qmk.machine.DecoderFarm;
import org.qmk.machine.DeviceTraits;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.machine.WindowTime;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// The kernel on a machine whose decoders are a farm.
class DecoderBacklogTest {

    private static final int STEPS = 9;
    private static final int NEVER = 1 << 30;

    /// When outcomes were measured and told, in epochs, and how the job ended.
    private record Run(List<Long> measured, List<Long> told, EndCause cause, long backlogMost) {}

    @Test
    void feed_forward_on_slow_decoders_takes_exponentially_long() throws IOException {
        Run run = run(2, NEVER, NEVER);

        assertEquals(STEPS, run.told.size());
        for (int k = 0; k < STEPS; k++) {
            // A round is an epoch: the first is decoded from its end on, each takes two.
            assertEquals(1 + 2 * run.measured.get(k), run.told.get(k), "outcome " + k);
            if (k == 0) continue;
            assertEquals(run.told.get(k - 1) + 2, run.measured.get(k), "outcome " + k);
        }
        assertTrue(run.backlogMost > 500, run + "");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1})
    void feed_forward_on_decoders_that_keep_up_takes_as_long_in_each_step(double factor)
            throws IOException {
        Run run = run(factor, 64, 32);

        assertEquals(EndCause.ALL_SHOTS_DONE, run.cause);
        for (int k = 1; k < STEPS; k++) {
            assertEquals(3, run.told.get(k) - run.told.get(k - 1), "outcome " + k);
        }
        assertEquals(0, run.backlogMost);
    }

    @Test
    void a_job_whose_outcomes_come_later_than_the_policy_allows_fails() throws IOException {
        assertEquals(EndCause.DEVICE_LIED, run(2, 64, NEVER).cause);
    }

    /// A qubit that is turned if its last outcome was 1, and measured, again and again.
    private static Verified program() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        for (int k = 0; k < STEPS; k++) {
            var step = builder.node(Opcode.APPLY_S).qubit(q);
            if (k > 0) step.guard(new Guard.Is(k - 1, true));
            builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("m" + k));
        }
        builder.node(Opcode.FREE_LQ).qubit(q);
        var graph = builder.requireWhatIsUsed().build();
        return assertInstanceOf(Verified.class, Verifier.verify(graph));
    }

    private static Run run(double factor, int latenessMax, int backlogMax) throws IOException {
        var rates = new MachineShape.Rates(100, 100, 100, 1);
        var shape = new MachineShape("behind", 1, 1, 1, rates, 0, List.of(), List.of());
        var farm = new DecoderFarm(1, 1, 1, 0, false, new WindowTime.Constant(factor));
        var traits = new DeviceTraits(List.of(), List.of(), List.of(), 0, Optional.of(farm));
        var model = new MachineModel(shape, traits, "One block.", List.of());
        var usual = Policy.DEFAULT;
        var policy =
                new Policy(
                        usual.order(),
                        usual.partitions(),
                        usual.window(),
                        usual.passesMax(),
                        usual.patienceEpochs(),
                        usual.retries(),
                        latenessMax,
                        backlogMax);
        var device = new SimulatedDevice(Simulators::choose, model, 1);
        var kernel = new Kernel(shape, KernelLimits.DEFAULT, policy);
        var loop = new KernelLoop(kernel, device, new FirstFitPlanner(1));
        return follow(loop, program());
    }

    private static Run follow(KernelLoop loop, Verified program) throws IOException {
        var quotas = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);
        var added = loop.call(new Input.AddTenant("t", quotas)).getFirst();
        var tenant = assertInstanceOf(Notice.TenantAdded.class, added).tenant();
        var opened = loop.call(new Input.OpenSession(tenant)).getFirst();
        var session = assertInstanceOf(Notice.SessionOpened.class, opened).session();
        for (Capability capability : Capability.values()) {
            if (capability == Capability.ADMIN) continue;
            loop.call(new Input.Grant(session, capability));
        }
        loop.call(new Input.Submit(session, program, new JobPolicy(1, 7)));
        List<Long> measured = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        long most = 0;
        while (true) {
            KernelLoop.Epoch epoch = loop.epoch();
            most = Math.max(most, epoch.report().supply().backlogRounds());
            for (EpochPlan.Issue issue : epoch.plan().issues()) {
                for (int node : issue.nodes()) {
                    if (program.graph().opcode(node) != Opcode.MEASURE_Z) continue;
                    measured.add(epoch.plan().epoch());
                }
            }
            for (int i = 0; i < epoch.report().outcomes().size(); i++) {
                told.add(epoch.plan().epoch());
            }
            for (Notice notice : epoch.notices()) {
                boolean ended =
                        notice instanceof Notice.JobChanged changed && changed.state().isFinal();
                if (!ended) continue;
                EndCause cause = ((Notice.JobChanged) notice).cause();
                return new Run(measured, told, cause, most);
            }
        }
    }
}
