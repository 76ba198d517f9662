package org.qmk.simulation;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;

/// What is known of the system from inputs, plans, reports and notices alone, and which inputs the
/// kernel must and may refuse for it.
abstract class KnownWorld {

    final Scenario scenario;
    final MachineShape machine;
    final KernelLimits limits;
    final Policy policy;
    final CapabilityLedger capabilities;
    final BlockLedger blocks;
    final WaveLedger waves;
    final SupplyLedger supply;
    final RouteLedger routes;
    final FirewallLedger firewall = new FirewallLedger();
    final ServiceLedger service;
    final AuditLedger audit;
    Tally tally;

    /// Jobs that have not ended, by number.
    final TreeMap<Long, JobTrack> jobs = new TreeMap<>();

    /// Those that have blocks, in the order in which they were given some.
    final List<JobTrack> running = new ArrayList<>();

    /// Waves that are over and that the device has not been told of.
    final TreeSet<JobId> untold = new TreeSet<>();

    long accepted;
    long epoch;
    boolean open;

    /// The last epoch in which something was wrong with the machine.
    long troubledAt;

    KnownWorld(Scenario scenario, Tally tally) {
        this.scenario = scenario;
        this.machine = scenario.machine();
        this.limits = scenario.limits();
        this.policy = scenario.policy();
        this.capabilities = new CapabilityLedger(limits);
        this.blocks = new BlockLedger(machine, policy.partitions());
        this.waves = new WaveLedger(machine, policy);
        this.supply = new SupplyLedger(machine, policy);
        this.routes = new RouteLedger(machine);
        this.service = new ServiceLedger(scenario, this);
        this.audit = new AuditLedger();
        this.tally = tally;
    }

    /// From now on another tally counts.
    void speakTo(Tally other) {
        tally = other;
    }

    long epoch() {
        return epoch;
    }

    boolean isOpen() {
        return open;
    }

    CapabilityLedger capabilities() {
        return capabilities;
    }

    BlockLedger blocks() {
        return blocks;
    }

    SupplyLedger supply() {
        return supply;
    }

    FirewallLedger firewall() {
        return firewall;
    }

    ServiceLedger service() {
        return service;
    }

    AuditLedger audit() {
        return audit;
    }

    Collection<JobTrack> jobs() {
        return jobs.values();
    }

    List<JobTrack> running() {
        return running;
    }

    /// A job that has a wave, or null.
    JobTrack runningJob(JobId id) {
        JobTrack job = jobs.get(id.number());
        return job != null && job.placed ? job : null;
    }

    boolean mayRun(TenantTrack tenant, long when) {
        int parts = policy.partitions();
        return parts == 0 || when % parts == tenant.number % parts;
    }

    // Refusals.

    void refused(Input input, Refusal why) {
        Optional<Refusal> must = mustRefuse(input);
        if (must.isPresent()) {
            LawBroken.unless(
                    must.get() == why,
                    Law.REFUSED_RIGHTLY,
                    "refused with " + why + ", expected " + must.get() + ": " + World.tell(input));
            return;
        }
        LawBroken.unless(
                mayRefuse(input, why),
                Law.REFUSED_RIGHTLY,
                "refused with " + why + ", expected no refusal: " + World.tell(input));
    }

    /// The refusal of an input that must be refused, as far as that follows from what is known.
    Optional<Refusal> mustRefuse(Input input) {
        return switch (input) {
            case Input.Grant(var to, var _, var _) -> capabilities.objectionToGrant(to.number());
            case Input.Derive derive -> objectionToDerive(derive);
            case Input.Revoke(var session, var handle) -> {
                if (!knows(session)) yield Optional.of(Refusal.SESSION_UNKNOWN);
                boolean held = capabilities.find(session.number(), handle).isPresent();
                yield held ? Optional.empty() : Optional.of(Refusal.CAPABILITY_UNKNOWN);
            }
            case Input.Submit submit -> objectionToSubmit(submit);
            case Input.Cancel(var session, var id) -> unknownJob(session, id);
            case Input.Checkpoint(var session, var id) -> objectionToPark(session, id, true);
            case Input.Restore(var session, var id) -> objectionToPark(session, id, false);
            case Input.Migrate(var session, var id, int module) -> {
                Optional<Refusal> unknown = unknownJob(session, id);
                if (unknown.isPresent()) yield unknown;
                Optional<Refusal> lacking = lacking(session, Capability.MIGRATE);
                if (lacking.isPresent()) yield lacking;
                if (module >= machine.modules()) yield Optional.of(Refusal.MODULE_UNKNOWN);
                JobTrack job = jobs.get(id.number());
                boolean still = !job.placed || job.moves();
                yield still ? Optional.of(Refusal.JOB_NOT_RUNNING) : Optional.empty();
            }
            case Input.CloseSession(var session) ->
                    knows(session) ? Optional.empty() : Optional.of(Refusal.SESSION_UNKNOWN);
            case Input.SetTenant(var tenant, var _) ->
                    capabilities.knows(tenant)
                            ? Optional.empty()
                            : Optional.of(Refusal.TENANT_UNKNOWN);
            case Input.Begin _ -> open ? Optional.of(Refusal.EPOCH_OPEN) : Optional.empty();
            case Input.Report(var report) ->
                    open && report.epoch() == epoch
                            ? Optional.empty()
                            : Optional.of(Refusal.REPORT_EPOCH);
            case Input.AddTenant _,
                    Input.OpenSession _,
                    Input.OfferChannel _,
                    Input.AcceptChannel _,
                    Input.UseChannel _,
                    Input.CloseChannel _,
                    Input.Purify _,
                    Input.Propose _ ->
                    Optional.empty();
        };
    }

