package org.qmk.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.kernel.capability.Availability;
import org.qmk.kernel.capability.Need;
import org.qmk.kernel.capability.Selection;
import org.qmk.kernel.epoch.EpochScheduler;
import org.qmk.kernel.epoch.Job;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;

/// The kernel: a deterministic state machine.
///
/// A step is two methods: `decide` looks and may refuse, `apply` changes and cannot fail. A refused
/// input changes nothing but the trail of decisions.
public final class Kernel {

    private static final int NAME_BYTES_MAX = 256;

    private final MachineShape machine;
    private final KernelLimits limits;
    private final KernelState state;
    private final EpochScheduler scheduler;

    public Kernel(MachineShape machine, KernelLimits limits) {
        this.machine = machine;
        this.limits = limits;
        this.state = KernelState.empty(machine.blocks(), limits);
        this.scheduler =
                new EpochScheduler(state.jobs(), new FromState(), machine.operationsPerEpoch());
    }

    /// Takes one input and says what came of it.
    public List<Notice> step(Input input) {
        List<Notice> notices = apply(decide(input));
        for (Notice notice : notices) {
            // An epoch's digest cannot cover itself.
            if (!(notice instanceof Notice.EpochClosed)) state.trail().note(notice);
        }
        return notices;
    }

    /// The number of the epoch that was opened last, 0 before the first.
    public long epoch() {
        return state.jobs().epoch();
    }

    /// The number of jobs that have not ended.
    public int jobsInFlight() {
        return state.jobs().size();
    }

    /// The wave that a planner should propose blocks for next, if one can begin.
    public Optional<Wanted> wanted() {
        return scheduler.nextWant().map(want -> new Wanted(want.job().id(), want.blocks()));
    }

    /// A wave that could begin if it had blocks.
    public record Wanted(JobId job, int blocks) {}

    /// The free blocks, for a planner.
    public List<Extent> freeExtents() {
        return state.blocks().freeExtents();
    }

    /// What a step will do.
    private sealed interface Decision {
        record Refuse(Notice.Refused refusal) implements Decision {}

        record AddTenant(String name, Quotas quotas) implements Decision {}

        record OpenSession(TenantId tenant) implements Decision {}

        record Grant(SessionId session, Capability capability) implements Decision {}

        record Revoke(SessionId session, CapabilityHandle handle) implements Decision {}

        record Accept(Job job) implements Decision {}

        record Cancel(Job job) implements Decision {}

        record Place(EpochScheduler.Want want, Placement placement) implements Decision {}

        record Open(EpochScheduler.Opening opening) implements Decision {}

        record Close(EpochReport report, EpochScheduler.Closing closing) implements Decision {}
    }

    private Decision decide(Input input) {
        return switch (input) {
            case Input.AddTenant(var name, var quotas) -> decideTenant(name, quotas);
            case Input.OpenSession(var tenant) -> decideSession(tenant);
            case Input.Grant(var session, var capability) -> decideGrant(session, capability);
            case Input.Revoke(var session, var handle) -> decideRevoke(session, handle);
            case Input.Submit(var session, var program, var policy) ->
                    decideSubmit(session, program, policy);
            case Input.Cancel(var session, var job) -> decideCancel(session, job);
            case Input.Propose(var job, var placement) -> decidePlacement(job, placement);
            case Input.Begin() -> decideBegin();
            case Input.Report(var report) -> decideReport(report);
        };
    }

