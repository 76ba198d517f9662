package org.qmk.simulation;

import java.util.List;
import java.util.function.Function;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.device.Purification;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;

/// What operators and tenants do: mostly what they may, sometimes what they may not.
final class GeneratedLoad {

    private static final List<Capability> KINDS =
            List.of(
                    Capability.ALLOC,
                    Capability.MAGIC,
                    Capability.TELEPORT,
                    Capability.LINK,
                    Capability.CHECKPOINT,
                    Capability.MIGRATE,
                    Capability.OBSERVE,
                    Capability.DELEGATE);

    private final Scenario scenario;
    private final World world;
    private final Dice dice;
    private final Function<Input, List<Notice>> kernel;
    private int burst;

    /// @param kernel takes an input and answers
    GeneratedLoad(Scenario scenario, World world, Dice dice, Function<Input, List<Notice>> kernel) {
        this.scenario = scenario;
        this.world = world;
        this.dice = dice;
        this.kernel = kernel;
    }

    /// Adds the tenants, each with a session.
    void begin() {
        for (int i = 1; i <= scenario.tenants(); i++) {
            call(new Input.AddTenant("tenant-" + i, terms(false)));
            open(i);
        }
    }

    private List<Notice> call(Input input) {
        return kernel.apply(input);
    }

    private Terms terms(boolean suspended) {
        if (scenario.saturated()) return new Terms(dice.from(1, 4), new Quotas(1000, 1000), false);
        int blocks = scenario.machine().blocks();
        int most = dice.oneIn(3) ? blocks : dice.from(Math.max(1, blocks / 4), blocks);
        return new Terms(dice.from(1, 5), new Quotas(most, dice.from(2, 8)), suspended);
    }

    private void open(int tenant) {
        List<Notice> answer = call(new Input.OpenSession(new TenantId(tenant)));
        if (!(answer.getFirst() instanceof Notice.SessionOpened(var session))) return;
        for (Capability kind : KINDS) {
            if (scenario.saturated() || dice.below(20) > 0) {
                call(new Input.Grant(session, kind, bounds(scenario.saturated() ? 0 : 4)));
            }
        }
    }

    /// @param oneIn how many are bounded at all; 0 for none
    private Bounds bounds(int oneIn) {
        if (oneIn == 0 || !dice.oneIn(oneIn)) return Bounds.UNLIMITED;
        return new Bounds(
                dice.oneIn(3) ? dice.from(0, 12) : Long.MAX_VALUE,
                dice.oneIn(2) ? world.epoch() + dice.below(400) : Long.MAX_VALUE,
                dice.oneIn(2) ? dice.from(0, 12) : Long.MAX_VALUE,
                dice.below(4) > 0);
    }

    /// What happens before an epoch.
    void act() {
        if (scenario.saturated()) {
            saturate();
            return;
        }
        int arrivals;
        if (scenario.bursty()) {
            if (dice.oneIn(40)) burst = dice.from(3, 12);
            arrivals = burst > 0 ? 1 : 0;
            burst = Math.max(0, burst - 1);
        } else {
            arrivals = dice.poisson(scenario.arrivals());
        }
        for (int i = 0; i < arrivals; i++) submit();
        if (scenario.channels() && dice.oneIn(2)) channels();
        if (!dice.oneIn(4)) return;
        switch (dice.below(32)) {
            case 0, 1 -> cancel();
            case 2, 3, 4 -> park();
            case 5, 6 -> migrate();
            case 7, 8, 9, 10 -> derive();
            case 11, 12 -> revoke();
            case 13, 14, 15 -> grant();
            case 16 -> close();
            case 17, 18 -> openMissing();
            case 19, 20 -> set();
            case 21 -> purify();
            case 22 -> forge();
            default -> channels();
        }
    }

    private void saturate() {
        boolean crowded = scenario.kind() == Scenario.Kind.CROWDED;
        for (TenantTrack tenant : world.capabilities().tenants) {
            while (tenant.jobs < 5) {
                int session = tenant.sessions.firstKey();
                call(
                        new Input.Submit(
                                new SessionId(session),
                                scenario.programs().getFirst(),
                                new JobPolicy(1, dice.bits(), crowded ? dice.below(4) : 0, 0)));
            }
        }
    }

