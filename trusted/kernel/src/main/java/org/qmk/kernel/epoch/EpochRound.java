package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;

/// Serves the jobs of one epoch: who issues what while it lasts. Changes no job.
///
/// Where there is enough for everybody, everybody is served. Else those come first whose time is
/// reserved, with what is reserved; then one node of each starved job, the longest starved first;
/// then all in the order of the policy.
final class EpochRound {

    /// A job that could issue nodes, where there is not enough for everybody.
    private static final class Candidate {
        final Job job;

        /// Its place among the running jobs.
        final int place;

        /// How far it can go in this epoch, and how far it went.
        final int limit;

        int at;
        long charge;

        Candidate(Job job, int place, int limit) {
            this.job = job;
            this.place = place;
            this.limit = limit;
            this.at = job.issued;
        }

        boolean done() {
            return at == limit;
        }

        /// The position of the node that comes next.
        int position() {
            return limit < at ? at - 1 : at;
        }
    }

    /// The candidates of one tenant, in the order in which they are served.
    private static final class Line implements Comparable<Line> {
        final int tenant;
        final List<Candidate> candidates = new ArrayList<>();
        int next;
        long time;

        Line(int tenant, long time) {
            this.tenant = tenant;
            this.time = time;
        }

        @Override
        public int compareTo(Line other) {
            int order = Long.compare(time, other.time);
            return order == 0 ? Integer.compare(tenant, other.tenant) : order;
        }
    }

    private final JobTable table;
    private final Surroundings surroundings;
    private final Policy policy;
    private final long epoch;
    private final long[] left;

    /// What the links have.
    final long[] pairs;

    /// The routes that are proposed, by job and node.
    private final TreeMap<JobId, TreeMap<Integer, Route>> proposed = new TreeMap<>();

    /// Those of issued nodes, and the sides of tiles that they use.
    final List<Route> routes = new ArrayList<>();

    private final BitSet sides = new BitSet();
    private final boolean backlogged;

    /// What is held back for the first of the starved.
    private final long[] held = new long[Resource.COUNT];

    private final long[] pairsHeld;

    /// What the node that is looked at takes.
    private final long[] costs = new long[Resource.COUNT];

    /// Whether one wave at most may consume magic states, and whether one did.
    private final boolean magicSerial;

    private int magicPlace = -1;

    /// By running job, see `EpochScheduler.Opening`; before `serve`, how far it can go at most.
    final int[] ends;

    final long[] charges;
    final WaitCause[] waits;
    final List<EpochPlan.Issue> issues = new ArrayList<>();
    private int count;
    private final List<Candidate> candidates = new ArrayList<>();
    private long leastTime = Long.MAX_VALUE;

    /// What all jobs together would take, and whether each would issue a whole layer.
    private final long[] wanted = new long[Resource.COUNT];

    private boolean whole;

    EpochRound(JobTable table, Surroundings surroundings, Policy policy, List<Route> proposals) {
        this.table = table;
        this.surroundings = surroundings;
        this.policy = policy;
        this.epoch = table.epoch() + 1;
        this.left = surroundings.left();
        this.pairs = surroundings.pairs();
        this.pairsHeld = new long[pairs.length];
        this.backlogged = surroundings.backlogged();
        // Each node's route is looked at by itself.
        this.whole = !surroundings.routed();
        for (Route route : proposals) {
            proposed.computeIfAbsent(route.job(), _ -> new TreeMap<>())
                    .putIfAbsent(route.node(), route);
        }
        this.magicSerial = surroundings.worst(Condition.FACTORY) > 0;
        if (backlogged) left[Resource.MEASUREMENTS.ordinal()] = 0;
        int running = table.running().size();
        this.ends = new int[running];
        this.charges = new long[running];
        this.waits = new WaitCause[running];
        // In a loop of its own, since most of what is read here comes from memory.
        for (int i = 0; i < running; i++) {
            Job job = table.running().get(i);
            ends[i] = limit(job);
            if (ends[i] > job.issued) charges[i] = job.layers.layerShare(job.layer());
        }
    }

    long magicLeft() {
        return left[Resource.MAGIC.ordinal()];
    }

    long leastTime() {
        return leastTime == Long.MAX_VALUE ? 0 : leastTime;
    }

