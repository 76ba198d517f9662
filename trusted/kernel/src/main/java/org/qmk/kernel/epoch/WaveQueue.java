package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.kernel.call.*;

/// Which waves could begin next, in which order. Changes nothing.
public final class WaveQueue {

    /// A wave that could begin.
    ///
    /// @param charge what beginning it adds to the tenant's virtual time
    public record Want(Job job, int shots, long charge) {
        public long blocks() {
            return (long) shots * job.slots();
        }
    }

    /// What the next placement may be.
    ///
    /// @param head the job that should come first, whether it has room or not; absent if none waits
    /// @param wants the waves that have room, in order
    public record Line(List<Job> head, List<Want> wants) {}

    private final JobTable table;
    private final Surroundings surroundings;
    private final Policy policy;

    public WaveQueue(JobTable table, Surroundings surroundings, Policy policy) {
        this.table = table;
        this.surroundings = surroundings;
        this.policy = policy;
    }

    /// The waves that blocks may be proposed for.
    public Line line() {
        List<Job> order = order();
        if (order.isEmpty()) return new Line(List.of(), List.of());
        Job head = order.getFirst();
        int reserved = 0;
        while (reserved < order.size() && nears(order.get(reserved))) reserved++;
        boolean holds =
                policy.order() != Policy.Order.FAIR
                        || head.passedBy >= policy.passesMax()
                        || reserved > 0;
        List<Want> wants = new ArrayList<>();
        for (Job job : order.subList(0, holds ? Math.max(1, reserved) : order.size())) {
            int shots = shots(job);
            if (shots > 0) wants.add(new Want(job, shots, charge(job, shots)));
        }
        return new Line(List.of(head), wants);
    }

    /// Whether a job's reservation begins in the epoch after the next at the latest: from then on
    /// others make room for it, and nobody takes it.
    private boolean nears(Job job) {
        return table.reserved(job) && table.epoch() + 2 >= job.reservation.start();
    }

    /// The jobs whose reservations come next or have begun, by when they end.
    List<Job> reserved() {
        List<Job> jobs = new ArrayList<>();
        if (table.agenda().isEmpty()) return jobs;
        for (TreeSet<Job> line : table.waiting().values()) {
            for (Job job : line) if (wants(job) && nears(job)) jobs.add(job);
        }
        jobs.sort(Comparator.comparingLong((Job job) -> job.reservation.end()));
        return jobs;
    }

    /// The first jobs of the queue: those whose time is reserved; then by the policy's order.
    private List<Job> order() {
        List<Job> first = reserved();
        List<Map.Entry<Integer, TreeSet<Job>>> lines = new ArrayList<>();
        for (Map.Entry<Integer, TreeSet<Job>> line : table.waiting().entrySet()) {
            if (surroundings.mayRun(new TenantId(line.getKey()))) lines.add(line);
        }
        lines.sort(Comparator.comparingLong(this::rank));
        List<Iterator<Job>> iterators = new ArrayList<>();
        for (var line : lines) iterators.add(line.getValue().iterator());
        List<Job> rest = new ArrayList<>();
        boolean more = true;
        while (more && rest.size() < policy.window()) {
            more = false;
            for (int i = 0; i < iterators.size() && rest.size() < policy.window(); i++) {
                Iterator<Job> jobs = iterators.get(i);
                while (jobs.hasNext()) {
                    Job job = jobs.next();
                    if (!wants(job) || table.reserved(job)) continue;
                    rest.add(job);
                    more = true;
                    break;
                }
            }
        }
        if (policy.order() == Policy.Order.FIFO) rest.sort(Comparator.comparing(Job::id));
        first.addAll(rest);
        return first;
    }

    /// Whose queue comes first, the smallest first.
    private long rank(Map.Entry<Integer, TreeSet<Job>> line) {
        return switch (policy.order()) {
            case FAIR -> table.space().time(line.getKey());
            case ROUND_ROBIN -> line.getKey() > table.lastTurn() ? 0 : 1;
            case FIFO -> line.getValue().first().id().number();
        };
    }

    private boolean wants(Job job) {
        boolean stands = job.cancelled || !job.entitled || surroundings.suspended(job.tenant);
        return !stands && quotaLeft(job) >= job.slots();
    }

    private long quotaLeft(Job job) {
        return (long) surroundings.quota(job.tenant) - table.blocksOf(job.tenant);
    }

    /// Shots of the wave that the job could begin, 0 if it has no room.
    private int shots(Job job) {
        long left = job.policy.shots() - job.shotsDone;
        if (table.reserved(job)) {
            long wanted = wantedShots(job);
            // Other waves of its tenant may hold what its quota allows.
            if (job.slots() > 0) wanted = Math.min(wanted, quotaLeft(job) / job.slots());
            boolean due = table.epoch() + 1 >= job.reservation.start();
            return due && surroundings.room(job, wanted) >= wanted ? (int) wanted : 0;
        }
        long most = Math.min(left, shotsMax(job));
        if (job.slots() == 0) return (int) most;
        long share = Math.min(quotaLeft(job), surroundings.freeBlocks() / table.waitingCount());
        most = Math.max(1, Math.min(most, share / job.slots()));
        return (int) Math.min(most, surroundings.room(job, most));
    }

    /// Shots of the smallest wave that helps a job that waits for blocks.
    long wantedShots(Job job) {
        if (!table.reserved(job)) return 1;
        return Math.min(job.policy.shots() - job.shotsDone, job.reservation.waveShots());
    }

    /// Most shots of a wave: a single node of it must fit into an epoch beside what is reserved.
    long shotsMax(Job job) {
        long most = surroundings.waveShotsMax(job.program);
        for (Resource resource : Resource.ALL) {
            int cost = job.layers.costMax(resource);
            long capacity = surroundings.most(resource);
            if (cost > 0) most = Math.min(most, (capacity - capacity / 2) / cost);
        }
        return Math.max(1, most);
    }

    private long charge(Job job, int shots) {
        long blockEpochs = (long) shots * job.slots() * job.layers.epochsBefore(job.layers.count());
        long share = FairShare.share(blockEpochs, surroundings.blocks());
        return FairShare.charge(share, surroundings.weight(job.tenant));
    }
}
