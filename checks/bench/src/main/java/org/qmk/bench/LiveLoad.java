package org.qmk.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineFile;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// A kernel of the machine `hundred-modules` on which the same number of qubits is live in every
/// epoch: jobs of five qubits and one shot, as many tenants as jobs but at most 100. A job that
/// ends is followed by another of its tenant.
///
/// The calls come in this order, again and again: `refill`, `begin`, `execute`, `report`.
public final class LiveLoad {

    public static final int QUBITS_A_JOB = 5;
    private static final int TENANTS_MAX = 100;
    private static final int PROGRAMS = 64;

    /// How long the two steps of each epoch took, in nanoseconds, sorted.
    ///
    /// @param cpuNanos by thread CPU time: both steps of an epoch, on average
    public record StepTimes(long[] begin, long[] report, long cpuNanos) {

        /// @param steps `begin` or `report`
        /// @param percent 50 for the median
        public static long percentile(long[] steps, double percent) {
            return steps[(int) Math.min(steps.length - 1, steps.length * percent / 100)];
        }
    }

    private final Kernel kernel;
    private final PromptDevice device;
    private final FirstFitPlanner planner;
    private final List<Verified> programs = new ArrayList<>();
    private final List<SessionId> sessions = new ArrayList<>();
    private final int jobs;
    private long submitted;

    /// @param qubits live qubits: a multiple of `QUBITS_A_JOB`, at most 10,000
    public LiveLoad(int qubits) {
        MachineShape machine = MachineFile.shipped("hundred-modules").shape();
        kernel = new Kernel(machine, KernelLimits.DEFAULT);
        device = new PromptDevice(machine);
        planner = new FirstFitPlanner(machine.blocksPerModule());
        jobs = qubits / QUBITS_A_JOB;
        var random = new SplittableRandom(20261126);
        for (int i = 0; i < PROGRAMS; i++) programs.add(program(random));
        var quotas = new Quotas(machine.blocks(), jobs);
        for (int i = 0; i < Math.min(jobs, TENANTS_MAX); i++) {
            var added = (Notice.TenantAdded) only(new Input.AddTenant("tenant" + i, quotas));
            var opened = (Notice.SessionOpened) only(new Input.OpenSession(added.tenant()));
            sessions.add(opened.session());
            for (Capability kind : List.of(Capability.ALLOC, Capability.MAGIC)) {
                only(new Input.Grant(opened.session(), kind));
            }
        }
    }

    /// Runs a load of the given size and measures epochs of it, after as many that are not counted.
    public static StepTimes measure(int qubits, int epochs) {
        var load = new LiveLoad(qubits);
        for (int i = 0; i < epochs; i++) load.epoch();
        long[] begin = new long[epochs];
        long[] report = new long[epochs];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = 0;
        for (int i = 0; i < epochs; i++) {
            load.refill();
            long cpuStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            EpochPlan plan = load.begin();
            begin[i] = System.nanoTime() - start;
            cpu += threads.getCurrentThreadCpuTime() - cpuStart;
            EpochReport told = load.execute(plan);
            cpuStart = threads.getCurrentThreadCpuTime();
            start = System.nanoTime();
            load.report(told);
            report[i] = System.nanoTime() - start;
            cpu += threads.getCurrentThreadCpuTime() - cpuStart;
        }
        Arrays.sort(begin);
        Arrays.sort(report);
        return new StepTimes(begin, report, cpu / epochs);
    }

    public int liveJobs() {
        return kernel.jobsInFlight();
    }

    /// One whole epoch.
    public void epoch() {
        refill();
        report(execute(begin()));
    }

    /// Submits jobs until all the qubits are live again, and places their waves.
    public void refill() {
        while (kernel.jobsInFlight() < jobs) {
            SessionId session = sessions.get((int) (submitted % sessions.size()));
            Verified program = programs.get((int) (submitted % programs.size()));
            Notice notice = only(new Input.Submit(session, program, new JobPolicy(1, submitted++)));
            if (!(notice instanceof Notice.Accepted)) throw new IllegalStateException("" + notice);
        }
        for (var wanted = kernel.wanted(); !wanted.isEmpty(); wanted = kernel.wanted()) {
            Kernel.Wanted wave = wanted.getFirst();
            Placement placement =
                    planner.propose(kernel.freeExtents(wave), wave.shots(), wave.slots());
            List<Notice> refused = kernel.step(new Input.Propose(wave.job(), placement));
            if (!refused.isEmpty()) throw new IllegalStateException(refused.toString());
        }
    }

    /// The step that decides the next epoch: what a benchmark measures.
    public EpochPlan begin() {
        List<Notice> notices = kernel.step(new Input.Begin());
        return ((Notice.Planned) notices.getLast()).plan();
    }

    public EpochReport execute(EpochPlan plan) {
        return device.execute(plan);
    }

    /// The step that closes the epoch.
    public List<Notice> report(EpochReport report) {
        return kernel.step(new Input.Report(report));
    }

    private Notice only(Input input) {
        return kernel.step(input).getFirst();
    }

    private static Verified program(SplittableRandom random) {
        int nodes = random.nextInt(200, 600);
        return (Verified) Verifier.verify(Workload.gates(nodes, QUBITS_A_JOB, random));
    }
}
