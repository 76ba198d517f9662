package org.qmk.qec.match;

import java.util.Arrays;
import org.qmk.qec.match.RegionFlood.Found;

/// The alternating trees of the blossom algorithm over the regions of a flood: they grow, join,
/// make blossoms and take them apart, until every detection event is matched.
///
/// A tree node is named by its outer, growing region; its inner, shrinking region lies between it
/// and the parent. The root has no inner region.
/// Source: Higgott and Gidney, arXiv 2303.15933, section 3; Edmonds' algorithm.
final class AlternatingForest {

    private static final int NONE = RegionFlood.NONE;

    /// The partner of a region that is matched to the boundary.
    static final int TO_BOUNDARY = -2;

    private final RegionFlood flood;

    /// By outer region. `innerEdge` leads from the inner to the outer region, `upEdge` from the
    /// inner region to the parent.
    private int[] inner = new int[16];

    private int[] innerEdge = new int[16];
    private int[] up = new int[16];
    private int[] upEdge = new int[16];
    private int[] firstChild = new int[16];
    private int[] sibling = new int[16];
    private long[] mark = new long[16];
    private long marks;

    private int[] path = new int[16];
    private int[] pathEdge = new int[16];
    private int roots;

    /// What the matching flips, and its edges if they were asked for.
    private long flipped;

    private int[] matched = new int[16];
    private int matchedCount;

    /// By region, when its match was collected last; and how often was collected.
    private long[] taken = new long[16];

    private long takes;

    AlternatingForest(RegionFlood flood) {
        this.flood = flood;
    }

    /// Makes a tree of one growing region.
    void root(int r) {
        node(r, NONE, NONE, NONE, NONE);
        roots++;
    }

    /// Runs until every tree is matched.
    ///
    /// @return false if some detection events cannot be matched
    boolean run() {
        while (roots > 0) {
            Found found = flood.advance();
            switch (found) {
                case NOTHING -> {
                    roots = 0;
                    return false;
                }
                case HIT -> {
                    hit(flood.first, flood.second, flood.edge);
                    flood.revisit();
                }
                case BOUNDARY -> {
                    augment(flood.first, TO_BOUNDARY, flood.edge);
                    flood.revisit();
                }
                case SHATTER -> shatter(flood.first);
                case IMPLODE -> implode(flood.first);
            }
        }
        return true;
    }

    private void node(int outer, int in, int inEdge, int above, int aboveEdge) {
        if (outer >= inner.length) grow(outer);
        inner[outer] = in;
        innerEdge[outer] = inEdge;
        upEdge[outer] = aboveEdge;
        firstChild[outer] = NONE;
        flood.tree[outer] = outer;
        if (in != NONE) flood.tree[in] = outer;
        up[outer] = above;
        sibling[outer] = NONE;
        if (above != NONE) adopt(above, outer);
    }

    private void adopt(int above, int outer) {
        up[outer] = above;
        sibling[outer] = firstChild[above];
        firstChild[above] = outer;
    }

    private void disown(int outer) {
        int above = up[outer];
        if (above == NONE) return;
        int c = firstChild[above];
        if (c == outer) {
            firstChild[above] = sibling[outer];
            return;
        }
        while (sibling[c] != outer) c = sibling[c];
        sibling[c] = sibling[outer];
    }

    private void grow(int atLeast) {
        int length = Math.max(2 * inner.length, atLeast + 1);
        inner = Arrays.copyOf(inner, length);
        innerEdge = Arrays.copyOf(innerEdge, length);
        up = Arrays.copyOf(up, length);
        upEdge = Arrays.copyOf(upEdge, length);
        firstChild = Arrays.copyOf(firstChild, length);
        sibling = Arrays.copyOf(sibling, length);
        mark = Arrays.copyOf(mark, length);
    }

    private void hit(int a, int b, int edge) {
        int treeA = flood.tree[a];
        int treeB = flood.tree[b];
        if (treeB == NONE) {
            hitMatched(a, b, edge);
        } else {
            int ancestor = ancestor(treeA, treeB);
            if (ancestor == NONE) {
                augment(treeA, b, edge);
                augment(treeB, a, edge ^ 1);
            } else {
                close(treeA, treeB, ancestor, edge);
            }
        }
    }

    private void hitMatched(int a, int b, int edge) {
        int partner = flood.match[b];
        if (partner == TO_BOUNDARY) {
            augment(a, b, edge);
            flood.match[b] = a;
            flood.matchEdge[b] = edge ^ 1;
            return;
        }
        int partnerEdge = flood.matchEdge[b];
        flood.match[b] = NONE;
        flood.match[partner] = NONE;
        node(partner, b, partnerEdge, a, edge ^ 1);
        flood.shrink(b);
        flood.grow(partner);
    }

