package org.qmk.simulation;

import org.qmk.device.EpochPlan;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Resource;

/// Who was served when: the bound on waiting, the order of FIFO, shares by weight.
final class ServiceLedger {

    private final Scenario scenario;
    private final Policy policy;
    private final KnownWorld world;

    /// Whether the planner proposes other routes than it knows, in the epoch that begins.
    boolean misrouted;

    ServiceLedger(Scenario scenario, KnownWorld world) {
        this.scenario = scenario;
        this.policy = scenario.policy();
        this.world = world;
    }

    /// Counts, as an epoch begins, who could go on.
    ///
    /// @param epoch the one that begins
    void before(long epoch) {
        if (policy.order() != Policy.Order.FAIR) return;
        boolean sound = world.supply().sound();
        for (JobTrack job : world.running()) {
            if (!ready(job, epoch)) {
                job.ready = 0;
                job.rivals = 0;
                continue;
            }
            job.rivals = Math.max(job.rivals, before(job));
            if (sound && !misrouted) job.ready++;
        }
    }

    /// Jobs that would be starved before a job.
    private int before(JobTrack job) {
        int before = 0;
        for (JobTrack other : world.running()) {
            long served = Math.max(job.servedAt, job.lastsUntil);
            boolean longer = other.servedAt < served;
            boolean tie = other.servedAt == served && other.id.number() < job.id.number();
            if (other.started && (longer || tie)) before++;
        }
        return before;
    }

    private boolean ready(JobTrack job, long epoch) {
        MachineShape machine = scenario.machine();
        boolean goesOn =
                job.started
                        && job.depth < job.facts.size
                        && job.arrived == job.expected
                        && job.lastsUntil < epoch
                        && !job.parked
                        && !job.goesBack
                        && !job.moves()
                        && !job.cancelled
                        && job.entitled(epoch)
                        && !job.tenant.terms.suspended();
        return goesOn && job.facts.slots <= machine.blocksPerModule();
    }

    void issued(JobTrack job) {
        job.ready = 0;
        job.rivals = 0;
        job.servedAt = world.epoch();
    }

    /// Holds those who were not served against the bound.
    void after() {
        if (policy.order() != Policy.Order.FAIR) return;
        int parts = Math.max(1, policy.partitions());
        long each = scenario.machine().times().ccz() + 2 * world.supply().magicEpochs();
        for (JobTrack job : world.running()) {
            long most = policy.patienceEpochs() + (job.rivals + 1) * each * parts;
            LawBroken.unless(
                    job.ready <= most,
                    Law.SERVED_IN_TIME,
                    "%s could go on for %d epochs and was not served, the bound is %d"
                            .formatted(job, job.ready, most));
        }
    }

    /// A wave was given blocks.
    ///
    /// @param next the epoch in which it can begin
    void placed(JobTrack job, long next) {
        if (policy.order() != Policy.Order.FIFO || job.policy.deadlineEpochs() > 0) return;
        for (JobTrack other : world.jobs()) {
            if (other.id.number() >= job.id.number()) return;
            boolean could =
                    !other.placed
                            && !other.cancelled
                            && other.policy.deadlineEpochs() == 0
                            && other.entitled(next)
                            && !other.tenant.terms.suspended()
                            && world.mayRun(other.tenant, next)
                            && other.tenant.terms.quotas().blocks() - other.tenant.blocks
                                    >= other.facts.slots;
            LawBroken.unless(
                    !could, Law.SERVED_IN_ORDER, job + " is placed, and " + other + " waits");
        }
    }

    /// In a run in which every tenant always wants more than there is.
    void count(EpochPlan.Issue issue, JobTrack job) {
        if (!scenario.saturated() || world.epoch() <= Scenario.WARM_UP_EPOCHS) return;
        for (int i = 0; i < issue.size(); i++) {
            int cost = job.facts.costs[issue.node(i)][Resource.OPERATIONS.ordinal()];
            job.tenant.operations += (long) cost * job.waveShots;
        }
    }

    /// Holds what each tenant got against its weight.
    void compareShares() {
        if (scenario.kind() != Scenario.Kind.SATURATED) return;
        double weights = 0;
        double all = 0;
        for (TenantTrack tenant : world.capabilities().tenants) {
            weights += tenant.terms.weight();
            all += tenant.operations;
        }
        for (TenantTrack tenant : world.capabilities().tenants) {
            double due = all * tenant.terms.weight() / weights;
            LawBroken.unless(
                    Math.abs(tenant.operations - due) <= 0.2 * due,
                    Law.SHARED_BY_WEIGHT,
                    "tenant %d of weight %d got %d operations of %.0f, its share is %.0f"
                            .formatted(
                                    tenant.number,
                                    tenant.terms.weight(),
                                    tenant.operations,
                                    all,
                                    due));
        }
    }
}
