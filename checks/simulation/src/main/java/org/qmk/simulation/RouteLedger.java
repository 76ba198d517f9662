package org.qmk.simulation;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.Resource;

/// Holds the routes of a plan against the floor of tiles, whoever proposed them.
final class RouteLedger {

    private final MachineShape machine;
    private final TileFloor floor;
    private final boolean ports;

    /// By tile of a module: its block in the module, or -1.
    private final int[] blockOf;

    RouteLedger(MachineShape machine) {
        this.machine = machine;
        this.floor = machine.floor();
        this.ports = floor.count(TileFloor.PORT) > 0;
        this.blockOf = new int[floor.size()];
        int blocks = 0;
        for (int tile = 0; tile < blockOf.length; tile++) {
            blockOf[tile] = floor.kind(tile) == TileFloor.BLOCK ? blocks++ : -1;
        }
    }

    void check(EpochPlan plan, World world) {
        Map<JobId, Map<Integer, Route>> routes = new TreeMap<>();
        BitSet used = new BitSet();
        for (Route route : plan.routes()) {
            Route other =
                    routes.computeIfAbsent(route.job(), _ -> new TreeMap<>())
                            .put(route.node(), route);
            hold(other == null, route, "is there twice");
            for (int side : route.sides()) {
                hold(!used.get(side), route, "uses side " + side + " again");
                used.set(side);
            }
        }
        if (floor.isNone()) {
            LawBroken.unless(routes.isEmpty(), Law.ROUTES_JOIN, "routes over no floor");
            return;
        }
        for (EpochPlan.Issue issue : plan.issues()) {
            JobTrack job = world.runningJob(issue.job());
            Map<Integer, Route> own = routes.getOrDefault(issue.job(), new TreeMap<>());
            for (int i = 0; i < issue.size(); i++) check(job, issue.node(i), own);
        }
        for (Map<Integer, Route> left : routes.values()) {
            for (Route route : left.values()) hold(false, route, "is for nothing that happens");
        }
    }

    /// Takes the route of a node out of those of its job.
    private void check(JobTrack job, int node, Map<Integer, Route> routes) {
        int[] costs = job.facts.costs[node];
        boolean joins = costs[Resource.LANES.ordinal()] > 0;
        boolean magic = costs[Resource.MAGIC.ordinal()] > 0;
        if (!joins && !magic) return;
        boolean known = job.facts.slotOf.length > 0;
        TreeMap<Integer, TreeSet<Integer>> wanted = new TreeMap<>();
        if (known) {
            for (int qubit : job.facts.qubits[node]) {
                int block = job.placement.block(job.facts.slotOf[qubit]);
                wanted.computeIfAbsent(block / machine.blocksPerModule(), _ -> new TreeSet<>())
                        .add(block);
            }
        }
        boolean port = ports && (magic || wanted.size() > 1);
        boolean needed = port || wanted.values().stream().anyMatch(some -> some.size() > 1);
        if (!known) needed |= joins && job.facts.slots <= machine.blocksPerModule();
        Route route = routes.remove(node);
        LawBroken.unless(
                route != null || !needed,
                Law.ROUTES_JOIN,
                "node " + node + " of " + job + " happens without a route");
        if (route == null) return;
        TreeMap<Integer, TreeSet<Integer>> beside = beside(route);
        for (int tile : beside.keySet()) {
            int ways = beside.get(tile).size();
            int block = block(tile);
            boolean own = block >= 0 && (known ? contains(wanted, block) : held(job, block));
            boolean entry = floor.kind(tile % floor.size()) == TileFloor.PORT && (port || !known);
            boolean lane = floor.kind(tile % floor.size()) == TileFloor.LANE;
            hold(lane || (own || entry) && ways == 1, route, "leads through tile " + tile);
        }
        if (known) joined(route, beside, wanted, port);
    }

    private void joined(
            Route route,
            TreeMap<Integer, TreeSet<Integer>> beside,
            TreeMap<Integer, TreeSet<Integer>> wanted,
            boolean port) {
        TreeSet<Integer> reached = new TreeSet<>();
        for (TreeSet<Integer> blocks : wanted.values()) {
            ArrayDeque<Integer> next = new ArrayDeque<>(List.of(tile(blocks.first())));
            TreeSet<Integer> here = new TreeSet<>(next);
            while (!next.isEmpty()) {
                for (int tile : beside.getOrDefault(next.remove(), new TreeSet<>())) {
                    if (here.add(tile)) next.add(tile);
                }
            }
            for (int block : blocks) {
                hold(here.contains(tile(block)), route, "does not reach block " + block);
            }
            long entries =
                    here.stream()
                            .filter(tile -> floor.kind(tile % floor.size()) == TileFloor.PORT)
                            .count();
            hold(entries == (port ? 1 : 0), route, "reaches " + entries + " ports");
            reached.addAll(here);
        }
        hold(reached.containsAll(beside.keySet()), route, "has a piece that joins nothing");
    }

    /// By tile that a route touches: the tiles that it leads to from there.
    private TreeMap<Integer, TreeSet<Integer>> beside(Route route) {
        TreeMap<Integer, TreeSet<Integer>> beside = new TreeMap<>();
        int size = floor.size();
        for (int side : route.sides()) {
            int tile = side / 2;
            int column = tile % size % floor.columns();
            int row = tile % size / floor.columns();
            boolean right = side % 2 == 0;
            boolean there =
                    tile < machine.modules() * size
                            && (right
                                    ? column < floor.columns() - 1
                                    : row < floor.rows().size() - 1);
            hold(there, route, "uses side " + side + ", which is none");
            int other = tile + (right ? 1 : floor.columns());
            beside.computeIfAbsent(tile, _ -> new TreeSet<>()).add(other);
            beside.computeIfAbsent(other, _ -> new TreeSet<>()).add(tile);
        }
        return beside;
    }

    private int block(int tile) {
        int block = blockOf[tile % floor.size()];
        return block < 0 ? -1 : tile / floor.size() * machine.blocksPerModule() + block;
    }

    private int tile(int block) {
        int wanted = block % machine.blocksPerModule();
        int tile = 0;
        while (blockOf[tile] != wanted) tile++;
        return block / machine.blocksPerModule() * floor.size() + tile;
    }

    private static boolean contains(TreeMap<Integer, TreeSet<Integer>> wanted, int block) {
        return wanted.values().stream().anyMatch(blocks -> blocks.contains(block));
    }

    private static boolean held(JobTrack job, int block) {
        for (Extent extent : job.placement.extents()) {
            if (extent.start() <= block && block < extent.end()) return true;
        }
        return false;
    }

    private static void hold(boolean holds, Route route, String what) {
        LawBroken.unless(
                holds,
                Law.ROUTES_JOIN,
                "the route of node %d of job %d %s"
                        .formatted(route.node(), route.job().number(), what));
    }
}