    /// The lowest node that two nodes are both below, or -1 if they are of two trees.
    private int ancestor(int a, int b) {
        marks++;
        int i = a;
        int j = b;
        while (i != NONE || j != NONE) {
            if (i != NONE) {
                if (mark[i] == marks) return i;
                mark[i] = marks;
                i = up[i];
            }
            if (j != NONE) {
                if (mark[j] == marks) return j;
                mark[j] = marks;
                j = up[j];
            }
        }
        return NONE;
    }

    /// Matches an outer region of a tree outwards, and thereby the whole tree.
    private void augment(int outer, int partner, int edge) {
        int root = outer;
        int outwards = partner;
        int outEdge = edge;
        while (true) {
            pair(root, outwards, outEdge);
            int in = inner[root];
            inner[root] = NONE;
            if (in == NONE) break;
            int above = up[root];
            pair(in, above, upEdge[root]);
            outwards = in;
            outEdge = upEdge[root] ^ 1;
            root = above;
        }
        roots--;
        dissolve(root);
    }

    private void pair(int r, int partner, int edge) {
        flood.match[r] = partner;
        flood.matchEdge[r] = edge;
    }

    /// Takes a tree apart: what is not matched yet is matched within its node.
    private void dissolve(int root) {
        path[0] = root;
        int depth = 1;
        while (depth > 0) {
            int outer = path[--depth];
            int c = firstChild[outer];
            while (c != NONE) {
                if (depth == path.length) path = Arrays.copyOf(path, 2 * depth);
                path[depth++] = c;
                c = sibling[c];
            }
            int in = inner[outer];
            if (in != NONE) {
                pair(in, outer, innerEdge[outer]);
                pair(outer, in, innerEdge[outer] ^ 1);
            }
        }
        release(root);
    }

    /// Freezes all regions of a tree. The inner region of a node on the augmented path is found as
    /// the partner of its outer region's parent, so it is frozen by what matched it.
    private void release(int root) {
        int depth = 1;
        path[0] = root;
        while (depth > 0) {
            int outer = path[--depth];
            int c = firstChild[outer];
            while (c != NONE) {
                path[depth++] = c;
                c = sibling[c];
            }
            settle(outer);
            int partner = flood.match[outer];
            if (partner >= 0 && flood.tree[partner] != NONE && flood.tree[partner] != partner) {
                settle(partner);
            }
        }
    }

    private void settle(int r) {
        flood.tree[r] = NONE;
        flood.freeze(r);
    }

    /// Makes a blossom of the cycle that an edge between two nodes of one tree closes.
    private void close(int a, int b, int ancestor, int edge) {
        int above = up[ancestor];
        int aboveEdge = upEdge[ancestor];
        int in = inner[ancestor];
        int inEdge = innerEdge[ancestor];
        disown(ancestor);
        int[] next = flood.cycleNext;
        int[] nextEdge = flood.cycleEdge;
        int orphans = NONE;
        for (int i = a; i != ancestor; i = up[i]) {
            int between = inner[i];
            next[i] = between;
            nextEdge[i] = innerEdge[i] ^ 1;
            next[between] = up[i];
            nextEdge[between] = upEdge[i];
            disown(i);
        }
        for (int i = b; i != ancestor; i = up[i]) {
            int between = inner[i];
            next[up[i]] = between;
            nextEdge[up[i]] = upEdge[i] ^ 1;
            next[between] = i;
            nextEdge[between] = innerEdge[i];
            disown(i);
        }
        next[b] = a;
        nextEdge[b] = edge ^ 1;
        for (int i = a; i != ancestor; i = up[i]) orphans = gather(i, orphans);
        for (int i = b; i != ancestor; i = up[i]) orphans = gather(i, orphans);
        orphans = gather(ancestor, orphans);
        int blossom = flood.blossom(ancestor);
        node(blossom, in, inEdge, above, aboveEdge);
        firstChild[blossom] = orphans;
        for (int c = orphans; c != NONE; c = sibling[c]) up[c] = blossom;
        flood.rescheduleArea(blossom);
    }

    /// Puts the children of a node in front of a list of nodes.
    private int gather(int outer, int list) {
        int c = firstChild[outer];
        if (c == NONE) return list;
        int head = c;
        while (sibling[c] != NONE) c = sibling[c];
        sibling[c] = list;
        return head;
    }

