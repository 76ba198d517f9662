package org.qmk.kernel;

import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.function.Function;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.kernel.capability.*;
import org.qmk.kernel.channel.ChannelTable;
import org.qmk.kernel.epoch.*;
import org.qmk.kernel.health.ModeStep;
import org.qmk.kernel.mapping.Routes;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// The first half of a step: looks at the state and says what is to be done, or why nothing is.
/// Changes nothing.
final class Deciding {

    private static final int NAME_BYTES_MAX = 256;

    private final MachineShape machine;
    private final KernelLimits limits;
    private final Policy policy;
    private final KernelState state;
    private final MachineView view;
    private final WaveQueue queue;
    private final EpochScheduler scheduler;

    Deciding(
            MachineShape machine,
            KernelLimits limits,
            Policy policy,
            KernelState state,
            MachineView view,
            WaveQueue queue,
            EpochScheduler scheduler) {
        this.machine = machine;
        this.limits = limits;
        this.policy = policy;
        this.state = state;
        this.view = view;
        this.queue = queue;
        this.scheduler = scheduler;
    }

    Decision decide(Input input) {
        return switch (input) {
            case Input.AddTenant(var name, var terms) ->
                    isFormed(name)
                            ? unless(
                                    state.capabilities().checkAdd(name),
                                    new Decision.AddTenant(name, terms))
                            : refuse(Refusal.TENANT_NAME_FORM, "");
            case Input.SetTenant(var tenant, var terms) ->
                    state.capabilities().knows(tenant)
                            ? new Decision.SetTenant(tenant, terms)
                            : refuse(Refusal.TENANT_UNKNOWN, "");
            case Input.OpenSession(var tenant) ->
                    unless(
                            state.capabilities().checkOpen(tenant),
                            new Decision.OpenSession(tenant));
            case Input.CloseSession(var session) ->
                    known(session, new Decision.CloseSession(session));
            case Input.Grant(var session, var capability, var bounds) ->
                    unless(
                            state.capabilities().checkGrant(session),
                            new Decision.Grant(session, capability, bounds));
            case Input.Derive(var session, var from, var to, var bounds) ->
                    unless(
                            deriveObjection(session, from, to, bounds),
                            new Decision.Derive(session, from, to, bounds));
            case Input.Revoke(var session, var handle) ->
                    unless(
                            state.capabilities().checkRevoke(session, handle),
                            new Decision.Revoke(session, handle));
            case Input.Submit(var session, var program, var jobPolicy) ->
                    submit(session, program, jobPolicy);
            case Input.Cancel(var session, var id) -> ofJob(session, id, Decision.Cancel::new);
            case Input.Checkpoint(var session, var id) -> park(session, id, true);
            case Input.Restore(var session, var id) -> park(session, id, false);
            case Input.Migrate(var session, var id, int module) -> migrate(session, id, module);
            case Input.OfferChannel(var session, var peer, var terms) ->
                    linked(
                            session,
                            offerObjection(side(session), peer, terms),
                            link -> new Decision.Offer(side(session), peer, terms, link));
            case Input.AcceptChannel(var session, var channel) ->
                    linked(
                            session,
                            state.channels().checkAccept(side(session), channel),
                            link -> new Decision.Consent(side(session), channel, link));
            case Input.UseChannel(var session, var channel, var id, int qubit) ->
                    use(session, channel, id, qubit);
            case Input.CloseChannel(var session, var channel) ->
                    linked(
                            session,
                            state.channels().checkClose(side(session), channel),
                            _ -> new Decision.CloseChannel(channel));
            case Input.Purify(int link, var protocol, int rounds) -> purify(link, protocol, rounds);
            case Input.Propose(var id, var placement) -> propose(id, placement);
            case Input.Begin(var routes) ->
                    state.jobs().isOpen()
                            ? refuse(Refusal.EPOCH_OPEN, Long.toString(state.jobs().epoch()))
                            : new Decision.Open(scheduler.open(routes));
            case Input.Report(var report) -> report(report);
        };
    }

