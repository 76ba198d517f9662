package org.qmk.qec.match;

import java.util.Arrays;

/// Grows and shrinks the regions of sparse blossom on the detector graph, and finds the next time
/// at which two regions touch, one touches the boundary, or one is used up.
///
/// All times and radii are integers, for all weights are even. A node that no region has reached
/// has region -1. Every collision that can come has an event, not later than it, at one of the two
/// nodes of its edge; an event is worked out again when its time has come.
/// Source: Higgott and Gidney, arXiv 2303.15933, sections 4 and 5.
final class RegionFlood {

    /// A time that does not come.
    static final int NEVER = Integer.MAX_VALUE;

    static final int NONE = -1;

    /// What `advance` has found.
    enum Found {
        /// Nothing will happen any more.
        NOTHING,
        /// `first` and `second` touch along `edge`; `first` grows.
        HIT,
        /// `first` touches the boundary along `edge`.
        BOUNDARY,
        /// The blossom `first` has shrunk to nothing.
        SHATTER,
        /// The detection event `first` has shrunk to nothing.
        IMPLODE
    }

    private final int boundary;
    private final int[] starts;
    private final int[] targets;
    private final int[] reverse;
    private final int[] weights;
    private final long[] flips;

    /// By node: the innermost region that holds it, and the outermost.
    final int[] region;

    final int[] top;

    /// The detection event from which a region reached a node, and what that path flips.
    final int[] source;

    private final long[] crossed;

    /// The length of that path.
    private final int[] length;

    /// The slot through which a node was reached, seen from the node that it was reached from.
    final int[] via;

    /// The radius of its region when the node was reached; what is to be added to the radius of
    /// the outermost region to get how far the node is inside it.
    private final int[] arrival;

    private final int[] wrap;
    private final int[] shellNext;
    private final int[] desired;
    private final int[] queued;

    /// By node: the radius that the warm start gave a detection event, or -1; the slot of its
    /// partner, or -1.
    final int[] warmRadius;

    final int[] warmSlot;

    private int[] touched = new int[64];
    private int touchedCount;

    private int[] base = new int[16];
    private int[] slope = new int[16];
    private int[] shell = new int[16];
    private int[] shrinkDesired = new int[16];
    private int[] shrinkQueued = new int[16];

    /// By region: the blossom that it is part of, a part of it if it is a blossom, and the next
    /// part of the same blossom with the edge to there.
    int[] parent = new int[16];

    int[] child = new int[16];
    int[] cycleNext = new int[16];
    int[] cycleEdge = new int[16];
    int[] match = new int[16];
    int[] matchEdge = new int[16];

    /// The outer region of the tree node that a region belongs to, or -1.
    int[] tree = new int[16];

    private int regions;
    private int freeRegion = NONE;

    /// Edges between detection events: both ends at 2k and 2k+1; e^1 is e seen from its other end.
    private int[] edgeEnd = new int[64];

    private long[] edgeFlips = new long[32];
    private int[] edgeSlot = new int[32];
    private int[] edgeLength = new int[32];
    private int edges;

    private final RadixQueue queue = new RadixQueue();
    private int now;
    private int foundSlot;

    int first;
    int second;
    int edge;
    private int visited;

    /// @param weights by slot; the caller may lower and restore them between shots
    RegionFlood(MatchingGraph graph, int[] weights) {
        boundary = graph.nodes();
        starts = graph.starts;
        targets = graph.targets;
        reverse = graph.reverse;
        flips = graph.flips;
        this.weights = weights;
        int n = boundary + 1;
        region = filled(n, NONE);
        top = filled(n, NONE);
        source = filled(n, NONE);
        crossed = new long[n];
        length = new int[n];
        via = new int[n];
        arrival = new int[n];
        wrap = new int[n];
        shellNext = new int[n];
        desired = filled(n, NEVER);
        queued = filled(n, NEVER);
        warmRadius = filled(n, NONE);
        warmSlot = new int[n];
    }

    private static int[] filled(int length, int value) {
        int[] array = new int[length];
        Arrays.fill(array, value);
        return array;
    }

