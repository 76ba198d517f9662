package org.qmk.qec.match;

import java.util.Arrays;

/// The edges of the graph that stand behind the edges of a matching. A node remembers through
/// which edge it was reached; where that has been overwritten, the shortest path is searched anew.
final class PathTrace {

    private static final int NONE = RegionFlood.NONE;

    private final EdgeRows rows;
    private final RegionFlood flood;

    /// The edges as slots, with the nodes that these belong to.
    private int[] slots = new int[64];

    private int[] nodes = new int[64];
    private int count;

    /// Dijkstra's algorithm: made when first needed.
    private int[] distances = {};

    private int[] arrivals = {};
    private int[] parents = {};
    private int[] reached = new int[64];
    private int reachedCount;
    private final RadixQueue queue = new RadixQueue();

    PathTrace(EdgeRows rows, RegionFlood flood) {
        this.rows = rows;
        this.flood = flood;
    }

    void begin() {
        count = 0;
    }

    int count() {
        return count;
    }

    int node(int i) {
        return nodes[i];
    }

    int slot(int i) {
        return slots[i];
    }

    void add(int node, int slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, 2 * count);
            nodes = Arrays.copyOf(nodes, 2 * count);
        }
        nodes[count] = node;
        slots[count++] = slot;
    }

    /// Adds the path behind an edge of the matching.
    void addMatched(int matched) {
        int e = matched & ~1;
        int slot = flood.edgeSlot(e);
        int before = count;
        if (slot != NONE) {
            int x = flood.edgeNear(e);
            add(x, slot);
            int length = rows.weightOf(slot);
            int near = back(x, flood.from(e));
            int far = flood.from(e ^ 1) == NONE ? 0 : back(rows.target(x, slot), flood.from(e ^ 1));
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
            if (flood.get(x, RegionFlood.SOURCE) != event || steps > rows.nodes) return NONE;
            int slot = flood.get(x, RegionFlood.VIA);
            length += rows.weightOf(slot);
            x = rows.origin(x, slot);
            add(x, slot);
        }
        return length;
    }

    private void search(int from, int goal) {
        int n = rows.nodes;
        if (distances.length == 0) {
            distances = new int[n + 1];
            arrivals = new int[n + 1];
            parents = new int[n + 1];
            Arrays.fill(distances, Integer.MAX_VALUE);
        }
        int to = goal == NONE ? n : goal;
        reach(from, 0, NONE, NONE);
        while (true) {
            long event = queue.take();
            int x = (int) event;
            int distance = (int) (event >>> 32);
            if (x == to) break;
            if (distance > distances[x]) continue;
            for (int s = rows.begin(x); s < rows.end(x); s++) {
                int y = rows.target(x, s);
                int further = distance + rows.weightOf(s);
                if (further < distances[y]) reach(y, further, x, s);
            }
        }
        for (int x = to; x != from; x = parents[x]) add(parents[x], arrivals[x]);
        for (int i = 0; i < reachedCount; i++) distances[reached[i]] = Integer.MAX_VALUE;
        reachedCount = 0;
        queue.clear();
    }

    private void reach(int x, int distance, int parent, int slot) {
        distances[x] = distance;
        parents[x] = parent;
        arrivals[x] = slot;
        if (reachedCount == reached.length) reached = Arrays.copyOf(reached, 2 * reachedCount);
        reached[reachedCount++] = x;
        queue.put(distance, x);
    }
}
