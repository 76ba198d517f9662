package org.qmk.qec.match;

import org.qmk.qec.Decoder;
import org.qmk.qec.UndecodableShot;

/// Exact minimum-weight perfect matching by sparse blossom.
///
/// A warm start gives each detection event a radius that leaves all edges feasible, and settles
/// those whose partner is tight: two that are nearest to each other, or one at the boundary. The
/// blossom algorithm goes on from there with the others.
/// Nothing is allocated once the arrays have grown to what the shots need.
public final class MatchingDecoder implements Decoder {

    private static final int NONE = RegionFlood.NONE;

    /// Instead of a mate: the boundary is nearer.
    private static final int OUTSIDE = -2;

    private final MatchingGraph graph;
    private final EdgeRows rows;
    private final RegionFlood flood;
    private final AlternatingForest forest;
    private final PathTrace trace;
    private final int[] lines;
    private final FiredSet fired;

    /// Whether events are found in that set.
    private final boolean byBits;

    /// By number of an event: the number of its nearest neighbour that fired, or `OUTSIDE`, or -1.
    private int[] mates = new int[64];

    private int[] left = new int[64];
    private int[] toggled = new int[64];
    private final boolean[] odd;

    /// By node: true while its slots are not sorted by weight. Empty if edges keep their weights.
    private final boolean[] unsorted;

    private int[] events;
    private int from;
    private int to;
    private long distance;
    private boolean blossomed;

    public MatchingDecoder(MatchingGraph graph) {
        this(graph, false);
    }

    /// @param lightens whether edges may be made lighter
    MatchingDecoder(MatchingGraph graph, boolean lightens) {
        this.graph = graph;
        rows = lightens ? EdgeRows.apart(graph) : EdgeRows.shared(graph);
        flood = new RegionFlood(rows);
        forest = new AlternatingForest(flood);
        trace = new PathTrace(rows, flood);
        lines = flood.lines;
        fired = new FiredSet(rows);
        byBits = !lightens && fired.fits();
        unsorted = new boolean[lightens ? graph.nodes() + 1 : 0];
        odd = new boolean[graph.flippedNodes.length == 0 ? 0 : graph.nodes()];
    }

    @Override
    public int detectors() {
        return graph.nodes();
    }

    @Override
    public int observables() {
        return graph.observables();
    }

    @Override
    public void decode(int[] events, int from, int to, long[] flips, int at) {
        match(events, from, to);
        finish(flips, at);
    }

    /// Gives the prediction of the last match, and clears.
    void finish(long[] flips, int at) {
        long flipped = blossomed ? allFlips() : settledFlips();
        if (graph.wordCount == 1) {
            flips[at] = flipped ^ graph.flippedWords[0];
        } else {
            System.arraycopy(graph.flippedWords, 0, flips, at, graph.wordCount);
            int count = path();
            for (int i = 0; i < count; i++) {
                int word = pathEdge(i) * graph.wordCount;
                for (int j = 0; j < graph.wordCount; j++) flips[at + j] ^= graph.words[word + j];
            }
        }
        clear();
    }

    /// The weight of the last matching whose prediction or path was asked for, in the units of
    /// ln((1-p)/p).
    public double weight() {
        return distance / graph.scale + graph.negativeWeight;
    }

    /// Matches the events and leaves the state for `path` and `finish`; one of them or `clear` must
    /// follow.
    void match(int[] given, int first, int last) {
        events = given;
        from = first;
        to = last;
        if (graph.flippedNodes.length > 0) toggle();
        mark();
        if (byBits) nearestByBits();
        else nearest();
        int count = settle();
        blossomed = count > 0;
        if (!blossomed) return;
        for (int i = 0; i < count; i++) forest.root(flood.seed(left[i]));
        for (int i = 0; i < count; i++) flood.start(flood.get(left[i], RegionFlood.REGION));
        if (!forest.run()) {
            int size = to - from;
            clear();
            throw new UndecodableShot(
                    ("%d detection events cannot be matched: an odd number of them lies in a part"
                                    + " of the graph without boundary")
                            .formatted(size));
        }
    }

