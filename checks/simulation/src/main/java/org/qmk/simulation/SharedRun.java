package org.qmk.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.*;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.runtime.JobTimes;
import org.qmk.runtime.KernelLoop;
import org.qmk.runtime.KernelSetting;
import org.qmk.sim.Choice;
import org.qmk.sim.Estimate;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulator;

/// A load on a kernel and a simulated machine: real factories and decoders, but every outcome is 0,
/// since no schedule depends on outcomes.
final class SharedRun {

    /// A run that is not over by then does not end.
    private static final long EPOCHS_MAX = 10_000_000;

    /// Answers without a state.
    private record Zeros() implements Simulator {
        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public ShotOutcomes run(Graph graph, Shots shots) {
            int words = (shots.count() + 63) / 64;
            return ShotOutcomes.of(shots.count(), new long[graph.events().size()][words]);
        }
    }

    private static final Choice ZEROS =
            new Choice.Chosen(new Zeros(), "nobody reads outcomes", new Estimate(0, 0));

    private final Kernel kernel;
    private final KernelLoop loop;
    private final JobTimes times = new JobTimes();
    private final List<SessionId> sessions = new ArrayList<>();

    private final TreeMap<JobId, SharedLoad.Offer> accepted = new TreeMap<>();

    private final ServiceMeter meter;
    private int asked;
    private int refused;

    /// @param capacity of an epoch
    /// @param weights of the tenants
    private SharedRun(
            MachineModel machine, double[] capacity, int[] weights, long seed, Policy.Order order) {
        MachineShape shape = machine.shape();
        kernel = new KernelSetting(shape).under(Policy.DEFAULT.with(order)).boot();
        var device = new SimulatedDevice(_ -> ZEROS, machine, seed);
        loop = new KernelLoop(kernel, device, new FirstFitPlanner(shape));
        meter = new ServiceMeter(capacity, weights);
        for (int i = 0; i < weights.length; i++) open("tenant-" + (i + 1), weights[i]);
    }

    private void open(String name, int weight) {
        var terms = new Terms(weight, new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE), false);
        Notice added = call(new Input.AddTenant(name, terms));
        if (!(added instanceof Notice.TenantAdded(var tenant))) throw unexpected(added);
        Notice opened = call(new Input.OpenSession(tenant));
        if (!(opened instanceof Notice.SessionOpened(var session))) throw unexpected(opened);
        for (Capability capability : Capability.values()) {
            if (capability != Capability.ADMIN) call(new Input.Grant(session, capability));
        }
        sessions.add(session);
    }

    private Notice call(Input input) {
        try {
            List<Notice> answer = loop.call(input);
            times.took(input, answer);
            return answer.getFirst();
        } catch (IOException noJournal) {
            throw new UncheckedIOException(noJournal);
        }
    }

    private static IllegalStateException unexpected(Notice notice) {
        return new IllegalStateException("the kernel answered " + notice);
    }

    /// Finds out what a job takes on a machine with full stocks where there is nobody else.
    static void alone(MachineModel machine, double[] capacity, JobTemplate template, long seed) {
        var run = new SharedRun(machine, capacity, new int[] {1}, seed, Policy.Order.FAIR);
        for (MachineShape.Factory factory : machine.shape().factories()) {
            long fills = 2L * factory.buffer() / factory.statesPerEpoch() + 1;
            while (run.times.closed() < fills) run.epoch(false);
        }
        var policy = new JobPolicy(template.shots, 0);
        run.submit(new SharedLoad.Offer(0, 0, template, policy));
        while (run.kernel.jobsInFlight() > 0) run.epoch(true);
        template.alone = run.times.lives().getFirst().turnaround();
        template.work = run.meter.work();
    }

    /// What becomes of a load.
    static SharingFigures of(SharedLoad load, Policy.Order order) {
        SharingRequest request = load.request;
        int[] weights = new int[request.tenants()];
        for (int i = 0; i < weights.length; i++) weights[i] = SharedLoad.weight(i);
        var run = new SharedRun(request.machine(), load.capacity, weights, load.seed, order);
        int next = 0;
        while (next < load.offers.size() || run.kernel.jobsInFlight() > 0) {
            while (next < load.offers.size()
                    && load.offers.get(next).time() < run.times.closed() + 1) {
                run.submit(load.offers.get(next++));
            }
            run.epoch(run.times.closed() < request.epochs());
        }
        return run.figures();
    }

    private void submit(SharedLoad.Offer offer) {
        SessionId session = sessions.get(offer.tenant());
        boolean deadline = offer.policy().deadlineEpochs() > 0;
        if (deadline) asked++;
        Notice answer =
                call(new Input.Submit(session, offer.template().facts.verified, offer.policy()));
        if (answer instanceof Notice.Accepted(var job, long _)) {
            accepted.put(job, offer);
            meter.accepted(job, offer);
        } else if (deadline
                && answer instanceof Notice.Refused(var refusal, var _)
                && refusal == Refusal.JOB_DEADLINE) {
            refused++;
        } else {
            throw unexpected(answer);
        }
    }

    /// @param counts whether what is given in it counts
    private void epoch(boolean counts) {
        try {
            KernelLoop.Epoch epoch = loop.epoch();
            times.told(epoch.notices());
            meter.passed(epoch, counts, lacking());
        } catch (IOException noJournal) {
            throw new UncheckedIOException(noJournal);
        }
        if (times.closed() > EPOCHS_MAX) throw new IllegalStateException("jobs do not end");
    }

    /// By tenant: whether one of its jobs could have done more in the last epoch.
    private boolean[] lacking() {
        boolean[] lacking = new boolean[sessions.size()];
        for (Map.Entry<JobId, SharedLoad.Offer> entry : meter.inFlight()) {
            int tenant = entry.getValue().tenant();
            if (lacking[tenant]) continue;
            var status = kernel.status(sessions.get(tenant), entry.getKey());
            if (status.isPresent()) lacking[tenant] = lacks(status.get().waitCause());
        }
        return lacking;
    }

    private static boolean lacks(WaitCause cause) {
        return switch (cause) {
            case QUEUE, OPERATIONS, LANES, MEASUREMENTS, MAGIC, BELL, ROUTES -> true;
            case NOTHING, PARTITION, PARKED, LASTING, OUTCOMES, MOVING, FIREWALL, BACKLOG -> false;
        };
    }

    private SharingFigures figures() {
        List<SharingFigures.Job> jobs = new ArrayList<>();
        for (JobTimes.Life life : times.lives()) {
            SharedLoad.Offer offer = accepted.get(life.job());
            long deadline = offer.policy().deadlineEpochs();
            jobs.add(
                    new SharingFigures.Job(
                            offer.tenant(),
                            life.waited(),
                            life.turnaround() / (double) offer.template().alone,
                            deadline > 0 && life.turnaround() > deadline));
        }
        return new SharingFigures(jobs, asked, refused, meter.jain(), meter.use(), times.closed());
    }
}