    /// Takes in the next of the running jobs.
    ///
    /// @param obstacle why it can issue nothing, or `NOTHING`
    void add(Job job, WaitCause obstacle) {
        int place = count++;
        waits[place] = obstacle;
        if (obstacle != WaitCause.NOTHING) ends[place] = job.issued;
        if (ends[place] == job.issued) return;
        leastTime = Math.min(leastTime, table.rates().time(job.tenantNumber));
        whole &= job.undoTo < 0 && !job.spansModules;
        if (!whole) return;
        Layers layers = job.layers;
        int layer = job.layer();
        whole = ends[place] == layers.layerEnd(layer) && job.issued == layers.layerStart(layer);
        issues.add(layers.issue(job.id, job.issued, ends[place]));
        int weight = surroundings.weight(job.tenant);
        charges[place] = FairShare.charge(charges[place] * job.waveShots, weight);
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] += layers.layerCost(layer, i) * job.waveShots;
        }
    }

    void serve() {
        if (magicSerial || !serveAll()) {
            for (int i = 0; i < ends.length; i++) {
                Job job = table.running().get(i);
                if (ends[i] != job.issued) candidates.add(new Candidate(job, i, ends[i]));
            }
            serveReserved();
            switch (policy.order()) {
                case FIFO -> serveInOrder(Comparator.comparing((Candidate c) -> c.job.id));
                case ROUND_ROBIN ->
                        serveInOrder(
                                Comparator.comparingLong((Candidate c) -> c.job.servedAt)
                                        .thenComparingLong(c -> turn(c.job)));
                case FAIR -> {
                    serveStarved();
                    serveFairly();
                }
            }
        }
        // What was held back is still there for the next epoch.
        left[Resource.MAGIC.ordinal()] += held[Resource.MAGIC.ordinal()];
        for (int link = 0; link < pairs.length; link++) pairs[link] += pairsHeld[link];
        if (!candidates.isEmpty()) issues.clear();
        for (Candidate candidate : candidates) {
            Job job = candidate.job;
            ends[candidate.place] = candidate.at;
            charges[candidate.place] = candidate.charge;
            if (candidate.at == job.issued) continue;
            issues.add(job.layers.issue(job.id, job.issued, candidate.at));
        }
    }

    /// Takes back what some of the running jobs were given.
    ///
    /// @param foreign those that would pass the firewall by
    void drop(BitSet foreign) {
        for (int i = foreign.nextSetBit(0); i >= 0; i = foreign.nextSetBit(i + 1)) {
            Job job = table.running().get(i);
            ends[i] = job.issued;
            waits[i] = WaitCause.FIREWALL;
            issues.removeIf(issue -> issue.job().equals(job.id));
            routes.removeIf(route -> route.job().equals(job.id));
        }
    }

    private long turn(Job job) {
        return (job.id.number() + epoch) % Math.max(1, table.running().size());
    }

    /// How far a job can go: to the end of its layer, to a node that waits for an outcome, or back
    /// to the beginning of the layer.
    static int limit(Job job) {
        Layers layers = job.layers;
        if (job.undoTo >= 0) {
            if (job.issued == job.undoTo) return job.issued;
            return Math.max(job.undoTo, layers.layerStart(layers.layer(job.issued - 1)));
        }
        if (job.issued == layers.size()) return job.issued;
        int end = layers.layerEnd(job.layer());
        if (!layers.waits()) return end;
        int limit = job.issued;
        while (limit < end && layers.needs(limit) <= job.arrived) limit++;
        return limit;
    }

    /// Serves everybody if there is enough for all.
    private boolean serveAll() {
        for (int i = 0; i < wanted.length; i++) whole &= wanted[i] <= left[i];
        if (whole) left[Resource.MAGIC.ordinal()] -= wanted[Resource.MAGIC.ordinal()];
        return whole;
    }

    /// Serves those whose time is reserved, by deadline, with what is reserved.
    private void serveReserved() {
        if (table.agenda().isEmpty()) return;
        List<Candidate> reserved = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (table.reserved(candidate.job)) reserved.add(candidate);
        }
        reserved.sort(
                Comparator.comparingLong((Candidate c) -> c.job.reservation.end())
                        .thenComparing(c -> c.job.id));
        // Where factories starve for long, entitlement alone decides over magic states.
        boolean entitled = surroundings.worst(Condition.FACTORY) > 1;
        for (Candidate candidate : reserved) {
            long[] budget = candidate.job.reservation.rates().clone();
            if (entitled) budget[Resource.MAGIC.ordinal()] = 0;
            while (!candidate.done() && fits(candidate, budget) && issue(candidate)) {
                for (Resource resource : Resource.ALL) {
                    budget[resource.ordinal()] -= cost(candidate, resource, -1);
                }
            }
        }
    }

    private boolean fits(Candidate candidate, long[] budget) {
        for (Resource resource : Resource.ALL) {
            if (cost(candidate, resource, 0) > budget[resource.ordinal()]) return false;
        }
        return true;
    }

    /// @param step 0 for the node that comes next, -1 for the one before it
    private static long cost(Candidate candidate, Resource resource, int step) {
        int back = candidate.limit < candidate.at ? -step : step;
        return (long) candidate.job.layers.cost(candidate.position() + back, resource)
                * candidate.job.waveShots;
    }

    /// Serves one node of each starved job. What the first of them lacks is held back for it.
    private void serveStarved() {
        List<Candidate> starved = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean waits = epoch - candidate.job.servedAt > policy.patienceEpochs();
            if (waits && !candidate.done()) starved.add(candidate);
        }
        starved.sort(
                Comparator.comparingLong((Candidate c) -> c.job.servedAt)
                        .thenComparing(c -> c.job.id));
        boolean first = true;
        for (Candidate candidate : starved) {
            if (!issue(candidate) && first) {
                WaitCause lacks = waits[candidate.place];
                if (lacks == WaitCause.MAGIC) hold(Resource.MAGIC);
                // Else others begin, with the little that is left, what takes it for epochs.
                if (lacks == WaitCause.OPERATIONS) hold(Resource.OPERATIONS);
                if (lacks == WaitCause.BELL) {
                    System.arraycopy(pairs, 0, pairsHeld, 0, pairs.length);
                    Arrays.fill(pairs, 0);
                }
            }
            first = false;
        }
    }

    private void hold(Resource resource) {
        held[resource.ordinal()] = left[resource.ordinal()];
        left[resource.ordinal()] = 0;
    }

    private void serveInOrder(Comparator<Candidate> order) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(order);
        for (Candidate candidate : sorted) {
            while (!candidate.done() && issue(candidate)) {}
        }
    }

    /// Serves node by node whoever's tenant has the smallest virtual time.
    private void serveFairly() {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(EpochRound::inLine);
        PriorityQueue<Line> lines = new PriorityQueue<>();
        Line line = null;
        for (Candidate candidate : sorted) {
            int tenant = candidate.job.tenantNumber;
            if (line == null || line.tenant != tenant) {
                if (line != null) lines.add(line);
                line = new Line(tenant, table.rates().time(tenant));
            }
            line.time += candidate.charge;
            line.candidates.add(candidate);
        }
        if (line != null) lines.add(line);
        while (!lines.isEmpty()) {
            Line next = lines.poll();
            long other = lines.isEmpty() ? Long.MAX_VALUE : lines.peek().time;
            if (serve(next, other)) lines.add(next);
        }
    }

    /// By tenant; of one tenant the more urgent first.
    private static int inLine(Candidate a, Candidate b) {
        int order = Integer.compare(a.job.tenantNumber, b.job.tenantNumber);
        if (order == 0) order = Integer.compare(b.job.policy.priority(), a.job.policy.priority());
        if (order == 0) order = Long.compare(a.job.servedAt, b.job.servedAt);
        return order == 0 ? a.job.id.compareTo(b.job.id) : order;
    }

    /// Serves a tenant until its time is past another's, and says whether there is more to do.
    private boolean serve(Line line, long other) {
        while (line.next < line.candidates.size()) {
            Candidate candidate = line.candidates.get(line.next);
            long before = candidate.charge;
            if (candidate.done() || !issue(candidate)) {
                line.next++;
                continue;
            }
            line.time += candidate.charge - before;
            if (line.time > other) return true;
        }
        return false;
    }

    /// Issues the next node of a candidate if there is enough of everything; else notes what is
    /// lacking.
    private boolean issue(Candidate candidate) {
        Job job = candidate.job;
        int position = candidate.position();
        long share = 0;
        job.layers.costs(position, job.waveShots, costs);
        for (Resource resource : Resource.ALL) {
            int i = resource.ordinal();
            long cost = costs[i];
            if (cost == 0) continue;
            boolean lacks = cost > left[i];
            if (resource == Resource.MAGIC && magicSerial) {
                lacks |= magicPlace >= 0 && magicPlace != candidate.place;
            }
            if (lacks) return lack(candidate, WaitCause.of(resource));
            long capacity = surroundings.capacity(resource);
            // An operation is paid for as long as it takes its part.
            if (resource == Resource.OPERATIONS) cost *= job.layers.epochs(position);
            if (capacity < Integer.MAX_VALUE)
                share = Math.max(share, FairShare.share(cost, capacity));
        }
        Optional<RouteRequest> request = surroundings.routeRequest(job, position);
        Optional<Route> route = request.flatMap(this::goodRoute);
        if (request.isPresent() && route.isEmpty()) return lack(candidate, WaitCause.ROUTES);
        if (job.spansModules && !surroundings.takePairs(job, position, pairs)) {
            return lack(candidate, WaitCause.BELL);
        }
        for (int i = 0; i < costs.length; i++) left[i] -= costs[i];
        if (route.isPresent()) {
            routes.add(route.get());
            for (int side : route.get().sides()) sides.set(side);
        }
        if (costs[Resource.MAGIC.ordinal()] > 0) magicPlace = candidate.place;
        candidate.charge += FairShare.charge(share, surroundings.weight(job.tenant));
        candidate.at += candidate.limit < candidate.at ? -1 : 1;
        return true;
    }

    /// The route that is proposed for a node, if it is good and nobody has one of its sides.
    private Optional<Route> goodRoute(RouteRequest request) {
        TreeMap<Integer, Route> ofJob = proposed.get(request.job());
        Route route = ofJob == null ? null : ofJob.get(request.node());
        boolean good = route != null && surroundings.isGood(request, route, sides);
        return good ? Optional.of(route) : Optional.empty();
    }

    private boolean lack(Candidate candidate, WaitCause cause) {
        boolean behind = cause == WaitCause.MEASUREMENTS && backlogged;
        waits[candidate.place] = behind ? WaitCause.BACKLOG : cause;
        return false;
    }
}