    /// Puts every node that was touched back.
    void reset() {
        for (int i = 0; i < touchedCount; i++) {
            int x = touched[i];
            region[x] = NONE;
            top[x] = NONE;
            source[x] = NONE;
            desired[x] = NEVER;
            queued[x] = NEVER;
        }
        touchedCount = 0;
        regions = 0;
        freeRegion = NONE;
        edges = 0;
        now = 0;
        queue.clear();
    }

    /// The sum of the radii of all regions, which is the weight of the matching in the end.
    long dual() {
        long sum = 0;
        for (int r = 0; r < regions; r++) sum += base[r] + slope[r] * now;
        return sum;
    }

    /// Makes the region of a detection event that the warm start left alone; it grows.
    int seed(int x) {
        int r = trivial(x);
        slope[r] = 1;
        return r;
    }

    void start(int r) {
        rescheduleArea(r);
    }

    /// Makes regions of a detection event that the warm start settled and of its partner.
    ///
    /// @return the region of `x`
    private int settled(int x) {
        int slot = warmSlot[x];
        int r = trivial(x);
        int y = targets[slot];
        if (y == boundary) {
            match[r] = AlternatingForest.TO_BOUNDARY;
            matchEdge[r] = newEdge(x, NONE, flips[slot], slot, weights[slot]);
            return r;
        }
        int s = trivial(y);
        int e = newEdge(x, y, flips[slot], slot, weights[slot]);
        match[r] = s;
        matchEdge[r] = e;
        match[s] = r;
        matchEdge[s] = e ^ 1;
        return r;
    }

    private int trivial(int x) {
        int r = newRegion();
        base[r] = warmRadius[x];
        shell[r] = x;
        region[x] = r;
        top[x] = r;
        source[x] = x;
        crossed[x] = 0;
        length[x] = 0;
        arrival[x] = 0;
        wrap[x] = 0;
        shellNext[x] = NONE;
        touch(x);
        return r;
    }

    private void touch(int x) {
        if (touchedCount == touched.length) touched = Arrays.copyOf(touched, 2 * touchedCount);
        touched[touchedCount++] = x;
    }

    private int newRegion() {
        int r = freeRegion;
        if (r != NONE) {
            freeRegion = parent[r];
        } else {
            r = regions++;
            if (r == base.length) grow();
            shrinkQueued[r] = NEVER;
        }
        shrinkDesired[r] = NEVER;
        base[r] = 0;
        slope[r] = 0;
        shell[r] = NONE;
        parent[r] = NONE;
        child[r] = NONE;
        match[r] = NONE;
        tree[r] = NONE;
        return r;
    }

    private void grow() {
        int length = 2 * base.length;
        base = Arrays.copyOf(base, length);
        slope = Arrays.copyOf(slope, length);
        shell = Arrays.copyOf(shell, length);
        shrinkDesired = Arrays.copyOf(shrinkDesired, length);
        shrinkQueued = Arrays.copyOf(shrinkQueued, length);
        parent = Arrays.copyOf(parent, length);
        child = Arrays.copyOf(child, length);
        cycleNext = Arrays.copyOf(cycleNext, length);
        cycleEdge = Arrays.copyOf(cycleEdge, length);
        match = Arrays.copyOf(match, length);
        matchEdge = Arrays.copyOf(matchEdge, length);
        tree = Arrays.copyOf(tree, length);
    }

    private void free(int r) {
        base[r] = 0;
        slope[r] = 0;
        shrinkDesired[r] = NEVER;
        parent[r] = freeRegion;
        freeRegion = r;
    }

    /// @param slot through which the edge was found, from the side of `from`; -1 if through more
    /// @param distance the length of its path
    private int newEdge(int from, int to, long flipped, int slot, int distance) {
        int e = 2 * edges;
        if (e == edgeEnd.length) {
            edgeEnd = Arrays.copyOf(edgeEnd, 2 * e);
            edgeFlips = Arrays.copyOf(edgeFlips, e);
            edgeSlot = Arrays.copyOf(edgeSlot, e);
            edgeLength = Arrays.copyOf(edgeLength, e);
        }
        edgeEnd[e] = from;
        edgeEnd[e + 1] = to;
        edgeFlips[edges] = flipped;
        edgeSlot[edges] = slot;
        edgeLength[edges] = distance;
        edges++;
        return e;
    }

    /// The detection event at the near end of an edge.
    int from(int e) {
        return edgeEnd[e];
    }

    long edgeFlips(int e) {
        return edgeFlips[e >> 1];
    }