    /// Whether a session may see where its qubits are.
    boolean mayObserve(SessionId session) {
        return state.capabilities().knows(session)
                && holds(session, Capability.OBSERVE, 0) instanceof Selection;
    }

    private long next() {
        return state.jobs().epoch() + 1;
    }

    private ChannelTable.Side side(SessionId session) {
        boolean known = state.capabilities().knows(session);
        TenantId tenant = known ? state.capabilities().owner(session) : new TenantId(0);
        return new ChannelTable.Side(tenant, session);
    }

    /// Tenants that are kept apart cannot put capabilities into each other's namespaces.
    private Optional<Notice.Refused> deriveObjection(
            SessionId session, CapabilityHandle from, SessionId to, Bounds bounds) {
        var table = state.capabilities();
        Optional<Notice.Refused> objection = table.checkDerive(session, from, to, bounds, next());
        if (objection.isPresent() || policy.partitions() == 0) return objection;
        boolean foreign = !table.owner(session).equals(table.owner(to));
        return foreign
                ? Optional.of(new Notice.Refused(Refusal.SESSION_UNKNOWN, ""))
                : Optional.empty();
    }

    private Optional<Notice.Refused> offerObjection(
            ChannelTable.Side side, TenantId peer, ChannelTerms terms) {
        if (state.capabilities().knows(peer) && policy.partitions() == 0) {
            return state.channels().checkOffer(side, peer, terms);
        }
        return Optional.of(new Notice.Refused(Refusal.TENANT_UNKNOWN, ""));
    }

    private Availability holds(SessionId session, Capability kind, long amount) {
        return state.capabilities().select(session, List.of(new Need(kind, amount)), next());
    }

    private static boolean isFormed(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        // Half of a surrogate pair has no bytes of its own: two names would be one in the digest.
        boolean whole = new String(utf8, StandardCharsets.UTF_8).equals(name);
        return whole && utf8.length >= 1 && utf8.length <= NAME_BYTES_MAX;
    }

    private Decision submit(SessionId session, Verified program, JobPolicy jobPolicy) {
        if (!state.capabilities().knows(session)) return refuse(Refusal.SESSION_UNKNOWN, "");
        TenantId tenant = state.capabilities().owner(session);
        if (view.suspended(tenant)) return refuse(Refusal.TENANT_SUSPENDED, "");
        if (jobPolicy.shots() < 1 || jobPolicy.shots() > limits.shots()) {
            return refuse(Refusal.JOB_SHOTS, Long.toString(limits.shots()));
        }
        var draft =
                new Job.Draft(
                        program, machine.statesPerRotation(), machine.times(), view.capacities());
        Availability held =
                state.capabilities().select(session, needs(program, draft.slotCount()), next());
        if (held instanceof Availability.Lacking(var kind, var why)) {
            return refuse(why, kind.text());
        }
        Optional<Decision> objection = size(draft, tenant);
        if (objection.isPresent()) return objection.get();
        if (view.worst(Condition.LIES) > 0) return refuse(Refusal.OVERLOADED, "its reports lie");
        if (view.worst(Condition.DECODER) > 2) {
            return refuse(Refusal.OVERLOADED, "its decoders are behind");
        }
        if (jobPolicy.deadlineEpochs() > 0) {
            Optional<Decision> late = reserve(draft, tenant, jobPolicy, view.waveShotsMax(program));
            if (late.isPresent()) return late.get();
        }
        var selection = (Selection) held;
        Job job = state.jobs().draft(tenant, session, draft, jobPolicy, selection);
        return new Decision.Accept(job, selection);
    }