    /// An inner blossom is used up: its parts go into the tree or become matched.
    private void shatter(int b) {
        int outer = flood.tree[b];
        int above = up[outer];
        int aboveEdge = upEdge[outer];
        int in = part(b, flood.from(aboveEdge));
        int out = part(b, flood.from(innerEdge[outer]));
        int steps = 0;
        int size = 0;
        for (int c = in; c != out; c = flood.cycleNext[c]) steps++;
        int round = in;
        do {
            size++;
            round = flood.cycleNext[round];
        } while (round != in);
        disown(outer);
        boolean forward = (steps & 1) == 0;
        int length = forward ? steps : size - steps;
        walk(forward ? in : out, length, forward);
        flood.release(b);
        // The other way round has an even number of parts: they are matched in pairs.
        int end = forward ? out : in;
        int begin = forward ? in : out;
        for (int c = flood.cycleNext[end]; c != begin; ) {
            int d = flood.cycleNext[c];
            int e = flood.cycleEdge[c];
            pair(c, d, e);
            pair(d, c, e ^ 1);
            int following = flood.cycleNext[d];
            flood.rescheduleArea(c);
            flood.rescheduleArea(d);
            c = following;
        }
        int last = above;
        int lastEdge = aboveEdge;
        for (int i = 0; i < length; i += 2) {
            int innerPart = path[i];
            int outerPart = path[i + 1];
            node(outerPart, innerPart, pathEdge[i], last, lastEdge);
            flood.shrink(innerPart);
            flood.grow(outerPart);
            last = outerPart;
            lastEdge = pathEdge[i + 1] ^ 1;
        }
        int nearest = path[length];
        inner[outer] = nearest;
        flood.tree[nearest] = outer;
        upEdge[outer] = lastEdge;
        adopt(last, outer);
        flood.shrink(nearest);
    }

    /// Fills `path` with the parts from the inner side to the outer side, and `pathEdge[i]` with
    /// the edge from part i to part i+1.
    private void walk(int begin, int length, boolean forward) {
        if (length >= path.length) {
            path = Arrays.copyOf(path, 2 * length + 1);
        }
        if (path.length > pathEdge.length) pathEdge = Arrays.copyOf(pathEdge, path.length);
        int c = begin;
        for (int i = 0; i <= length; i++) {
            path[forward ? i : length - i] = c;
            if (i < length) {
                int e = flood.cycleEdge[c];
                if (forward) pathEdge[i] = e;
                else pathEdge[length - 1 - i] = e ^ 1;
            }
            c = flood.cycleNext[c];
        }
    }

    /// The part of a blossom that holds a detection event.
    private int part(int blossom, int event) {
        int r = flood.get(event, RegionFlood.REGION);
        while (flood.parent[r] != blossom) r = flood.parent[r];
        return r;
    }

    /// A single detection event that is inner is used up: the regions on both sides touch.
    private void implode(int r) {
        int outer = flood.tree[r];
        int above = up[outer];
        int edge = flood.join(innerEdge[outer] ^ 1, upEdge[outer]);
        close(outer, above, above, edge);
    }

    /// Starts to collect the matching.
    void collect() {
        flipped = 0;
        matchedCount = 0;
        takes++;
    }

    /// Adds the match of the outermost region of a detection event, if it was not added before.
    void collect(int event) {
        int r = flood.get(event, RegionFlood.TOP);
        if (r >= taken.length) taken = Arrays.copyOf(taken, Math.max(r + 1, 2 * taken.length));
        if (taken[r] == takes) return;
        int partner = flood.match[r];
        int edge = flood.matchEdge[r];
        take(edge);
        taken[r] = takes;
        expand(r, flood.from(edge));
        if (partner == TO_BOUNDARY) return;
        if (partner >= taken.length) {
            taken = Arrays.copyOf(taken, Math.max(partner + 1, 2 * taken.length));
        }
        taken[partner] = takes;
        expand(partner, flood.from(edge ^ 1));
    }

    private void take(int edge) {
        flipped ^= flood.edgeFlips(edge);
        if (matchedCount == matched.length) matched = Arrays.copyOf(matched, 2 * matchedCount);
        matched[matchedCount++] = edge;
    }

    /// Adds the matches within a blossom, one of whose detection events is matched outside.
    private void expand(int r, int event) {
        if (flood.child[r] == NONE) return;
        int part = part(r, event);
        expand(part, event);
        for (int c = flood.cycleNext[part]; c != part; ) {
            int d = flood.cycleNext[c];
            int edge = flood.cycleEdge[c];
            take(edge);
            expand(c, flood.from(edge));
            expand(d, flood.from(edge ^ 1));
            c = flood.cycleNext[d];
        }
    }

    long flipped() {
        return flipped;
    }

    int matchedCount() {
        return matchedCount;
    }

    int matched(int i) {
        return matched[i];
    }
}