    /// Adds the detectors that edges of negative weight flip.
    private void toggle() {
        for (int x : graph.flippedNodes) odd[x] = true;
        if (toggled.length < to - from + graph.flippedNodes.length) {
            toggled = new int[2 * (to - from + graph.flippedNodes.length)];
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            int x = events[i];
            if (odd[x]) odd[x] = false;
            else toggled[count++] = x;
        }
        for (int x : graph.flippedNodes) {
            if (odd[x]) toggled[count++] = x;
            odd[x] = false;
        }
        events = toggled;
        from = 0;
        to = count;
    }

    private void mark() {
        int size = to - from;
        if (left.length < size) {
            left = new int[2 * size];
            mates = new int[2 * size];
            flood.radii = new int[2 * size];
            flood.slots = new int[2 * size];
        }
        for (int i = 0; i < size; i++) {
            int x = events[from + i];
            if (lines[x] != RegionFlood.UNTOUCHED) {
                to = from + i;
                clear();
                throw new IllegalArgumentException(
                        "detector " + x + " is given twice, expected each event once");
            }
            lines[x] = ~i;
            if (byBits) fired.add(x);
        }
    }

    /// The radius of an event is the least of its lightest edge and of half the way to its nearest
    /// neighbour that fired. So it holds no other node, and no two radii exceed an edge or a path.
    private void nearestByBits() {
        int[] lines = this.lines;
        int[] events = this.events;
        int[] mates = this.mates;
        int[] slots = flood.slots;
        int[] radii = flood.radii;
        int size = to - from;
        for (int i = 0; i < size; i++) {
            int x = events[from + i];
            int slot = fired.neighbour(x, rows.rowOf[x]);
            if (slot >= 0) {
                long way = rows.ways[slot];
                mates[i] = ~lines[x + (int) way];
                slots[i] = slot;
                radii[i] = EdgeRows.weight(way) >> 1;
            } else {
                int begin = rows.begin(x);
                boolean lonely = begin == rows.end(x);
                mates[i] = lonely || !rows.isOutside(begin) ? NONE : OUTSIDE;
                slots[i] = begin;
                radii[i] = lonely ? 0 : rows.weightOf(begin);
            }
        }
    }

    private void nearest() {
        int size = to - from;
        for (int i = 0; i < size; i++) {
            int x = events[from + i];
            if (unsorted.length > 0 && unsorted[x]) nearestUnsorted(i, x);
            else nearest(i, x);
        }
    }

    private void nearest(int i, int x) {
        int boundary = graph.nodes();
        int begin = rows.begin(x);
        int end = rows.end(x);
        int mate = NONE;
        int slot = begin;
        int radius = 0;
        if (begin < end) {
            radius = rows.weightOf(begin);
            if (rows.isOutside(begin)) mate = OUTSIDE;
            int limit = 2 * radius;
            for (int s = begin; s < end; s++) {
                long way = rows.ways[s];
                int weight = EdgeRows.weight(way);
                if (weight >= limit) break;
                int line = lines[Math.min(x + (int) way, boundary)];
                if (line < 0) {
                    mate = ~line;
                    slot = s;
                    radius = weight >> 1;
                    break;
                }
            }
        }
        mates[i] = mate;
        flood.slots[i] = slot;
        flood.radii[i] = radius;
    }

    /// The same for a node whose slots are not sorted.
    private void nearestUnsorted(int i, int x) {
        int boundary = graph.nodes();
        int slot = NONE;
        int mate = NONE;
        int least = Integer.MAX_VALUE;
        int half = Integer.MAX_VALUE;
        boolean outwards = false;
        int lightest = NONE;
        for (int s = rows.begin(x), end = rows.end(x); s < end; s++) {
            int weight = rows.weightOf(s);
            int y = rows.target(x, s);
            if (weight < least || weight == least && y == boundary) {
                least = weight;
                lightest = s;
                outwards = y == boundary;
            }
            if (weight >> 1 < half && lines[y] < 0) {
                half = weight >> 1;
                slot = s;
                mate = ~lines[y];
            }
        }
        if (half >= least) {
            slot = lightest;
            mate = outwards ? OUTSIDE : NONE;
            half = least;
        }
        mates[i] = mate;
        flood.slots[i] = slot;
        flood.radii[i] = half;
    }

