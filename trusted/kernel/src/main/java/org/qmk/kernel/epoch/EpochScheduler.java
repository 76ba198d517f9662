package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.device.Condition;
import org.qmk.device.EpochPlan;
import org.qmk.kernel.call.*;

/// Decides what each epoch does. Changes nothing.
///
/// Jobs that stand still for a reason of their own are passed over; the others are served in a
/// `EpochRound`. A job that waits for blocks too long, or whose reserved time comes, has others
/// make room.
public final class EpochScheduler {

    /// How many epochs before its reserved time others begin to make room for a job.
    private static final int LEAD_EPOCHS = 32;

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

    /// What the next epoch does.
    public Opening open() {
        List<Job> running = table.running();
        List<Job> starts = new ArrayList<>();
        List<Moving> moves = new ArrayList<>();
        List<Notice.JobChanged> changes = new ArrayList<>();
        List<Way> ways = ways();
        var round = new EpochRound(table, surroundings, policy);
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
                plan(starts, moves, round.issues));
    }

    /// Why a job can issue nothing whatever the others do, or `NOTHING`.
    private WaitCause obstacle(Job job) {
        if (job.isMoving()) return WaitCause.MOVING;
        if (!job.entitled || job.parked || surroundings.suspended(job.tenant)) {
            return WaitCause.PARKED;
        }
        if (!surroundings.mayRun(job.tenant)) return WaitCause.PARTITION;
        if (job.undoTo >= 0) return WaitCause.NOTHING;
        if (job.issued == job.layers.size()) return WaitCause.OUTCOMES;
        if (job.layers.needs(job.issued) > job.arrived) return WaitCause.OUTCOMES;
        // A drifting module: every layer ends with a fence.
        boolean between = job.issued == job.layers.layerStart(job.layer());
        boolean fenced = between && job.arrived < job.expected;
        if (fenced && surroundings.level(Condition.DRIFT, job) > 0) return WaitCause.OUTCOMES;
        return surroundings.foreign(job) ? WaitCause.FIREWALL : WaitCause.NOTHING;
    }

    private static boolean givesWayNow(Job job, List<Way> ways) {
        for (Way way : ways) {
            if (way.job() == job && way.how() != GiveWay.RUN_ON) return true;
        }
        return false;
    }

    /// Which waves make room for the job that should have blocks and has none.
    private List<Way> ways() {
        List<Job> head = queue.line().head();
        if (head.isEmpty()) return List.of();
        Job needy = head.getFirst();
        long patience = patience(needy);
        if (patience < 0) return List.of();
        long shots = queue.wantedShots(needy);
        if (surroundings.room(needy, shots) >= shots) return List.of();
        long wanted = shots * needy.slots();
        long missing = Math.max(1, wanted - surroundings.freeBlocks());
        List<Way> ways = new ArrayList<>();
        for (Job job : table.running()) {
            boolean goes = job.restart || job.undoTo >= 0 && job.afterUndo == Job.After.GIVE_WAY;
            if (goes || job.isMoving()) missing -= job.placement.blocks();
            else if (mayDisturb(needy, job)) {
                ways.add(new Way(job, GiveWay.cheapest(holder(job), wanted, patience)));
            }
        }
        ways.sort(
                Comparator.comparingLong(
                        way -> way.how().cost(holder(way.job()), wanted, patience)));
        int count = 0;
        while (count < ways.size() && missing > 0) {
            missing -= ways.get(count++).job().placement.blocks();
        }
        return List.copyOf(ways.subList(0, count));
    }

    /// Epochs that a job can still wait for blocks; less than 0 if nobody makes room for it yet.
    private long patience(Job job) {
        long next = table.epoch() + 1;
        if (job.reservation.exists()) {
            long slack = job.reservation.start() - next;
            return slack > LEAD_EPOCHS ? -1 : Math.max(0, slack);
        }
        boolean starved =
                policy.order() == Policy.Order.FAIR
                        && next - job.servedAt > policy.patienceEpochs();
        return starved ? policy.patienceEpochs() : -1;
    }

    private boolean mayDisturb(Job needy, Job job) {
        if (!job.started || job.undoTo >= 0 || job.toMove) return false;
        if (job.reservation.exists()) return false;
        // Who is in another part of the machine has nothing to give, and is not to notice.
        if (!surroundings.mayRun(job.tenant)) return false;
        if (needy.reservation.exists()) return true;
        // Twice the patience each time, so that a long wave comes to its end at last.
        long waited = table.epoch() - needy.servedAt;
        boolean again = waited > (long) policy.patienceEpochs() << Math.min(job.gaveWay, 32);
        boolean richer =
                table.space().time(job.tenant.number()) > table.space().time(needy.tenant.number());
        return again && richer && !job.tenant.equals(needy.tenant);
    }

    private GiveWay.Holder holder(Job job) {
        int layer = job.issued == job.layers.size() ? job.layers.count() : job.layer();
        int from = job.layers.reversibleFrom(job.issued);
        boolean undone = job.arrived == job.expected && job.layers.freshBefore(from);
        long undo = undone ? layer - job.layers.layer(from) + 1L : GiveWay.NEVER;
        return new GiveWay.Holder(
                job.placement.blocks(),
                job.layers.count() - layer + 1L,
                layer,
                undo,
                surroundings.moveEpochs(job));
    }

    private EpochPlan plan(List<Job> starts, List<Moving> moves, List<EpochPlan.Issue> issues) {
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
                issues,
                table.untoldEnds());
    }
}
