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

    private final MatchingGraph graph;
    private final int[] weights;
    private final RegionFlood flood;
    private final AlternatingForest forest;
    private final PathTrace trace;
    private final int[] warmRadius;
    private final int[] warmSlot;
    private int[] left = new int[64];
    private int[] toggled = new int[64];
    private final boolean[] odd;

    /// By node: true while its slots are not sorted by weight.
    private final boolean[] unsorted;

    private int[] events;
    private int from;
    private int to;
    private long distance;
    private boolean blossomed;

    /// The first 64 observables that the matched edges flip.
    private long flipped;

    public MatchingDecoder(MatchingGraph graph) {
        this.graph = graph;
        weights = graph.weights.clone();
        flood = new RegionFlood(graph, weights);
        forest = new AlternatingForest(flood);
        trace = new PathTrace(graph, weights, flood);
        warmRadius = flood.warmRadius;
        warmSlot = flood.warmSlot;
        unsorted = new boolean[graph.nodes() + 1];
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
        if (graph.wordCount == 1) {
            flips[at] = flipped ^ graph.flippedWords[0];
        } else {
            System.arraycopy(graph.flippedWords, 0, flips, at, graph.wordCount);
            int count = path();
            for (int i = 0; i < count; i++) {
                int word = trace.edge(i) * graph.wordCount;
                for (int j = 0; j < graph.wordCount; j++) flips[at + j] ^= graph.words[word + j];
            }
        }
        clear();
    }

    /// The weight of the last matching, in the units of ln((1-p)/p).
    public double weight() {
        return distance / graph.scale + graph.negativeWeight;
    }

    /// Matches the events and leaves the state for `path`; `clear` must follow.
    void match(int[] given, int first, int last) {
        events = given;
        from = first;
        to = last;
        if (graph.flippedNodes.length > 0) toggle();
        mark();
        nearest();
        int count = settle();
        blossomed = count > 0;
        if (!blossomed) {
            flipped = settledFlips();
            return;
        }
        for (int i = 0; i < count; i++) forest.root(flood.seed(left[i]));
        for (int i = 0; i < count; i++) flood.start(flood.region[left[i]]);
        if (!forest.run()) {
            int size = to - from;
            clear();
            throw new UndecodableShot(
                    ("%d detection events cannot be matched: an odd number of them lies in a part"
                                    + " of the graph without boundary")
                            .formatted(size));
        }
        flipped = allFlips();
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
        for (int i = from; i < to; i++) {
            int x = events[i];
            if (warmRadius[x] != NONE) {
                to = i;
                clear();
                throw new IllegalArgumentException(
                        "detector " + x + " is given twice, expected each event once");
            }
            warmRadius[x] = 0;
        }
        if (left.length < to - from) left = new int[2 * (to - from)];
    }

    /// The radius of an event is the least of its lightest edge and of half the way to its nearest
    /// neighbour that fired. So it holds no other node, and no two radii exceed an edge or a path.
    private void nearest() {
        int[] starts = graph.starts;
        int[] targets = graph.targets;
        int boundary = graph.nodes();
        for (int i = from; i < to; i++) {
            int x = events[i];
            if (unsorted[x]) {
                nearestUnsorted(x);
                continue;
            }
            int begin = starts[x];
            int end = starts[x + 1];
            int slot = NONE;
            int radius = 0;
            if (begin < end) {
                radius = weights[begin];
                if (targets[begin] == boundary) slot = begin;
                for (int s = begin; s < end; s++) {
                    int weight = weights[s];
                    if (weight >= 2 * radius) break;
                    if (warmRadius[targets[s]] != NONE) {
                        slot = s;
                        radius = weight >> 1;
                        break;
                    }
                }
            }
            warmRadius[x] = radius;
            warmSlot[x] = slot;
        }
    }

    /// The same for a node whose slots are not sorted.
    private void nearestUnsorted(int x) {
        int[] targets = graph.targets;
        int boundary = graph.nodes();
        int slot = NONE;
        int least = Integer.MAX_VALUE;
        int half = Integer.MAX_VALUE;
        boolean outwards = false;
        int lightest = NONE;
        for (int s = graph.starts[x], end = graph.starts[x + 1]; s < end; s++) {
            int weight = weights[s];
            int y = targets[s];
            if (weight < least || weight == least && y == boundary) {
                least = weight;
                lightest = s;
                outwards = y == boundary;
            }
            if (weight >> 1 < half && warmRadius[y] != NONE) {
                half = weight >> 1;
                slot = s;
            }
        }
        if (half >= least) {
            slot = outwards ? lightest : NONE;
            half = least;
        }
        warmRadius[x] = half;
        warmSlot[x] = slot;
    }

    /// Settles what is tight. Radii of the others are made even, so that all trees of regions
    /// meet at integer times.
    ///
    /// @return how many are left
    private int settle() {
        int[] targets = graph.targets;
        int[] reverse = graph.reverse;
        int boundary = graph.nodes();
        int count = 0;
        for (int i = from; i < to; i++) {
            int x = events[i];
            int slot = warmSlot[x];
            if (slot >= 0) {
                int y = targets[slot];
                if (y == boundary || warmSlot[y] == reverse[slot]) continue;
            }
            left[count++] = x;
        }
        for (int i = 0; i < count; i++) warmRadius[left[i]] &= ~1;
        return count;
    }

    private long settledFlips() {
        long crossed = 0;
        long sum = 0;
        for (int i = from; i < to; i++) {
            int x = events[i];
            int slot = warmSlot[x];
            sum += warmRadius[x];
            if (graph.targets[slot] > x) crossed ^= graph.flips[slot];
        }
        distance = sum;
        return crossed;
    }

    private long allFlips() {
        long crossed = 0;
        long sum = flood.dual();
        forest.collect();
        for (int i = from; i < to; i++) {
            int x = events[i];
            if (flood.region[x] != NONE) {
                forest.collect(x);
            } else {
                int slot = warmSlot[x];
                sum += warmRadius[x];
                if (graph.targets[slot] > x) crossed ^= graph.flips[slot];
            }
        }
        for (int i = from; i < to; i++) {
            int x = events[i];
            if (flood.region[x] != NONE) forest.forget(x);
        }
        distance = sum;
        return crossed ^ forest.flipped();
    }

    /// Traces the edges of the graph that the last match uses.
    ///
    /// @return how many there are
    int path() {
        trace.begin();
        for (int i = from; i < to; i++) {
            int x = events[i];
            int slot = warmSlot[x];
            if (!blossomed || flood.region[x] == NONE) {
                if (graph.targets[slot] > x) trace.add(graph.edgeOf[slot]);
            }
        }
        if (blossomed) {
            for (int i = 0; i < forest.matchedCount(); i++) trace.addMatched(forest.matched(i));
        }
        return trace.count();
    }

    int pathEdge(int i) {
        return trace.edge(i);
    }

    /// Puts back all that a match has touched.
    void clear() {
        for (int i = from; i < to; i++) warmRadius[events[i]] = NONE;
        if (blossomed) flood.reset();
        blossomed = false;
    }

    /// Gives an edge another weight until `restore`.
    ///
    /// @return whether it is lighter now
    boolean lighten(int edge, int weight) {
        int slot = graph.slots[2 * edge];
        if (weight >= weights[slot]) return false;
        weights[slot] = weight;
        int back = graph.slots[2 * edge + 1];
        if (back >= 0) weights[back] = weight;
        unsorted[graph.targets[slot]] = true;
        unsorted[graph.origins[slot]] = true;
        return true;
    }

    void restore(int edge) {
        int slot = graph.slots[2 * edge];
        weights[slot] = graph.weights[slot];
        int back = graph.slots[2 * edge + 1];
        if (back >= 0) weights[back] = weights[slot];
        unsorted[graph.targets[slot]] = false;
        unsorted[graph.origins[slot]] = false;
    }
}
