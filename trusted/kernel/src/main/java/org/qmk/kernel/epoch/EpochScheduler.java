package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;

/// Decides what each epoch does. Changes nothing.
///
/// Jobs that stand still for a reason of their own are passed over; the others are served in a
/// `EpochRound`. A job that waits for blocks too long, or whose reserved time comes, has others
/// make room.
public final class EpochScheduler {

    /// A wave that is to make room.
    public record Way(Job job, GiveWay how) {}

    /// A job whose qubits move.
    ///
    /// @param pairsLeft pairs between modules that are still needed
    /// @param done whether it ends in this epoch
    public record Moving(Job job, long pairsLeft, boolean done) {}

    /// What an epoch begins with.
    ///
    /// @param ends by running job: how far it goes; nodes from the position `issued` to before this
    ///     one are issued or, where it is smaller, those before `issued` back to it taken back
    /// @param charges by running job: what that adds to its tenant's virtual time
    /// @param waits by running job: why it does not do all that it could
    /// @param leastTime the smallest virtual time of those who want something
    /// @param magic magic states that are left
    /// @param pairs by link: raw pairs that are left, in thousandths
    public record Opening(
            List<Job> starts,
            List<Moving> moves,
            int[] ends,
            long[] charges,
            List<Way> ways,
            WaitCause[] waits,
            List<Notice.JobChanged> changes,
            long leastTime,
            long magic,
            long[] pairs,
            EpochPlan plan) {}

    private final JobTable table;
    private final Surroundings surroundings;
    private final WaveQueue queue;
    private final Policy policy;

    public EpochScheduler(
            JobTable table, Surroundings surroundings, WaveQueue queue, Policy policy) {
        this.table = table;
        this.surroundings = surroundings;
        this.queue = queue;
        this.policy = policy;
    }

    /// Nodes that may be issued in the next epoch if they have a route. Who has a reservation comes
    /// first, then who has waited longest.
    public List<RouteRequest> routeRequests() {
        List<RouteRequest> requests = new ArrayList<>();
        if (!surroundings.routed()) return requests;
        List<Job> waiting = new ArrayList<>(table.running());
        waiting.sort(
                Comparator.comparing((Job job) -> !table.reserved(job))
                        .thenComparingLong(job -> job.servedAt)
                        .thenComparing(Job::id));
        for (Job job : waiting) {
            if (obstacle(job) != WaitCause.NOTHING) continue;
            int limit = EpochRound.limit(job);
            int from = Math.min(limit, job.issued);
            int count = Math.abs(limit - job.issued);
            for (int i = 0; i < count; i++) {
                int position = limit < job.issued ? job.issued - 1 - i : from + i;
                surroundings.routeRequest(job, position).ifPresent(requests::add);
            }
        }
        return requests;
    }

    /// What the next epoch does.
    ///
    /// @param routes those that are proposed
    public Opening open(List<Route> routes) {
        List<Job> running = table.running();
        List<Job> starts = new ArrayList<>();
        List<Moving> moves = new ArrayList<>();
        List<Notice.JobChanged> changes = new ArrayList<>();
        List<Way> ways = ways();
        var round = new EpochRound(table, surroundings, policy, routes);
        for (Job job : running) {
            if (job.isMoving()) {
                long left = surroundings.takeMovePairs(job, round.pairs);
                moves.add(new Moving(job, left, left == 0 && table.epoch() >= job.moveUntil));
            }
            if (!job.started && job.entitled && !job.cancelled) {
                starts.add(job);
                changes.add(new Notice.JobChanged(job.id, JobState.RUNNING, EndCause.NONE));
            }
            round.add(job, givesWayNow(job, ways) ? WaitCause.MOVING : obstacle(job));
        }
        round.serve();
        round.drop(surroundings.foreign(round.ends));
        return new Opening(
                starts,
                moves,
                round.ends,
                round.charges,
                ways,
                round.waits,
                changes,
                round.leastTime(),
                round.magicLeft(),
                round.pairs,
                plan(starts, moves, round));
    }

    /// Why a job can issue nothing whatever the others do, or `NOTHING`.
    private WaitCause obstacle(Job job) {
        if (job.isMoving()) return WaitCause.MOVING;
        if (!job.entitled || job.parked || surroundings.suspended(job.tenant)) {
            return WaitCause.PARKED;
        }
        if (!surroundings.mayRun(job.tenant)) return WaitCause.PARTITION;
        // What is taken back has to be over, also in the midst of a layer.
        boolean after = job.between() || job.undoTo >= 0;
        if (job.lasting > 0 && after) return WaitCause.LASTING;
        if (job.undoTo >= 0) return WaitCause.NOTHING;
        if (job.issued == job.layers.size()) return WaitCause.OUTCOMES;
        if (job.layers.needs(job.issued) > job.arrived) return WaitCause.OUTCOMES;
        // A drifting module: every layer ends with a fence.
        boolean fenced = job.between() && job.arrived < job.expected;
        if (fenced && surroundings.level(Condition.DRIFT, job) > 0) return WaitCause.OUTCOMES;
        return surroundings.foreign(job) ? WaitCause.FIREWALL : WaitCause.NOTHING;
    }