    /// Whether an input that need not be refused for what is known may be refused for the rest.
    boolean mayRefuse(Input input, Refusal why) {
        return switch (input) {
            case Input.Submit submit ->
                    why == Refusal.OVERLOADED && overloaded()
                            || why == Refusal.JOB_DEADLINE && submit.policy().deadlineEpochs() > 0;
            case Input.AddTenant _,
                    Input.OpenSession _,
                    Input.OfferChannel _,
                    Input.AcceptChannel _,
                    Input.UseChannel _,
                    Input.CloseChannel _,
                    Input.Purify _,
                    Input.Propose _ ->
                    true;
            case Input.SetTenant _,
                    Input.CloseSession _,
                    Input.Grant _,
                    Input.Derive _,
                    Input.Revoke _,
                    Input.Cancel _,
                    Input.Checkpoint _,
                    Input.Restore _,
                    Input.Migrate _,
                    Input.Begin _,
                    Input.Report _ ->
                    false;
        };
    }

    boolean overloaded() {
        return supply.level(Condition.LIES) > 0 || supply.level(Condition.DECODER) > 2;
    }

    boolean knows(SessionId session) {
        return capabilities.sessions.containsKey(session.number());
    }

    Optional<Refusal> unknownJob(SessionId session, JobId id) {
        JobTrack job = jobs.get(id.number());
        boolean own = knows(session) && job != null && job.session == session.number();
        return own ? Optional.empty() : Optional.of(Refusal.JOB_UNKNOWN);
    }

    Optional<Refusal> lacking(SessionId session, Capability kind) {
        return capabilities.select(session.number(), Map.of(kind, 0L), epoch + 1).lacking();
    }

    Optional<Refusal> objectionToDerive(Input.Derive asked) {
        Optional<Refusal> objection = capabilities.objectionToDerive(asked, epoch + 1);
        if (objection.isPresent() || policy.partitions() == 0) return objection;
        TenantTrack from = capabilities.sessions.get(asked.session().number());
        boolean foreign = capabilities.sessions.get(asked.to().number()) != from;
        return foreign ? Optional.of(Refusal.SESSION_UNKNOWN) : Optional.empty();
    }

    Optional<Refusal> objectionToPark(SessionId session, JobId id, boolean parked) {
        Optional<Refusal> unknown = unknownJob(session, id);
        if (unknown.isPresent()) return unknown;
        Optional<Refusal> lacking = lacking(session, Capability.CHECKPOINT);
        if (lacking.isPresent()) return lacking;
        JobTrack job = jobs.get(id.number());
        boolean no = !job.placed || job.parked == parked;
        return no ? Optional.of(Refusal.JOB_NOT_RUNNING) : Optional.empty();
    }

    Optional<Refusal> objectionToSubmit(Input.Submit asked) {
        if (!knows(asked.session())) return Optional.of(Refusal.SESSION_UNKNOWN);
        TenantTrack tenant = capabilities.sessions.get(asked.session().number());
        if (tenant.terms.suspended()) return Optional.of(Refusal.TENANT_SUSPENDED);
        long shots = asked.policy().shots();
        if (shots < 1 || shots > limits.shots()) return Optional.of(Refusal.JOB_SHOTS);
        ProgramFacts facts = scenario.facts(asked.program());
        var choice = capabilities.select(asked.session().number(), facts.needs, epoch + 1);
        if (choice.lacking().isPresent()) return choice.lacking();
        int width = facts.slots;
        boolean apart =
                width > machine.blocksPerModule()
                        && machine.links().isEmpty()
                        && machine.modules() > 1;
        if (apart || !blocks.fits(tenant, width)) return Optional.of(Refusal.JOB_TOO_WIDE);
        for (Resource resource : Resource.ALL) {
            if (facts.costMax[resource.ordinal()] > most(resource)) {
                return Optional.of(Refusal.JOB_TOO_HUNGRY);
            }
        }
        if (width > tenant.terms.quotas().blocks()) return Optional.of(Refusal.QUOTA_BLOCKS);
        if (tenant.jobs >= tenant.terms.quotas().jobs()) return Optional.of(Refusal.QUOTA_JOBS);
        boolean full =
                policy.partitions() == 0
                        ? jobs.size() >= limits.jobs()
                        : tenant.jobs >= limits.jobs() / policy.partitions();
        if (full) return Optional.of(Refusal.TABLE_FULL);
        return overloaded() ? Optional.of(Refusal.OVERLOADED) : Optional.empty();
    }

    long most(Resource resource) {
        return switch (resource) {
            case OPERATIONS -> machine.rates().operations();
            case LANES -> machine.rates().lanes();
            case MEASUREMENTS -> machine.rates().measurements();
            case MAGIC -> supply.magicMax();
        };
    }

    void mustNot(Input input) {
        Optional<Refusal> must = mustRefuse(input);
        if (must.isEmpty()) return;
        Refusal expected = must.get();
        Law law = Law.REFUSED_RIGHTLY;
        if (expected == Refusal.QUOTA_BLOCKS || expected == Refusal.QUOTA_JOBS) {
            law = Law.QUOTAS_HELD;
        } else if (expected == Refusal.CAPABILITY_WIDER
                || expected == Refusal.CAPABILITY_NOT_DELEGABLE) {
            law = Law.CAPABILITIES_MONOTONE;
        } else if (expected == Refusal.DELEGATE_MISSING
                || expected.name().startsWith("CAPABILITY_")) {
            law = Law.RIGHTS_HELD;
        }
        throw new LawBroken(law, "taken, expected " + must.get() + ": " + World.tell(input));
    }
}