    /// Settles what is tight. Radii of the others are made even, so that all trees of regions
    /// meet at integer times.
    ///
    /// @return how many are left
    private int settle() {
        int count = 0;
        int size = to - from;
        for (int i = 0; i < size; i++) {
            int mate = mates[i];
            if (mate == OUTSIDE || mate >= 0 && mates[mate] == i) continue;
            left[count++] = events[from + i];
            flood.radii[i] &= ~1;
        }
        return count;
    }

    private long settledFlips() {
        long crossed = 0;
        long sum = 0;
        int size = to - from;
        for (int i = 0; i < size; i++) {
            sum += flood.radii[i];
            if (isNamedBy(i)) crossed ^= rows.flips[flood.slots[i]];
        }
        distance = sum;
        return crossed;
    }

    /// Whether an event that is settled is the one that stands for its pair.
    private boolean isNamedBy(int i) {
        int mate = mates[i];
        return mate > i || mate == OUTSIDE;
    }

    private long allFlips() {
        long crossed = 0;
        long sum = flood.dual();
        forest.collect();
        int size = to - from;
        for (int i = 0; i < size; i++) {
            int x = events[from + i];
            if (flood.isHeld(x)) {
                forest.collect(x);
            } else {
                sum += flood.radii[i];
                if (isNamedBy(i)) crossed ^= rows.flips[flood.slots[i]];
            }
        }
        distance = sum;
        return crossed ^ forest.flipped();
    }

    /// Traces the edges of the graph that the last match uses.
    ///
    /// @return how many there are
    int path() {
        trace.begin();
        long sum = blossomed ? flood.dual() : 0;
        forest.collect();
        int size = to - from;
        for (int i = 0; i < size; i++) {
            int x = events[from + i];
            if (flood.isHeld(x)) {
                forest.collect(x);
            } else {
                sum += flood.radii[i];
                if (isNamedBy(i)) trace.add(x, flood.slots[i]);
            }
        }
        if (blossomed) {
            for (int i = 0; i < forest.matchedCount(); i++) trace.addMatched(forest.matched(i));
        }
        distance = sum;
        return trace.count();
    }

    int pathEdge(int i) {
        return rows.edge(trace.node(i), trace.slot(i));
    }

    /// The ends of an edge of the path; the second may be the boundary.
    int pathNear(int i) {
        return trace.node(i);
    }

    int pathFar(int i) {
        return rows.target(trace.node(i), trace.slot(i));
    }

    /// Turns the observables that an edge of the path flips.
    void addFlips(int i, long[] flips) {
        if (graph.wordCount == 1) {
            flips[0] ^= rows.flips[trace.slot(i)];
            return;
        }
        int word = pathEdge(i) * graph.wordCount;
        for (int j = 0; j < graph.wordCount; j++) flips[j] ^= graph.words[word + j];
    }

    /// Puts back all that a match has touched.
    void clear() {
        for (int i = from; i < to; i++) {
            lines[events[i]] = RegionFlood.UNTOUCHED;
            if (byBits) fired.remove(events[i]);
        }
        if (blossomed) flood.reset();
        blossomed = false;
    }

    /// Gives an edge another weight until `restore`.
    ///
    /// @return whether it is lighter now
    boolean lighten(int edge, int weight) {
        // The slots of rows that are apart are those of the graph.
        int slot = graph.slots[2 * edge];
        if (weight >= rows.weightOf(slot)) return false;
        weigh(edge, weight);
        unsorted[graph.targets[slot]] = true;
        unsorted[graph.origins[slot]] = true;
        return true;
    }

    void restore(int edge) {
        int slot = graph.slots[2 * edge];
        weigh(edge, graph.weights[slot]);
        unsorted[graph.targets[slot]] = false;
        unsorted[graph.origins[slot]] = false;
    }

    private void weigh(int edge, int weight) {
        rows.weigh(graph.slots[2 * edge], weight);
        int back = graph.slots[2 * edge + 1];
        if (back >= 0) rows.weigh(back, weight);
    }
}