    private int session() {
        var sessions = world.capabilities().sessions;
        if (sessions.isEmpty()) return 1;
        int at = dice.below(sessions.size());
        for (int session : sessions.keySet()) if (at-- == 0) return session;
        return 1;
    }

    private JobTrack job() {
        if (world.jobs().isEmpty()) return null;
        int at = dice.below(world.jobs().size());
        for (JobTrack job : world.jobs()) if (at-- == 0) return job;
        return null;
    }

    /// The session of a job, or now and then another's.
    private SessionId sessionOf(JobTrack job) {
        return new SessionId(dice.oneIn(12) ? session() : job.session);
    }

    private void submit() {
        var programs = scenario.programs();
        boolean timed = dice.oneIn(scenario.kind() == Scenario.Kind.TIMED ? 2 : 6);
        var policy =
                new JobPolicy(
                        dice.oneIn(40) ? dice.from(0, 70) : dice.from(1, 9),
                        dice.bits(),
                        dice.below(4),
                        timed ? dice.from(5, dice.oneIn(2) ? 200 : 20) : 0);
        int session = dice.oneIn(60) ? session() + 50 : session();
        var program = programs.get(dice.below(programs.size()));
        var asked = new Input.Submit(new SessionId(session), program, policy);
        List<Notice> answer = call(asked);
        if (answer.getFirst() instanceof Notice.Refused no && dice.below(4) > 0) insist(asked, no);
    }

    /// Submits again with the shortest deadline that could be kept, if that was told.
    private void insist(Input.Submit asked, Notice.Refused refused) {
        boolean late = refused.refusal() == Refusal.JOB_DEADLINE;
        if (!late || !Character.isDigit(refused.fact().charAt(0))) return;
        long shortest = Long.parseLong(refused.fact().substring(0, refused.fact().indexOf(' ')));
        JobPolicy old = asked.policy();
        var policy = new JobPolicy(old.shots(), old.seed(), old.priority(), shortest);
        Notice answer = call(new Input.Submit(asked.session(), asked.program(), policy)).getFirst();
        LawBroken.unless(
                answer instanceof Notice.Accepted,
                Law.REFUSED_RIGHTLY,
                "a deadline of " + shortest + " epochs could be kept, and leads to " + answer);
    }

    private void cancel() {
        JobTrack job = job();
        if (job != null) call(new Input.Cancel(sessionOf(job), job.id));
    }

    private void park() {
        JobTrack job = job();
        if (job == null) return;
        boolean parked = dice.oneIn(8) != job.parked;
        call(
                parked
                        ? new Input.Restore(sessionOf(job), job.id)
                        : new Input.Checkpoint(sessionOf(job), job.id));
    }

    private void migrate() {
        JobTrack job = job();
        if (job == null) return;
        int module = dice.below(scenario.machine().modules() + (dice.oneIn(10) ? 1 : 0));
        call(new Input.Migrate(sessionOf(job), job.id, module));
    }

    private CapabilityTrack held(int session) {
        if (!world.capabilities().sessions.containsKey(session)) return null;
        var held = world.capabilities().held(session);
        if (held.isEmpty()) return null;
        int at = dice.below(held.size());
        for (CapabilityTrack one : held.values()) if (at-- == 0) return one;
        return null;
    }

    private void derive() {
        int session = session();
        CapabilityTrack from = held(session);
        if (from == null) return;
        Bounds own = from.bounds;
        Bounds wanted =
                new Bounds(
                        narrower(own.amountMax()),
                        narrower(own.lastEpoch()),
                        narrower(own.uses()),
                        dice.oneIn(2));
        call(
                new Input.Derive(
                        new SessionId(session), from.handle, new SessionId(session()), wanted));
    }

    /// Mostly no more than there is.
    private long narrower(long bound) {
        if (dice.oneIn(16)) return bound == Long.MAX_VALUE ? bound : bound + 1;
        if (dice.oneIn(2)) return bound;
        return bound == Long.MAX_VALUE ? world.epoch() + dice.below(300) : bound - bound / 3;
    }

    private void revoke() {
        int session = session();
        CapabilityTrack held = held(session);
        if (held != null) call(new Input.Revoke(new SessionId(session), held.handle));
    }

    private void grant() {
        Capability kind = KINDS.get(dice.below(KINDS.size()));
        call(new Input.Grant(new SessionId(session()), kind, bounds(3)));
    }

    private void close() {
        if (dice.oneIn(3)) call(new Input.CloseSession(new SessionId(session())));
    }

