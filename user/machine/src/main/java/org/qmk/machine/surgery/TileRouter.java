package org.qmk.machine.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.device.JobId;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;

/// Finds routes that share no side of a tile, and one for the first request whenever there is any.
///
/// A request that finds no way takes sides from others, if all of these find another way. Routes
/// may cross in a tile: a set of edge-disjoint paths is carried out in two halves (Beverland,
/// Kliuchnikov, Schoute, arXiv:2110.11493).
public final class TileRouter {

    private final TileGrid grid;
    private final SideSearch search;

    public TileRouter(TileGrid grid) {
        this.grid = grid;
        this.search = new SideSearch(grid);
    }

    /// Routes for those requests that get one.
    ///
    /// A job goes on node by node: where one has no route, those behind it would have theirs in
    /// vain. So requests are served in their order, and a job's no further than to its first one
    /// without a route.
    ///
    /// @param requests the most urgent first; the first of all is never made to wait for another
    public List<Route> route(List<RouteRequest> requests) {
        int[] owners = freeSides();
        List<Connection> connections = new ArrayList<>();
        List<List<Integer>> ways = new ArrayList<>();
        // By request that has a route: its first connection; one over several modules has more.
        TreeMap<Integer, Integer> starts = new TreeMap<>();
        TreeSet<JobId> stopped = new TreeSet<>();
        for (int i = 0; i < requests.size(); i++) {
            RouteRequest request = requests.get(i);
            if (stopped.contains(request.job())) continue;
            int start = connections.size();
            starts.put(i, start);
            for (Connection connection : connections(request)) {
                connections.add(connection);
                ways.add(search.find(connection, owners, false));
                int last = ways.size() - 1;
                give(ways.get(last), last, owners);
                if (ways.get(last).isEmpty()) squeezeIn(last, connections, ways, owners);
                if (!ways.get(last).isEmpty()) continue;
                stopped.add(request.job());
                break;
            }
            if (!stopped.contains(request.job())) continue;
            starts.remove(i);
            while (ways.size() > start) {
                give(ways.removeLast(), SideSearch.NONE, owners);
                connections.removeLast();
            }
        }
        List<Route> routes = new ArrayList<>();
        for (var entry : starts.entrySet()) {
            RouteRequest request = requests.get(entry.getKey());
            Integer next = starts.higherKey(entry.getKey());
            int end = next == null ? ways.size() : starts.get(next);
            List<Integer> sides = new ArrayList<>();
            for (int at = entry.getValue(); at < end; at++) sides.addAll(ways.get(at));
            routes.add(new Route(request.job(), request.node(), sides));
        }
        return routes;
    }

    private List<Connection> connections(RouteRequest request) {
        TreeMap<Integer, List<RouteEnd>> byModule = new TreeMap<>();
        for (int block : request.blocks()) {
            byModule.computeIfAbsent(grid.module(block), _ -> new ArrayList<>())
                    .add(RouteEnd.anySide(List.of(grid.tileOf(block))));
        }
        List<Connection> connections = new ArrayList<>();
        for (var entry : byModule.entrySet()) {
            List<RouteEnd> ends = entry.getValue();
            if (request.port()) ends.add(RouteEnd.anySide(grid.ports(entry.getKey())));
            if (ends.size() > 1) connections.add(new Connection(ends));
        }
        return connections;
    }

    /// By connection: the sides of its route, or none; as many routes as it finds.
    ///
    /// @param pinned how many of the connections, the first ones, come before all others
    public List<List<Integer>> connect(List<Connection> connections, int pinned) {
        int[] owners = freeSides();
        List<List<Integer>> routes = new ArrayList<>();
        for (Connection connection : connections) {
            routes.add(search.find(connection, owners, false));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) if (!routes.get(i).isEmpty()) order.add(i);
        order.sort(
                Comparator.comparing((Integer i) -> i >= pinned)
                        .thenComparing(i -> routes.get(i).size())
                        .thenComparing(i -> i));
        List<Integer> failed = new ArrayList<>();
        for (int i : order) {
            List<Integer> sides = routes.get(i);
            if (!areFree(sides, owners)) sides = search.find(connections.get(i), owners, false);
            if (sides.isEmpty()) failed.add(i);
            routes.set(i, sides);
            give(sides, i, owners);
        }
        for (int i : failed) squeezeIn(i, connections, routes, owners);
        return routes;
    }

    /// Makes room for one more route, if those that are in its way have another.
    private void squeezeIn(
            int i, List<Connection> connections, List<List<Integer>> routes, int[] owners) {
        List<Integer> sides = search.find(connections.get(i), owners, true);
        TreeSet<Integer> others = new TreeSet<>();
        for (int side : sides) if (owners[side] != SideSearch.NONE) others.add(owners[side]);
        List<List<Integer>> before = new ArrayList<>();
        for (int other : others) {
            before.add(routes.get(other));
            give(routes.get(other), SideSearch.NONE, owners);
        }
        give(sides, i, owners);
        List<List<Integer>> after = new ArrayList<>();
        for (int other : others) {
            List<Integer> way = search.find(connections.get(other), owners, false);
            if (way.isEmpty()) break;
            give(way, other, owners);
            after.add(way);
        }
        boolean works = !sides.isEmpty() && after.size() == others.size();
        if (!works) {
            for (List<Integer> way : after) give(way, SideSearch.NONE, owners);
            give(sides, SideSearch.NONE, owners);
        } else routes.set(i, sides);
        int place = 0;
        for (int other : others) {
            if (!works) give(before.get(place), other, owners);
            else routes.set(other, after.get(place));
            place++;
        }
    }

    private int[] freeSides() {
        int[] owners = new int[2 * grid.size()];
        Arrays.fill(owners, SideSearch.NONE);
        return owners;
    }

    private static boolean areFree(List<Integer> sides, int[] owners) {
        for (int side : sides) if (owners[side] != SideSearch.NONE) return false;
        return true;
    }

    private static void give(List<Integer> sides, int owner, int[] owners) {
        for (int side : sides) owners[side] = owner;
    }
}