    /// Why a program is too large for the machine or for what the tenant may have.
    private Optional<Decision> size(Job.Draft draft, TenantId tenant) {
        int width = draft.slotCount();
        boolean apart = width > machine.blocksPerModule() && machine.links().isEmpty();
        if (apart && machine.modules() > 1 || !view.fits(tenant, width)) {
            return Optional.of(refuse(Refusal.JOB_TOO_WIDE, Integer.toString(width)));
        }
        for (Resource resource : Resource.ALL) {
            if (draft.layers().costMax(resource) > view.most(resource)) {
                String name = resource.name().toLowerCase(Locale.ROOT);
                return Optional.of(refuse(Refusal.JOB_TOO_HUNGRY, name));
            }
        }
        if (width > view.quota(tenant)) {
            return Optional.of(refuse(Refusal.QUOTA_BLOCKS, Integer.toString(width)));
        }
        int inFlight = state.jobs().countOf(tenant);
        if (inFlight >= state.capabilities().terms(tenant).quotas().jobs()) {
            return Optional.of(refuse(Refusal.QUOTA_JOBS, Integer.toString(inFlight)));
        }
        boolean full =
                policy.partitions() == 0
                        ? state.jobs().size() >= limits.jobs()
                        : inFlight >= limits.jobs() / policy.partitions();
        return full ? Optional.of(refuse(Refusal.TABLE_FULL, "jobs")) : Optional.empty();
    }

    /// Finds time for a job with a deadline, or says when it could have ended.
    private Optional<Decision> reserve(
            Job.Draft draft, TenantId tenant, JobPolicy jobPolicy, int waveShotsMax) {
        if (policy.partitions() > 0) {
            return Optional.of(refuse(Refusal.JOB_DEADLINE, "tenants are kept apart"));
        }
        if (!machine.times().equals(OperationTimes.UNIT)) {
            return Optional.of(refuse(Refusal.JOB_DEADLINE, "operations take no epoch or several"));
        }
        int quota = view.quota(tenant) / Math.max(1, draft.slotCount());
        int shotsMax = (int) Math.min(Math.min(waveShotsMax, quota), jobPolicy.shots());
        Optional<Agenda.Reservation> earliest =
                state.jobs()
                        .agenda()
                        .earliest(
                                draft.layers(),
                                draft.slotCount(),
                                jobPolicy.shots(),
                                shotsMax,
                                state.jobs().epoch());
        if (earliest.isEmpty()) {
            return Optional.of(refuse(Refusal.JOB_DEADLINE, "no time can be reserved for it"));
        }
        long needed = earliest.get().end() - 1 - state.jobs().epoch();
        if (needed > jobPolicy.deadlineEpochs()) {
            String fact = needed + " epochs from now it could";
            return Optional.of(refuse(Refusal.JOB_DEADLINE, fact));
        }
        draft.reserve(earliest.get());
        return Optional.empty();
    }