    private static boolean givesWayNow(Job job, List<Way> ways) {
        for (Way way : ways) {
            if (way.job() == job && way.how() != GiveWay.RUN_ON) return true;
        }
        return false;
    }

    /// Which waves make room for those that should have blocks and have none.
    private List<Way> ways() {
        List<Job> reserved = queue.reserved();
        List<Job> needy = reserved.isEmpty() ? queue.line().head() : reserved;
        if (needy.isEmpty()) return List.of();
        Job first = needy.getFirst();
        boolean starved =
                policy.order() == Policy.Order.FAIR
                        && table.epoch() + 1 - first.servedAt > policy.patienceEpochs();
        if (reserved.isEmpty() && !starved) return List.of();
        // Reserved time comes in the next epoch: nobody can wait.
        long patience = reserved.isEmpty() ? policy.patienceEpochs() : 0;
        long shots = queue.wantedShots(first);
        long wanted = shots * first.slots();
        boolean alone = needy.size() == 1;
        List<Job> going = new ArrayList<>();
        List<Way> ways = new ArrayList<>();
        for (Job job : table.running()) {
            boolean last = job.shotsDone + job.waveShots == job.policy.shots();
            alone &= reserved.isEmpty() || last || !table.reserved(job);
            boolean ends = job.cancelled || !job.entitled;
            ends |= job.undoTo < 0 && job.issued == job.layers.size() && job.lasting == 0;
            if (!ends && mayDisturb(first, job)) {
                ways.add(new Way(job, GiveWay.cheapest(holder(job), wanted, patience)));
            } else if (ends || goes(job)) going.add(job);
        }
        ways.sort(
                Comparator.comparingLong(
                        way -> way.how().cost(holder(way.job()), wanted, patience)));
        return surroundings.enough(needy, alone ? shots : 0, going, ways);
    }

    /// Whether a wave is about to leave its blocks.
    private static boolean goes(Job job) {
        boolean undoes = job.undoTo >= 0 && job.afterUndo == Job.After.GIVE_WAY;
        return undoes || job.toMove || job.isMoving();
    }

    /// Whether a wave stands still until somebody outside lets it go on.
    private boolean stands(Job job) {
        return job.parked || surroundings.suspended(job.tenant);
    }

    private boolean mayDisturb(Job needy, Job job) {
        if (table.reserved(job)) return false;
        if (table.reserved(needy)) return true;
        // Who is in another part of the machine has nothing to give, and is not to notice.
        if (!job.started || !surroundings.mayRun(job.tenant)) return false;
        // Twice the patience each time, so that a long wave comes to its end at last.
        long waited = table.epoch() - needy.servedAt;
        boolean again = waited > (long) policy.patienceEpochs() << Math.min(job.gaveWay, 32);
        boolean richer =
                table.space().time(job.tenant.number()) > table.space().time(needy.tenant.number());
        return again && (richer || stands(job)) && !job.tenant.equals(needy.tenant);
    }

    private GiveWay.Holder holder(Job job) {
        // What lasts in the midst of a layer is no part of those before.
        long done = job.layers.epochsBefore(job.layer());
        if (job.between()) done = Math.max(0, done - job.lasting);
        int from = job.layers.reversibleFrom(job.issued);
        boolean busy = job.undoTo >= 0 || goes(job);
        boolean undone = job.arrived == job.expected && job.layers.freshBefore(from);
        // The epoch that is being planned is lost, and that of a layer which has begun.
        long undo = Math.max(0, done - job.layers.epochsBefore(job.layers.layer(from)));
        undo += job.atFence() ? 1 : 2;
        return new GiveWay.Holder(
                job.placement.blocks(),
                busy || stands(job)
                        ? GiveWay.NEVER
                        : job.layers.epochsBefore(job.layers.count()) - done + 1,
                done,
                undone && !busy && !stands(job) ? undo : GiveWay.NEVER,
                busy || stands(job) && !job.atFence()
                        ? GiveWay.NEVER
                        : surroundings.moveEpochs(job));
    }

    private EpochPlan plan(List<Job> starts, List<Moving> moves, EpochRound round) {
        List<EpochPlan.Start> planStarts = new ArrayList<>();
        for (Job job : starts) {
            planStarts.add(
                    new EpochPlan.Start(
                            job.id,
                            job.program.graph(),
                            job.policy.seed(),
                            job.shotsDone,
                            job.waveShots,
                            job.slots(),
                            job.placement));
        }
        List<EpochPlan.Move> planMoves = new ArrayList<>();
        for (Moving move : moves) {
            Job job = move.job();
            if (!move.done()) continue;
            planMoves.add(new EpochPlan.Move(job.id, job.placement, job.moving));
        }
        return new EpochPlan(
                table.epoch() + 1,
                surroundings.rounds(),
                planStarts,
                planMoves,
                round.issues,
                table.untoldEnds(),
                round.routes);
    }
}
