package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.machine.WindowDecoding;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;
import org.qmk.sim.Choice;
import org.qmk.verifier.Verified;

/// A kernel on a simulated machine inside this process, with one tenant and one session, and others
/// beside if asked for.
public final class EmbeddedKernel implements AutoCloseable {

    private static final String TENANT = "local";

    /// More than any run outlasts.
    private static final long SHOTS_BESIDE = KernelLimits.DEFAULT.shots();

    /// What signs the audit log of a run.
    private static final String ORIGIN = "qmk.local/run";

    /// Factories and links of the simulated machine draw from it; a job's outcomes never do.
    public static final long DEVICE_SEED = 1;

    private final KernelLoop loop;
    private final Optional<Journal> journal;
    private final Optional<AuditLog> audit;
    private final SessionId session;
    private final List<Beside> others = new ArrayList<>();

    /// A program of another tenant.
    private record Beside(String name, Verified program, JobPolicy policy) {}

    /// Whether the last call of `run` threw an exception that was not a refusal.
    private boolean broken;

    /// What became of a job.
    ///
    /// @param bits names of the bits of a key, left to right
    /// @param counts completed shots by result
    /// @param epochs epochs in which the machine worked on the job
    /// @param shotsDone completed shots
    /// @param detail what the device said, where the cause is a fault of it; empty otherwise
    public record Result(
            List<String> bits,
            TreeMap<String, Long> counts,
            long epochs,
            long shotsDone,
            JobState state,
            EndCause cause,
            String detail) {}