    private List<Need> needs(Verified program, int width) {
        Graph graph = program.graph();
        long links = 0;
        long teleports = 0;
        for (int node = 0; node < graph.size(); node++) {
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.TELEPORT_CNOT) teleports++;
            else if (opcode.family() == Family.LINK && opcode != Opcode.CLOSE_CHAN) links++;
        }
        long magic = program.tCount() + program.rotations() * machine.statesPerRotation();
        List<Need> needs = new ArrayList<>();
        for (Capability kind : graph.capabilities()) {
            long amount =
                    switch (kind) {
                        case ALLOC -> width;
                        case MAGIC -> magic;
                        case LINK -> links;
                        case TELEPORT -> teleports;
                        case CHECKPOINT, MIGRATE, OBSERVE, DELEGATE, ADMIN -> 0;
                    };
            needs.add(new Need(kind, amount));
        }
        return needs;
    }

    private Decision ofJob(SessionId session, JobId id, Function<Job, Decision> then) {
        // The jobs of a session that was closed live on until the next report.
        boolean known = state.capabilities().knows(session);
        Optional<Job> job = state.jobs().find(session, id).filter(_ -> known);
        return job.isPresent() ? then.apply(job.get()) : refuse(Refusal.JOB_UNKNOWN, "");
    }

    private Decision park(SessionId session, JobId id, boolean parked) {
        return ofJob(
                session,
                id,
                job -> {
                    Availability held = holds(session, Capability.CHECKPOINT, 0);
                    if (held instanceof Availability.Lacking(var kind, var why)) {
                        return refuse(why, kind.text());
                    }
                    if (!job.running() || job.parked() == parked) {
                        return refuse(Refusal.JOB_NOT_RUNNING, job.state().name());
                    }
                    Optional<Selection> use =
                            parked ? Optional.of((Selection) held) : Optional.empty();
                    return new Decision.Park(job, parked, use);
                });
    }

    private Decision migrate(SessionId session, JobId id, int module) {
        return ofJob(
                session,
                id,
                job -> {
                    Availability held = holds(session, Capability.MIGRATE, 0);
                    if (held instanceof Availability.Lacking(var kind, var why)) {
                        return refuse(why, kind.text());
                    }
                    if (module >= machine.modules()) {
                        String last = Integer.toString(machine.modules() - 1);
                        return refuse(Refusal.MODULE_UNKNOWN, last);
                    }
                    if (!job.running() || job.isMoving()) {
                        return refuse(Refusal.JOB_NOT_RUNNING, job.state().name());
                    }
                    return new Decision.Ask(job, module, (Selection) held);
                });
    }

    /// A decision about a channel, for which the session must hold LINK.
    private Decision linked(
            SessionId session,
            Optional<Notice.Refused> objection,
            Function<Selection, Decision> decision) {
        if (!state.capabilities().knows(session)) return refuse(Refusal.SESSION_UNKNOWN, "");
        return switch (holds(session, Capability.LINK, 0)) {
            case Availability.Lacking(var kind, var why) -> refuse(why, kind.text());
            case Selection link ->
                    objection.isPresent()
                            ? new Decision.Refuse(objection.get())
                            : decision.apply(link);
        };
    }

    private Decision use(SessionId session, ChannelId channel, JobId id, int qubit) {
        Decision refused =
                linked(
                        session,
                        state.channels().checkUse(side(session), channel, 1),
                        _ -> new Decision.CloseChannel(channel));
        if (refused instanceof Decision.Refuse) return refused;
        return ofJob(
                session,
                id,
                job -> {
                    boolean live = qubit < job.cellOf.length && job.cellOf[qubit] >= 0;
                    if (!live) return refuse(Refusal.CHANNEL_QUBIT, Integer.toString(qubit));
                    Optional<Job> peer = peer(job, channel);
                    if (peer.isEmpty()) return new Decision.Name(job, channel, qubit);
                    return entangle(job, qubit, peer.get(), channel);
                });
    }

    /// The running job of the other side that has named a qubit.
    private Optional<Job> peer(Job job, ChannelId channel) {
        for (Job other : state.jobs().running()) {
            boolean named = other.offeredChannel == channel.number();
            if (named && !other.tenant().equals(job.tenant())) return Optional.of(other);
        }
        return Optional.empty();
    }

    private Decision entangle(Job job, int qubit, Job peer, ChannelId channel) {
        int theirs = peer.cellOf[peer.offeredQubit];
        if (theirs < 0 || peer.waveShots() != job.waveShots()) {
            return refuse(Refusal.CHANNEL_QUBIT, Integer.toString(qubit));
        }
        Optional<Notice.Refused> objection =
                state.channels().checkUse(side(job.session()), channel, job.waveShots());
        if (objection.isPresent()) return new Decision.Refuse(objection.get());
        if (holds(peer.session(), Capability.LINK, 0) instanceof Availability.Lacking) {
            return refuse(Refusal.CHANNEL_QUBIT, Integer.toString(qubit));
        }
        if (state.partition().foreignThrough(job.cellOf[qubit], theirs)) {
            return refuse(Refusal.FIREWALL, "");
        }
        return new Decision.Entangle(channel, job, qubit, peer);
    }

    private Decision purify(int link, Purification protocol, int rounds) {
        if (link >= machine.links().size()) {
            return refuse(Refusal.LINK_UNKNOWN, Integer.toString(link));
        }
        double raw = machine.links().get(link).fidelity();
        if (rounds > Routes.ROUNDS_MAX || protocol.reached(rounds, raw).pair().fidelity() < raw) {
            return refuse(Refusal.LINK_PLAN, Integer.toString(rounds) + " rounds");
        }
        return new Decision.Purify(link, protocol, rounds);
    }

    private Decision propose(JobId id, Placement placement) {
        Optional<Job> running = state.jobs().find(id).filter(Job::running);
        if (running.isPresent() && !state.jobs().isOpen()) return move(running.get(), placement);
        WaveQueue.Line line = queue.line();
        for (WaveQueue.Want want : line.wants()) {
            Job job = want.job();
            if (!job.id().equals(id) || state.jobs().isOpen()) continue;
            if (placement.blocks() != want.blocks()) {
                return refuse(Refusal.PLACEMENT_UNWANTED, Long.toString(want.blocks()));
            }
            Optional<Notice.Refused> objection = check(job, placement);
            if (objection.isPresent()) return new Decision.Refuse(objection.get());
            boolean spans = job.slots() > machine.blocksPerModule();
            return new Decision.Place(want, placement, spans, line.head().getFirst());
        }
        return refuse(Refusal.PLACEMENT_UNWANTED, "0");
    }

    private Optional<Notice.Refused> check(Job job, Placement placement) {
        int from = view.from(job.tenant());
        int to = view.to(job.tenant());
        return state.blocks().check(placement, job.slots(), from, to, view.modulesMax(job));
    }

    private Decision move(Job job, Placement placement) {
        long blocks = job.placement().blocks();
        boolean wanted = job.wantsToMove() && job.atFence() && !job.isMoving();
        if (!wanted || placement.blocks() != blocks) {
            return refuse(Refusal.PLACEMENT_UNWANTED, wanted ? Long.toString(blocks) : "0");
        }
        Optional<Notice.Refused> objection = check(job, placement);
        if (objection.isPresent()) return new Decision.Refuse(objection.get());
        for (long place = 0; place < blocks; place++) {
            int block = placement.block(place);
            if (!view.takes(state.blocks().module(block), job.moveTo())) {
                return refuse(Refusal.PLACEMENT_OUTSIDE, Integer.toString(block));
            }
        }
        long pairs = view.modulesChanged(job.placement(), placement);
        if (pairs < 0) {
            return refuse(Refusal.PLACEMENT_APART, Integer.toString(placement.block(0)));
        }
        return new Decision.Move(job, placement, pairs, view.laneEpochs(blocks));
    }

    private Decision report(EpochReport report) {
        if (!state.jobs().isOpen()) return refuse(Refusal.REPORT_EPOCH, "none is open");
        long epoch = state.jobs().epoch();
        if (report.epoch() != epoch) {
            return refuse(Refusal.REPORT_EPOCH, "epoch " + epoch + " is");
        }
        boolean lateness = machine.rates().decoderRounds() < MachineShape.UNLIMITED;
        ReportReading.Closing closing =
                new ReportReading(state.jobs(), policy, lateness).read(report);
        boolean lies = closing.lies() > 0 || !state.stocks().isPossible(report.supply());
        List<Signal> signals = new ArrayList<>(report.signals().size() + 1);
        for (Signal signal : report.signals()) {
            boolean known = state.modes().known(signal);
            if (known && signal.condition() != Condition.LIES) signals.add(signal);
            lies |= !known;
        }
        if (lies) signals.add(new Signal(Condition.LIES, 0, 1000));
        List<ModeStep> modes = state.modes().decide(signals);
        return new Decision.Close(report, closing, modes);
    }

    private Decision known(SessionId session, Decision decision) {
        boolean known = state.capabilities().knows(session);
        return known ? decision : refuse(Refusal.SESSION_UNKNOWN, "");
    }

    private static Decision unless(Optional<Notice.Refused> objection, Decision decision) {
        return objection.isPresent() ? new Decision.Refuse(objection.get()) : decision;
    }

    private static Decision refuse(Refusal refusal, String fact) {
        return new Decision.Refuse(new Notice.Refused(refusal, fact));
    }
}
