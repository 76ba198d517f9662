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

    /// The fields of a node that was touched fill a line of the cache. Lines lie close together,
    /// in the order in which they were touched, so that few of the cache are used. Line 0 is that
    /// of all nodes that were not touched. The first begins after 12 integers: the header of the
    /// array fills 16 bytes.
    private static final int LINE_SHIFT = 4;

    private static final int LINES_START = 12;

    /// The line of nodes that were not touched.
    static final int UNTOUCHED = LINES_START;

    /// Where the slots of a node begin and end.
    static final int BEGIN = 0;

    static final int END = 1;

    /// The outermost region that holds a node.
    static final int TOP = 2;

    /// What is to be added to the radius of the outermost region to get how far a node is inside.
    private static final int WRAP = 3;

    private static final int DESIRED = 4;
    private static final int QUEUED = 5;
    private static final int SHELL_NEXT = 6;

    /// The innermost region that holds a node.
    static final int REGION = 7;

    /// The radius of its region when a node was reached.
    private static final int ARRIVAL = 8;

    /// The detection event from which a region reached a node.
    static final int SOURCE = 9;

    /// The slot through which a node was reached, seen from the node that it was reached from.
    static final int VIA = 10;

    /// The length of the path from the detection event, and what it flips.
    private static final int LENGTH = 11;

    private static final int CROSSED = 12;

    private final int boundary;
    private final EdgeRows rows;
    private final long[] ways;
    private final long[] flips;
    private int[] fields = new int[LINES_START + (64 << LINE_SHIFT)];

    /// By node, where its line begins; most nodes have the first, and nothing else of them is
    /// looked at. A detection event that has no region yet has `~i`, where i is its number.
    final int[] lines;

    /// By number of a detection event: the radius that the warm start gave it, and the slot of its
    /// partner or -1.
    int[] radii = new int[64];

    int[] slots = new int[64];

    /// How many lines there are, and by line its node.
    private int lineCount = 1;

    private int[] owners = new int[64];

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
    private int[] edgeNear = new int[32];
    private int[] edgeLength = new int[32];
    private int edges;

    private final RadixQueue queue = new RadixQueue();
    private int now;
    private int foundSlot;

    int first;
    int second;
    int edge;
    private int visited;

    /// @param rows the caller may make edges lighter, and restore them, between shots
    RegionFlood(EdgeRows rows) {
        this.rows = rows;
        boundary = rows.nodes;
        ways = rows.ways;
        flips = rows.flips;
        lines = new int[boundary + 1];
        Arrays.fill(lines, UNTOUCHED);
        blank(UNTOUCHED);
    }

    private void blank(int at) {
        fields[at + TOP] = NONE;
        fields[at + REGION] = NONE;
        fields[at + SOURCE] = NONE;
        fields[at + DESIRED] = NEVER;
        fields[at + QUEUED] = NEVER;
    }

    /// Gives a node a line.
    ///
    /// @return where it begins
    private int touch(int x) {
        int i = lineCount++;
        if (i == owners.length) {
            owners = Arrays.copyOf(owners, 2 * i);
            fields = Arrays.copyOf(fields, LINES_START + (2 * i << LINE_SHIFT));
        }
        owners[i] = x;
        int at = LINES_START + (i << LINE_SHIFT);
        lines[x] = at;
        blank(at);
        int row = rows.row(x);
        fields[at + BEGIN] = rows.rowBegin(row);
        fields[at + END] = rows.rowBegin(row + 1);
        return at;
    }

    int get(int x, int field) {
        return fields[lines[x] + field];
    }

    /// Whether a detection event has a region.
    boolean isHeld(int x) {
        return lines[x] > UNTOUCHED;
    }

    private int target(int x, int slot) {
        return Math.min(x + (int) ways[slot], boundary);
    }

    /// Puts every node that was touched back.
    void reset() {
        for (int i = 1; i < lineCount; i++) lines[owners[i]] = UNTOUCHED;
        lineCount = 1;
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
        int slot = slots[~lines[x]];
        int r = trivial(x);
        int y = target(x, slot);
        int weight = EdgeRows.weight(ways[slot]);
        if (y == boundary) {
            match[r] = AlternatingForest.TO_BOUNDARY;
            matchEdge[r] = newEdge(x, NONE, flips[slot], slot, x, weight);
            return r;
        }
        int s = trivial(y);
        int e = newEdge(x, y, flips[slot], slot, x, weight);
        match[r] = s;
        matchEdge[r] = e;
        match[s] = r;
        matchEdge[s] = e ^ 1;
        return r;
    }

    private int trivial(int x) {
        int r = newRegion();
        base[r] = radii[~lines[x]];
        int at = touch(x);
        shell[r] = x;
        fields[at + REGION] = r;
        fields[at + TOP] = r;
        fields[at + SOURCE] = x;
        fields[at + LENGTH] = 0;
        cross(at, 0);
        fields[at + ARRIVAL] = 0;
        fields[at + WRAP] = 0;
        fields[at + SHELL_NEXT] = NONE;
        return r;
    }

    private void cross(int at, long flipped) {
        fields[at + CROSSED] = (int) flipped;
        fields[at + CROSSED + 1] = (int) (flipped >>> 32);
    }

    private long crossed(int at) {
        return fields[at + CROSSED] & 0xffffffffL | (long) fields[at + CROSSED + 1] << 32;
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
    /// @param near the node of that slot
    /// @param distance the length of its path
    private int newEdge(int from, int to, long flipped, int slot, int near, int distance) {
        int e = 2 * edges;
        if (e == edgeEnd.length) {
            edgeEnd = Arrays.copyOf(edgeEnd, 2 * e);
            edgeFlips = Arrays.copyOf(edgeFlips, e);
            edgeSlot = Arrays.copyOf(edgeSlot, e);
            edgeNear = Arrays.copyOf(edgeNear, e);
            edgeLength = Arrays.copyOf(edgeLength, e);
        }
        edgeEnd[e] = from;
        edgeEnd[e + 1] = to;
        edgeFlips[edges] = flipped;
        edgeSlot[edges] = slot;
        edgeNear[edges] = near;
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

    /// The node of that slot.
    int edgeNear(int e) {
        return edgeNear[e >> 1];
    }

    /// The length of the path that an edge stands for.
    int edgeLength(int e) {
        return edgeLength[e >> 1];
    }

    /// Joins the edges a-b and b-c.
    int join(int ab, int bc) {
        long flipped = edgeFlips(ab) ^ edgeFlips(bc);
        int distance = edgeLength(ab) + edgeLength(bc);
        return newEdge(edgeEnd[ab], edgeEnd[bc ^ 1], flipped, NONE, NONE, distance);
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
        for (int x = shell[r]; x != NONE; x = get(x, SHELL_NEXT)) reschedule(x);
        int part = child[r];
        if (part == NONE) return;
        int c = part;
        do {
            rescheduleArea(c);
            c = cycleNext[c];
        } while (c != part);
    }

    private void cancelArea(int r) {
        for (int x = shell[r]; x != NONE; x = get(x, SHELL_NEXT))
            fields[lines[x] + DESIRED] = NEVER;
        int part = child[r];
        if (part == NONE) return;
        int c = part;
        do {
            cancelArea(c);
            c = cycleNext[c];
        } while (c != part);
    }

    private void wrapArea(int r, int by, int outermost) {
        for (int x = shell[r]; x != NONE; x = get(x, SHELL_NEXT)) {
            int at = lines[x];
            fields[at + WRAP] += by;
            fields[at + TOP] = outermost;
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
        int leaves =
                x == NONE || get(x, SHELL_NEXT) == NONE && child[r] == NONE ? 0 : get(x, ARRIVAL);
        int time = base[r] - leaves;
        shrinkDesired[r] = time;
        if (time < shrinkQueued[r]) {
            shrinkQueued[r] = time;
            queue.put(time, ~r);
        }
    }

    private void schedule(int x, int time) {
        int at = lines[x];
        fields[at + DESIRED] = time;
        if (time < fields[at + QUEUED]) {
            fields[at + QUEUED] = time;
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
        int at = lines[x];
        int mine = fields[at + TOP];
        if (mine == NONE) return nextAtStill(x, 0);
        int turn = slope[mine];
        if (turn < 0) return NEVER;
        int inside = fields[at + WRAP] + base[mine];
        if (turn == 0) return nextAtStill(x, inside);
        inside += now;
        int best = NEVER;
        for (int s = fields[at + BEGIN], end = fields[at + END]; s < end; s++) {
            long way = ways[s];
            int wait = EdgeRows.weight(way) - inside;
            int y = Math.min(x + (int) way, boundary);
            int its = lines[y];
            if (its < 0) {
                wait -= radii[~its];
            } else if (its != UNTOUCHED) {
                int other = fields[its + TOP];
                if (other != NONE) {
                    if (other == mine) continue;
                    int slopes = slope[other];
                    if (slopes < 0) continue;
                    wait -= fields[its + WRAP] + base[other];
                    if (slopes > 0) wait = (wait - now) >> 1;
                }
            }
            if (wait < best) {
                best = wait;
                foundSlot = s;
            }
        }
        return best;
    }

    private int nextAtStill(int x, int inside) {
        int at = lines[x];
        int best = NEVER;
        for (int s = fields[at + BEGIN], end = fields[at + END]; s < end; s++) {
            long way = ways[s];
            int y = Math.min(x + (int) way, boundary);
            int its = lines[y];
            if (its <= UNTOUCHED) continue;
            int other = fields[its + TOP];
            if (other == NONE || slope[other] <= 0) continue;
            int wait = EdgeRows.weight(way) - inside - fields[its + WRAP] - base[other] - now;
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
                int at = lines[subject];
                if (fields[at + QUEUED] != time) continue;
                fields[at + QUEUED] = NEVER;
                int wanted = fields[at + DESIRED];
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
        int at = lines[x];
        fields[at + DESIRED] = NEVER;
        int wait = nextAt(x);
        if (wait > 0) {
            if (wait != NEVER) schedule(x, now + wait);
            return Found.NOTHING;
        }
        visited = x;
        int slot = foundSlot;
        int y = target(x, slot);
        int its = lines[y];
        int mine = fields[at + TOP];
        int weight = EdgeRows.weight(ways[slot]);
        if (mine != NONE && slope[mine] > 0) {
            long flipped = crossed(at) ^ flips[slot];
            int from = fields[at + SOURCE];
            if (y == boundary) {
                first = mine;
                edge = newEdge(from, NONE, flipped, slot, x, fields[at + LENGTH] + weight);
                return Found.BOUNDARY;
            }
            if (its < 0) {
                settled(y);
                its = lines[y];
            } else if (fields[its + TOP] == NONE) {
                arrive(y, x, slot);
                reschedule(x);
                return Found.NOTHING;
            }
            first = mine;
            second = fields[its + TOP];
            int distance = fields[at + LENGTH] + weight + fields[its + LENGTH];
            flipped ^= crossed(its);
            edge = newEdge(from, fields[its + SOURCE], flipped, slot, x, distance);
            return Found.HIT;
        }
        int back = rows.back(y, slot);
        if (mine == NONE) {
            arrive(x, y, back);
            return Found.NOTHING;
        }
        first = fields[its + TOP];
        second = mine;
        long flipped = crossed(its) ^ flips[slot] ^ crossed(at);
        int distance = fields[at + LENGTH] + weight + fields[its + LENGTH];
        edge = newEdge(fields[its + SOURCE], fields[at + SOURCE], flipped, back, y, distance);
        return Found.HIT;
    }

    private void arrive(int x, int from, int slot) {
        int at = lines[x];
        if (at == UNTOUCHED) at = touch(x);
        int its = lines[from];
        int r = fields[its + TOP];
        fields[at + REGION] = r;
        fields[at + TOP] = r;
        fields[at + SOURCE] = fields[its + SOURCE];
        cross(at, crossed(its) ^ flips[slot]);
        fields[at + LENGTH] = fields[its + LENGTH] + EdgeRows.weight(ways[slot]);
        fields[at + VIA] = slot;
        int radius = base[r] + slope[r] * now;
        fields[at + ARRIVAL] = radius;
        fields[at + WRAP] = -radius;
        fields[at + SHELL_NEXT] = shell[r];
        shell[r] = x;
        reschedule(x);
    }

    private Found lookShrinking(int r) {
        shrinkDesired[r] = NEVER;
        int x = shell[r];
        first = r;
        if (x == NONE) return Found.SHATTER;
        int at = lines[x];
        if (fields[at + SHELL_NEXT] == NONE && child[r] == NONE) return Found.IMPLODE;
        shell[r] = fields[at + SHELL_NEXT];
        fields[at + REGION] = NONE;
        fields[at + TOP] = NONE;
        reschedule(x);
        scheduleShrink(r);
        return Found.NOTHING;
    }
}