    /// The slot through which the edge `e & ~1` was found, from its near end, or -1.
    int edgeSlot(int e) {
        return edgeSlot[e >> 1];
    }

    /// The length of the path that an edge stands for.
    int edgeLength(int e) {
        return edgeLength[e >> 1];
    }

    /// Joins the edges a-b and b-c.
    int join(int ab, int bc) {
        long flipped = edgeFlips(ab) ^ edgeFlips(bc);
        return newEdge(
                edgeEnd[ab], edgeEnd[bc ^ 1], flipped, NONE, edgeLength(ab) + edgeLength(bc));
    }

    void freeze(int r) {
        boolean shrank = slope[r] < 0;
        turn(r, 0);
        if (shrank) rescheduleArea(r);
    }

    void grow(int r) {
        turn(r, 1);
        rescheduleArea(r);
    }

    void shrink(int r) {
        turn(r, -1);
        cancelArea(r);
        scheduleShrink(r);
    }

    private void turn(int r, int to) {
        base[r] += (slope[r] - to) * now;
        slope[r] = to;
        shrinkDesired[r] = NEVER;
    }

    /// Makes a growing blossom of the regions of a cycle that `cycleNext` already links.
    int blossom(int part) {
        int b = newRegion();
        child[b] = part;
        int c = part;
        do {
            turn(c, 0);
            parent[c] = b;
            match[c] = NONE;
            tree[c] = NONE;
            wrapArea(c, base[c], b);
            c = cycleNext[c];
        } while (c != part);
        base[b] = -now;
        slope[b] = 1;
        return b;
    }

    /// Takes a blossom of radius 0 apart; its parts are frozen, and the caller turns them.
    void release(int b) {
        int c = child[b];
        do {
            parent[c] = NONE;
            wrapArea(c, -base[c], c);
            // The parts were shrinking with the blossom: freezing them must look at their nodes.
            c = cycleNext[c];
        } while (c != child[b]);
        free(b);
    }

    void rescheduleArea(int r) {
        for (int x = shell[r]; x != NONE; x = shellNext[x]) reschedule(x);
        int part = child[r];
        if (part == NONE) return;
        int c = part;
        do {
            rescheduleArea(c);
            c = cycleNext[c];
        } while (c != part);
    }

    private void cancelArea(int r) {
        for (int x = shell[r]; x != NONE; x = shellNext[x]) desired[x] = NEVER;
        int part = child[r];
        if (part == NONE) return;
        int c = part;
        do {
            cancelArea(c);
            c = cycleNext[c];
        } while (c != part);
    }

    private void wrapArea(int r, int by, int outermost) {
        for (int x = shell[r]; x != NONE; x = shellNext[x]) {
            wrap[x] += by;
            top[x] = outermost;
        }
        int part = child[r];
        if (part == NONE) return;
        int c = part;
        do {
            wrapArea(c, by, outermost);
            c = cycleNext[c];
        } while (c != part);
    }

    private void scheduleShrink(int r) {
        int x = shell[r];
        // base - time is the radius: a node leaves at the radius at which it came.
        int leaves = x == NONE || shellNext[x] == NONE && child[r] == NONE ? 0 : arrival[x];
        int time = base[r] - leaves;
        shrinkDesired[r] = time;
        if (time < shrinkQueued[r]) {
            shrinkQueued[r] = time;
            queue.put(time, ~r);
        }
    }

    private void schedule(int x, int time) {
        desired[x] = time;
        if (time < queued[x]) {
            queued[x] = time;
            queue.put(time, x);
        }
    }

    private void reschedule(int x) {
        int wait = nextAt(x);
        schedule(x, wait == NEVER ? NEVER : now + wait);
    }

    /// Looks again at the node whose event was found last.
    void revisit() {
        reschedule(visited);
    }