    /// The kernel refused the job.
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(Notice.Refused refused) {
            super(refused.message());
        }
    }

    private EmbeddedKernel(KernelLoop loop, Optional<Journal> journal, Optional<AuditLog> audit)
            throws IOException {
        this.loop = loop;
        this.journal = journal;
        this.audit = audit;
        session = open(TENANT);
    }

    /// A session of a new tenant, with all that programs need.
    private SessionId open(String name) throws IOException {
        var quotas = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);
        TenantId tenant = tenant(loop.call(new Input.AddTenant(name, quotas)));
        SessionId opened = session(loop.call(new Input.OpenSession(tenant)));
        for (Capability capability : Capability.values()) {
            if (capability == Capability.ADMIN) continue;
            loop.call(new Input.Grant(opened, capability));
        }
        return opened;
    }

    /// @param selection which simulator runs a program
    /// @param folder where the journal goes, if anywhere
    /// @throws IOException if the journal cannot be written, or is already there
    public static EmbeddedKernel open(
            MachineModel machine, Function<Graph, Choice> selection, Optional<Path> folder)
            throws IOException {
        return open(machine, selection, folder, Witness.NOBODY);
    }

    /// @param witness sees the kernel as it is made, and every input that it takes
    public static EmbeddedKernel open(
            MachineModel machine,
            Function<Graph, Choice> selection,
            Optional<Path> folder,
            Witness witness)
            throws IOException {
        return open(machine, selection, Optional.empty(), folder, witness);
    }

    /// @param decoding how long the windows of the machine's decoder farm take, if not as its law
    ///     says
    public static EmbeddedKernel open(
            MachineModel machine,
            Function<Graph, Choice> selection,
            Optional<WindowDecoding> decoding,
            Optional<Path> folder,
            Witness witness)
            throws IOException {
        var setting = new KernelSetting(machine.shape());
        Optional<Journal> journal = Optional.empty();
        Optional<AuditLog> audit = Optional.empty();
        if (folder.isPresent()) {
            journal = Optional.of(Journal.create(folder.get(), setting, Durability.AT_END));
            AuditKey key = AuditKey.in(folder.get(), ORIGIN);
            audit = Optional.of(AuditLog.open(folder.get().resolve(AuditLog.FOLDER), key));
        }
        var device = new SimulatedDevice(selection, machine, DEVICE_SEED, decoding);
        var planner = new FirstFitPlanner(machine.shape());
        Kernel kernel = setting.boot();
        witness.begun(kernel);
        var loop = new KernelLoop(kernel, device, planner, journal, audit, witness);
        return new EmbeddedKernel(loop, journal, audit);
    }

    /// Has another tenant run a program beside the next job, again and again until that ends.
    ///
    /// @param name of the tenant, not one that is there
    public void beside(String name, Verified program, long seed) {
        others.add(new Beside(name, program, new JobPolicy(SHOTS_BESIDE, seed)));
    }

    /// Runs one job to its end.
    ///
    /// @param progress is told the number of completed shots after every wave
    public Result run(Verified program, JobPolicy policy, LongConsumer progress)
            throws IOException, RefusedException {
        broken = true;
        List<Notice> answer = loop.call(new Input.Submit(session, program, policy));
        broken = answer.getFirst() instanceof Notice.Accepted;
        JobId job = accepted(answer);
        for (Beside other : others) {
            SessionId theirs = open(other.name());
            accepted(loop.call(new Input.Submit(theirs, other.program(), other.policy())));
        }
        others.clear();
        Result result = await(job, program, progress);
        broken = false;
        return result;
    }

    private Result await(JobId job, Verified program, LongConsumer progress) throws IOException {
        var tally = new ShotTally(program.graph());
        long epochs = 0;
        String detail = "";
        while (true) {
            KernelLoop.Epoch epoch = loop.epoch();
            if (add(job, epoch, tally)) epochs++;
            boolean lost = false;
            for (var fault : epoch.report().faults()) {
                if (!fault.job().equals(job)) continue;
                detail = fault.cause();
                lost = true;
            }
            for (Notice notice : epoch.notices()) {
                if (!(notice instanceof Notice.JobChanged(var changed, var state, var cause))
                        || !changed.equals(job)) {
                    continue;
                }
                if (state != JobState.RUNNING) tally.endWave(lost);
                progress.accept(tally.shotsDone());
                if (state.isFinal()) {
                    return new Result(
                            tally.bits(),
                            tally.counts(),
                            epochs,
                            tally.shotsDone(),
                            state,
                            cause,
                            detail);
                }
            }
        }
    }

    /// Tells the tally what an epoch did with the job, and says whether it did anything.
    private static boolean add(JobId job, KernelLoop.Epoch epoch, ShotTally tally) {
        boolean worked = false;
        for (EpochPlan.Start start : epoch.plan().starts()) {
            if (start.job().equals(job)) tally.begin(start);
        }
        for (EpochPlan.Issue issue : epoch.plan().issues()) {
            if (!issue.job().equals(job)) continue;
            tally.issue(issue);
            worked = true;
        }
        for (EpochReport.Outcome outcome : epoch.report().outcomes()) {
            if (outcome.job().equals(job)) tally.take(outcome);
        }
        return worked;
    }

    /// Marks the end of the run in the journal, if there is one and the run came to its end.
    @Override
    public void close() throws IOException {
        if (journal.isEmpty()) return;
        try (Journal file = journal.get()) {
            if (!broken) file.end();
        } finally {
            audit.orElseThrow().close();
        }
    }

    private static TenantId tenant(List<Notice> notices) {
        if (notices.getFirst() instanceof Notice.TenantAdded(var tenant)) return tenant;
        throw unexpected(notices);
    }

    private static SessionId session(List<Notice> notices) {
        if (notices.getFirst() instanceof Notice.SessionOpened(var opened)) return opened;
        throw unexpected(notices);
    }

    private static JobId accepted(List<Notice> notices) throws RefusedException {
        if (notices.getFirst() instanceof Notice.Accepted(var job, long _)) return job;
        if (notices.getFirst() instanceof Notice.Refused refused) {
            throw new RefusedException(refused);
        }
        throw unexpected(notices);
    }

    private static IllegalStateException unexpected(List<Notice> notices) {
        return new IllegalStateException("a new kernel answered " + notices);
    }
}