    private void openMissing() {
        open(dice.from(1, scenario.tenants()));
        for (TenantTrack tenant : world.capabilities().tenants) {
            if (tenant.sessions.isEmpty()) open(tenant.number);
        }
    }

    private void set() {
        int tenant = dice.from(1, scenario.tenants());
        call(new Input.SetTenant(new TenantId(tenant), terms(dice.oneIn(4))));
    }

    private void purify() {
        int link = dice.below(scenario.machine().links().size() + 1);
        var protocol = dice.oneIn(2) ? Purification.BBPSSW : Purification.DEJMPS;
        call(new Input.Purify(link, protocol, dice.below(3)));
    }

    /// Handles that nobody was given, old ones, and those of others.
    private void forge() {
        int session = session();
        CapabilityTrack other = held(session());
        var handle =
                other != null && dice.oneIn(2)
                        ? other.handle
                        : new CapabilityHandle(dice.below(30), dice.below(3));
        if (dice.oneIn(2)) call(new Input.Revoke(new SessionId(session), handle));
        else {
            call(
                    new Input.Derive(
                            new SessionId(session),
                            handle,
                            new SessionId(session),
                            Bounds.UNLIMITED));
        }
        call(new Input.Cancel(new SessionId(session), new JobId(dice.from(1, 50))));
    }

    private void channels() {
        if (!scenario.channels()) return;
        var channels = world.firewall().channels.values();
        if (channels.isEmpty() || dice.oneIn(6)) {
            int peer = dice.from(1, scenario.tenants());
            var terms = new ChannelTerms("work", dice.from(1, 20), 0.9);
            call(new Input.OfferChannel(new SessionId(session()), new TenantId(peer), terms));
            return;
        }
        int at = dice.below(channels.size());
        FirewallLedger.ChannelTrack channel = null;
        for (var one : channels) if (at-- == 0) channel = one;
        var id = new ChannelId(channel.number);
        if (channel.acceptingSession == 0) {
            var sessions = channel.accepting.sessions;
            int session = sessions.isEmpty() || dice.oneIn(8) ? session() : sessions.firstKey();
            call(new Input.AcceptChannel(new SessionId(session), id));
            return;
        }
        if (dice.oneIn(12)) {
            call(new Input.CloseChannel(new SessionId(channel.offeringSession), id));
            return;
        }
        use(channel.offeringSession, id);
        use(dice.oneIn(10) ? session() : channel.acceptingSession, id);
    }

    private void use(int session, ChannelId id) {
        for (JobTrack job : world.running()) {
            if (job.session != session || !job.started) continue;
            int qubits = job.facts.graph.qubits().size();
            if (qubits == 0) continue;
            int qubit = dice.below(qubits);
            boolean wrong = dice.oneIn(8);
            for (int i = 0; i < qubits && !wrong && !world.firewall().isLive(job, qubit); i++) {
                qubit = (qubit + 1) % qubits;
            }
            call(new Input.UseChannel(new SessionId(session), id, job.id, qubit));
            return;
        }
    }

    /// Lets every job come to its end: nobody stands still, nobody waits for room that he may not
    /// have.
    void settle() {
        for (JobTrack job : List.copyOf(world.jobs())) {
            boolean stuck = job.parked || job.tenant.terms.suspended();
            boolean small = job.tenant.terms.quotas().blocks() < job.facts.slots;
            if (stuck && !job.closed) call(new Input.Cancel(new SessionId(job.session), job.id));
            if (small) {
                var quotas = new Quotas(scenario.machine().blocks(), 8);
                var terms = new Terms(1, quotas, false);
                call(new Input.SetTenant(new TenantId(job.tenant.number), terms));
            }
        }
    }

    /// A placement that may be wrong, for a planner that lies.
    Placement wrong(Placement right) {
        if (right.extents().isEmpty()) return right;
        Extent first = right.extents().getFirst();
        int blocks = scenario.machine().blocks();
        return switch (dice.below(4)) {
            case 0 -> new Placement(List.of(new Extent(dice.below(blocks), first.length())));
            case 1 -> new Placement(List.of(new Extent(blocks, (int) right.blocks())));
            case 2 -> new Placement(List.of(new Extent(first.start(), first.length() + 1)));
            default -> new Placement(List.of(new Extent(0, (int) right.blocks())));
        };
    }
}