    /// How long until something happens at an edge of a node; `foundSlot` is the edge.
    private int nextAt(int x) {
        int mine = top[x];
        if (mine == NONE) return nextAtStill(x, 0);
        int turn = slope[mine];
        if (turn < 0) return NEVER;
        int inside = wrap[x] + base[mine];
        if (turn == 0) return nextAtStill(x, inside);
        inside += now;
        int best = NEVER;
        for (int s = starts[x], end = starts[x + 1]; s < end; s++) {
            int y = targets[s];
            int wait = weights[s] - inside;
            int other = top[y];
            if (other != NONE) {
                if (other == mine) continue;
                int its = slope[other];
                if (its < 0) continue;
                wait -= wrap[y] + base[other];
                if (its > 0) wait = (wait - now) >> 1;
            } else if (warmRadius[y] > 0) {
                wait -= warmRadius[y];
            }
            if (wait < best) {
                best = wait;
                foundSlot = s;
            }
        }
        return best;
    }

    private int nextAtStill(int x, int inside) {
        int best = NEVER;
        for (int s = starts[x], end = starts[x + 1]; s < end; s++) {
            int y = targets[s];
            int other = top[y];
            if (other == NONE || slope[other] <= 0) continue;
            int wait = weights[s] - inside - wrap[y] - base[other] - now;
            if (wait < best) {
                best = wait;
                foundSlot = s;
            }
        }
        return best;
    }

    /// Lets time pass until the trees of regions have to change.
    Found advance() {
        while (true) {
            long event = queue.take();
            if (event == RadixQueue.EMPTY) return Found.NOTHING;
            int time = (int) (event >>> 32);
            int subject = (int) event;
            Found found;
            if (subject >= 0) {
                if (queued[subject] != time) continue;
                queued[subject] = NEVER;
                int wanted = desired[subject];
                if (wanted != time) {
                    if (wanted != NEVER) schedule(subject, wanted);
                    continue;
                }
                now = time;
                found = look(subject);
            } else {
                int r = ~subject;
                if (shrinkQueued[r] != time) continue;
                shrinkQueued[r] = NEVER;
                int wanted = shrinkDesired[r];
                if (wanted != time) {
                    if (wanted != NEVER) scheduleShrink(r);
                    continue;
                }
                now = time;
                found = lookShrinking(r);
            }
            if (found != Found.NOTHING) return found;
        }
    }

    private Found look(int x) {
        desired[x] = NEVER;
        int wait = nextAt(x);
        if (wait > 0) {
            if (wait != NEVER) schedule(x, now + wait);
            return Found.NOTHING;
        }
        visited = x;
        int slot = foundSlot;
        int y = targets[slot];
        int mine = top[x];
        if (mine != NONE && slope[mine] > 0) {
            long flipped = crossed[x] ^ flips[slot];
            if (y == boundary) {
                first = mine;
                edge = newEdge(source[x], NONE, flipped, slot, length[x] + weights[slot]);
                return Found.BOUNDARY;
            }
            if (top[y] == NONE) {
                if (warmRadius[y] < 0) {
                    arrive(y, x, slot);
                    reschedule(x);
                    return Found.NOTHING;
                }
                settled(y);
            }
            first = mine;
            second = top[y];
            int distance = length[x] + weights[slot] + length[y];
            edge = newEdge(source[x], source[y], flipped ^ crossed[y], slot, distance);
            return Found.HIT;
        }
        int back = reverse[slot];
        if (mine == NONE) {
            arrive(x, y, back);
            return Found.NOTHING;
        }
        first = top[y];
        second = mine;
        long flipped = crossed[y] ^ flips[slot] ^ crossed[x];
        int distance = length[x] + weights[slot] + length[y];
        edge = newEdge(source[y], source[x], flipped, back, distance);
        return Found.HIT;
    }

    private void arrive(int x, int from, int slot) {
        int r = top[from];
        region[x] = r;
        top[x] = r;
        source[x] = source[from];
        crossed[x] = crossed[from] ^ flips[slot];
        length[x] = length[from] + weights[slot];
        via[x] = slot;
        int radius = base[r] + slope[r] * now;
        arrival[x] = radius;
        wrap[x] = -radius;
        shellNext[x] = shell[r];
        shell[r] = x;
        touch(x);
        reschedule(x);
    }

    private Found lookShrinking(int r) {
        shrinkDesired[r] = NEVER;
        int x = shell[r];
        first = r;
        if (x == NONE) return Found.SHATTER;
        if (shellNext[x] == NONE && child[r] == NONE) return Found.IMPLODE;
        shell[r] = shellNext[x];
        region[x] = NONE;
        top[x] = NONE;
        reschedule(x);
        scheduleShrink(r);
        return Found.NOTHING;
    }
}
