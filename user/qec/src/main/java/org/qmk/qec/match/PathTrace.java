package org.qmk.qec.match;

import java.util.Arrays;

/// The edges of the graph that stand behind the edges of a matching. A node remembers through
/// which edge it was reached; where that has been overwritten, the shortest path is searched anew.
final class PathTrace {

    private static final int NONE = RegionFlood.NONE;

    private final MatchingGraph graph;
    private final int[] weights;
    private final RegionFlood flood;
    private int[] edges = new int[64];
    private int count;

    /// Dijkstra's algorithm: made when first needed.
    private int[] distances = {};

    private int[] arrivals = {};
    private int[] reached = new int[64];
    private int reachedCount;
    private final RadixQueue queue = new RadixQueue();

    PathTrace(MatchingGraph graph, int[] weights, RegionFlood flood) {
        this.graph = graph;
        this.weights = weights;
        this.flood = flood;
    }

    void begin() {
        count = 0;
    }

    int count() {
        return count;
    }

    int edge(int i) {
        return edges[i];
    }

    void add(int edge) {
        if (count == edges.length) edges = Arrays.copyOf(edges, 2 * count);
        edges[count++] = edge;
    }

    /// Adds the path behind an edge of the matching.
    void addMatched(int matched) {
        int e = matched & ~1;
        int slot = flood.edgeSlot(e);
        int before = count;
        if (slot != NONE) {
            add(graph.edgeOf[slot]);
            int length = weights[slot];
            int near = back(graph.origins[slot], flood.from(e));
            int far = flood.from(e ^ 1) == NONE ? 0 : back(graph.targets[slot], flood.from(e ^ 1));
            if (near >= 0 && far >= 0 && length + near + far == flood.edgeLength(e)) return;
        }
        count = before;
        search(flood.from(e), flood.from(e ^ 1));
    }

    /// Adds the edges from a node back to the detection event it was reached from.
    ///
    /// @return their length, or -1 if the way has been overwritten
    private int back(int node, int event) {
        int length = 0;
        int x = node;
        for (int steps = 0; x != event; steps++) {
            if (flood.source[x] != event || steps > graph.nodes()) return NONE;
            int slot = flood.via[x];
            length += weights[slot];
            add(graph.edgeOf[slot]);
            x = graph.origins[slot];
        }
        return length;
    }

    private void search(int from, int goal) {
        int n = graph.nodes();
        if (distances.length == 0) {
            distances = new int[n + 1];
            arrivals = new int[n + 1];
            Arrays.fill(distances, Integer.MAX_VALUE);
        }
        int to = goal == NONE ? n : goal;
        reach(from, 0, NONE);
        while (true) {
            long event = queue.take();
            int x = (int) event;
            int distance = (int) (event >>> 32);
            if (x == to) break;
            if (distance > distances[x]) continue;
            for (int s = graph.starts[x]; s < graph.starts[x + 1]; s++) {
                int y = graph.targets[s];
                if (distance + weights[s] < distances[y]) reach(y, distance + weights[s], s);
            }
        }
        for (int x = to; x != from; x = graph.origins[arrivals[x]]) add(graph.edgeOf[arrivals[x]]);
        for (int i = 0; i < reachedCount; i++) distances[reached[i]] = Integer.MAX_VALUE;
        reachedCount = 0;
        queue.clear();
    }

    private void reach(int x, int distance, int slot) {
        distances[x] = distance;
        arrivals[x] = slot;
        if (reachedCount == reached.length) reached = Arrays.copyOf(reached, 2 * reachedCount);
        reached[reachedCount++] = x;
        queue.put(distance, x);
    }
}
