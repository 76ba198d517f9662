package org.qmk.qec.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The edges of a graph as its decoder reads them: by node a row of slots, lightest first, with the
/// step to the other end and not its number. So nodes with the same surroundings share a row, and
/// the rounds of a long memory need no more room in the cache than one of them.
final class EdgeRows {

    /// The step of a slot to the boundary: further than any node.
    private static final int OUTSIDE = 1 << 30;

    private static final long STEP_MASK = 0xffffffffL;

    final int nodes;

    /// By slot: the weight in the upper half, the step in the lower.
    final long[] ways;

    /// By slot, the first 64 observables that the edge flips.
    final long[] flips;

    private final MatchingGraph graph;

    /// By slot: the place of the same edge in the row of its other end, or -1 at the boundary.
    private final int[] places;

    /// By node, its row; and by row where its slots begin.
    final int[] rowOf;

    final int[] rowBegins;

    private EdgeRows(MatchingGraph graph, int[] rowOf, int[] rowBegins) {
        this.graph = graph;
        this.rowOf = rowOf;
        this.rowBegins = rowBegins;
        nodes = graph.nodes();
        int size = rowBegins[rowBegins.length - 1];
        ways = new long[size];
        flips = new long[size];
        places = new int[size];
        for (int x = 0; x < nodes; x++) {
            for (int i = graph.starts[x]; i < graph.starts[x + 1]; i++) {
                int slot = begin(x) + i - graph.starts[x];
                ways[slot] = way(graph, x, i);
                flips[slot] = graph.flips[i];
                places[slot] = place(graph, i);
            }
        }
    }

    /// Rows of which each belongs to one node, so that edges can be made lighter.
    static EdgeRows apart(MatchingGraph graph) {
        int[] rows = new int[graph.nodes() + 1];
        Arrays.setAll(rows, x -> x);
        return new EdgeRows(graph, rows, graph.starts);
    }

    /// Rows that nodes share.
    static EdgeRows shared(MatchingGraph graph) {
        /// What makes two rows one.
        record Row(long[] slots) {
            @Override
            public boolean equals(Object other) {
                return other instanceof Row(long[] its) && Arrays.equals(slots, its);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(slots);
            }
        }
        Map<Row, Integer> known = new HashMap<>();
        int[] rows = new int[graph.nodes() + 1];
        int[] begins = new int[graph.nodes() + 2];
        for (int x = 0; x <= graph.nodes(); x++) {
            int from = graph.starts[x];
            int count = graph.starts[x + 1] - from;
            long[] slots = new long[3 * count];
            for (int i = 0; i < count; i++) {
                slots[3 * i] = way(graph, x, from + i);
                slots[3 * i + 1] = graph.flips[from + i];
                slots[3 * i + 2] = place(graph, from + i);
            }
            int next = known.size();
            Integer row = known.putIfAbsent(new Row(slots), next);
            rows[x] = row == null ? next : row;
            if (row == null) begins[next + 1] = begins[next] + count;
        }
        return new EdgeRows(graph, rows, Arrays.copyOf(begins, known.size() + 1));
    }

    private static long way(MatchingGraph graph, int x, int slot) {
        int y = graph.targets[slot];
        long step = y == graph.nodes() ? OUTSIDE : y - x;
        return (long) graph.weights[slot] << 32 | step & STEP_MASK;
    }

    private static int place(MatchingGraph graph, int slot) {
        int back = graph.reverse[slot];
        return back < 0 ? -1 : back - graph.starts[graph.targets[slot]];
    }

    static int weight(long way) {
        return (int) (way >>> 32);
    }

    int weightOf(int slot) {
        return weight(ways[slot]);
    }

    int row(int x) {
        return rowOf[x];
    }

    int rowBegin(int row) {
        return rowBegins[row];
    }

    int begin(int x) {
        return rowBegins[rowOf[x]];
    }

    int end(int x) {
        return rowBegins[rowOf[x] + 1];
    }

    boolean isOutside(int slot) {
        return (int) ways[slot] == OUTSIDE;
    }

    /// The other end of a slot of node x.
    int target(int x, int slot) {
        return Math.min(x + (int) ways[slot], nodes);
    }

    /// The node of a slot that leads to y, which is not the boundary.
    int origin(int y, int slot) {
        return y - (int) ways[slot];
    }

    /// The same edge seen from its other end y, or -1 at the boundary.
    int back(int y, int slot) {
        return y == nodes ? -1 : begin(y) + places[slot];
    }

    /// The edge of a slot of node x.
    int edge(int x, int slot) {
        return graph.edgeOf[graph.starts[x] + slot - begin(x)];
    }

    /// Gives a slot another weight; only where rows are apart.
    void weigh(int slot, int weight) {
        ways[slot] = (long) weight << 32 | ways[slot] & STEP_MASK;
    }
}