    private Decision decideTenant(String name, Quotas quotas) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        // Half of a surrogate pair has no bytes of its own: two names would be one in the digest.
        boolean formed = new String(utf8, StandardCharsets.UTF_8).equals(name);
        if (!formed || utf8.length < 1 || utf8.length > NAME_BYTES_MAX) {
            return refuse(Refusal.TENANT_NAME_FORM, "");
        }
        Optional<Notice.Refused> objection = state.capabilities().checkAdd(name);
        if (objection.isPresent()) return new Decision.Refuse(objection.get());
        return new Decision.AddTenant(name, quotas);
    }

    private Decision decideSession(TenantId tenant) {
        Optional<Notice.Refused> objection = state.capabilities().checkOpen(tenant);
        if (objection.isPresent()) return new Decision.Refuse(objection.get());
        return new Decision.OpenSession(tenant);
    }

    private Decision decideGrant(SessionId session, Capability capability) {
        Optional<Notice.Refused> objection = state.capabilities().checkGrant(session);
        if (objection.isPresent()) return new Decision.Refuse(objection.get());
        return new Decision.Grant(session, capability);
    }

    private Decision decideRevoke(SessionId session, CapabilityHandle handle) {
        return state.capabilities()
                .checkRevoke(session, handle)
                .<Decision>map(Decision.Refuse::new)
                .orElse(new Decision.Revoke(session, handle));
    }

    private Decision decideSubmit(SessionId session, Verified program, JobPolicy policy) {
        if (!state.capabilities().knows(session)) return refuse(Refusal.SESSION_UNKNOWN, "");
        if (policy.shots() < 1 || policy.shots() > limits.shots()) {
            return refuse(Refusal.JOB_SHOTS, Long.toString(limits.shots()));
        }
        if (select(session, program) instanceof Availability.Lacking(var kind, var why)) {
            return refuse(why, kind.text());
        }
        TenantId tenant = state.capabilities().owner(session);
        Quotas quotas = state.capabilities().terms(tenant).quotas();
        int width = program.qubitsPeak();
        if (width > machine.blocks()) {
            return refuse(Refusal.JOB_TOO_WIDE, Integer.toString(width));
        }
        if (width > quotas.blocks()) return refuse(Refusal.QUOTA_BLOCKS, Integer.toString(width));
        int inFlight = state.jobs().countOf(tenant);
        if (inFlight >= quotas.jobs()) {
            return refuse(Refusal.QUOTA_JOBS, Integer.toString(inFlight));
        }
        if (state.jobs().size() == limits.jobs()) return refuse(Refusal.TABLE_FULL, "jobs");
        return new Decision.Accept(state.jobs().draft(tenant, session, program, policy));
    }

    private Decision decideCancel(SessionId session, JobId id) {
        Optional<Job> job = state.jobs().find(session, id);
        return job.isPresent() ? new Decision.Cancel(job.get()) : refuse(Refusal.JOB_UNKNOWN, "");
    }

    private Decision decidePlacement(JobId id, Placement placement) {
        Optional<EpochScheduler.Want> want = scheduler.nextWant();
        if (want.isEmpty() || !want.get().job().id().equals(id)) {
            return refuse(Refusal.PLACEMENT_UNWANTED, "0");
        }
        if (placement.blocks() != want.get().blocks()) {
            return refuse(Refusal.PLACEMENT_UNWANTED, Integer.toString(want.get().blocks()));
        }
        Optional<Notice.Refused> objection = state.blocks().check(placement);
        if (objection.isPresent()) return new Decision.Refuse(objection.get());
        return new Decision.Place(want.get(), placement);
    }

    private Decision decideBegin() {
        if (state.jobs().isOpen()) return refuse(Refusal.EPOCH_OPEN, Long.toString(epoch()));
        return new Decision.Open(scheduler.open());
    }

    private Decision decideReport(EpochReport report) {
        if (!state.jobs().isOpen()) return refuse(Refusal.REPORT_EPOCH, "none is open");
        if (report.epoch() != epoch()) {
            return refuse(Refusal.REPORT_EPOCH, "epoch " + epoch() + " is");
        }
        return new Decision.Close(report, scheduler.close(report));
    }

    private static Decision refuse(Refusal refusal, String fact) {
        return new Decision.Refuse(new Notice.Refused(refusal, fact));
    }

    private List<Notice> apply(Decision decision) {
        return switch (decision) {
            case Decision.Refuse(var refusal) -> List.of(refusal);
            case Decision.AddTenant(var name, var quotas) ->
                    List.of(
                            new Notice.TenantAdded(
                                    state.capabilities().add(name, new Terms(1, quotas, false))));
            case Decision.OpenSession(var tenant) ->
                    List.of(new Notice.SessionOpened(state.capabilities().open(tenant)));
            case Decision.Grant(var session, var capability) ->
                    List.of(
                            new Notice.Granted(
                                    state.capabilities()
                                            .grant(session, capability, Bounds.UNLIMITED)));
            case Decision.Revoke(var session, var handle) -> {
                state.capabilities().revoke(session, handle);
                yield List.of(new Notice.Revoked(handle));
            }
            case Decision.Accept(var job) -> {
                state.jobs().accept(job);
                yield List.of(new Notice.Accepted(job.id()));
            }
            case Decision.Cancel(var job) -> {
                state.jobs().cancel(job);
                yield List.of();
            }
            case Decision.Place(var want, var placement) -> {
                state.blocks().take(want.job().id(), placement);
                state.jobs().place(want.job(), want.shots(), placement);
                state.trail().note(want.job().id().number(), placement);
                yield List.of();
            }
            case Decision.Open(var opening) -> open(opening);
            case Decision.Close(var report, var closing) -> close(report, closing);
        };
    }

    private List<Notice> open(EpochScheduler.Opening opening) {
        state.jobs().apply(opening);
        List<Notice> notices = new ArrayList<>(opening.changes());
        notices.add(new Notice.Planned(opening.plan()));
        return notices;
    }

    private List<Notice> close(EpochReport report, EpochScheduler.Closing closing) {
        for (Job job : closing.waveEnds()) state.blocks().release(job.id());
        state.jobs().apply(closing);
        state.trail().note(report);
        var writer = state.trail().state();
        state.capabilities().writeSlice(writer, 0, 1);
        state.jobs().writeTo(writer);
        state.blocks().writeTo(writer);
        String digest = HexFormat.of().formatHex(state.trail().close());
        List<Notice> notices = new ArrayList<>();
        notices.add(new Notice.EpochClosed(report.epoch(), digest));
        notices.addAll(closing.changes());
        return notices;
    }

    private Availability select(SessionId session, Verified program) {
        List<Need> needs = new ArrayList<>();
        for (Capability kind : program.graph().capabilities()) needs.add(new Need(kind, 0));
        return state.capabilities().select(session, needs, epoch());
    }

    /// What the scheduler sees of the other parts.
    private final class FromState implements EpochScheduler.Surroundings {

        @Override
        public boolean mayRun(Job job) {
            return select(job.session(), job.program()) instanceof Selection;
        }

        @Override
        public int quota(Job job) {
            return state.capabilities()
                    .terms(state.capabilities().owner(job.session()))
                    .quotas()
                    .blocks();
        }

        @Override
        public int freeBlocks() {
            return state.blocks().freeCount();
        }

        @Override
        public int heldBlocks(Job job) {
            return state.blocks().heldBy(job.id());
        }

        @Override
        public int waveShotsMax(Job job) {
            int events = Math.max(1, job.program().graph().events().size());
            return (int) Math.max(1, Math.min(limits.waveShots(), limits.waveBits() / events));
        }
    }
}
