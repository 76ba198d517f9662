package org.qmk.qec.unionfind;

import java.util.Arrays;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;

/// Clusters grow from fired detectors, over likely mechanisms faster, until each has an even number
/// of these or has reached a mechanism of one detector, the boundary; a correction is then found
/// within each. Nearly linear in time, less exact than matching.
///
/// Source: Delfosse and Nickerson, arXiv 1709.06218; weighted growth as in Huang, Newman and Brown,
/// arXiv 2004.04693.
public final class UnionFindDecoder implements SyndromeDecoder {

    private static final int NONE = -1;

    /// Units of a length: the logarithm of a ratio of chances.
    private static final double LENGTH_UNIT = 64;

    private final DecodingProblem problem;

    /// Edges of a node, as `DecodingProblem` has them.
    private final int[] starts;

    private final int[] edges;

    /// The ends of an edge; the second is `NONE` at the boundary.
    private final int[] ends;

    /// Above 0. A mechanism that happens in half of the cases or more has length 1.
    private final int[] lengths;

    /// Of an edge: how much of it is in clusters, and whether it joined two.
    private final int[] grown;

    private final boolean[] isJoint;
    private final boolean[] isFlipped;

    /// Of a node: whether it fired and is not yet explained; towards the root of its cluster; the
    /// next node of the cluster, in a ring; where it is in the order of a walk.
    private final boolean[] isFired;

    private final int[] parents;
    private final int[] ring;
    private final boolean[] isWalked;

    /// Of a root: how many nodes there are, whether an odd number fired, the edge at which the
    /// cluster reached the boundary, and whether it cannot grow any more.
    private final int[] sizes;

    private final boolean[] isOdd;
    private final int[] boundaryEdges;
    private final boolean[] isStuck;

    private final int[] touched;
    private final int[] touchedEdges;
    private final int[] active;
    private final int[] full;
    private final int[] walk;
    private final int[] walkEdges;
    private int touchedCount;
    private int touchedEdgeCount;
    private int activeCount;
    private int fullCount;
    private boolean isExplained;

    /// @throws IllegalArgumentException if a mechanism flips more than two detectors
    public UnionFindDecoder(DecodingProblem problem) {
        this.problem = problem;
        int nodes = problem.detectors();
        int count = problem.mechanisms();
        ends = new int[2 * count];
        lengths = new int[count];
        for (int edge = 0; edge < count; edge++) {
            int start = problem.columnStart(edge);
            int weight = problem.columnStart(edge + 1) - start;
            if (weight > 2) {
                throw new IllegalArgumentException(
                        "mechanism %d flips %d detectors, expected 1 or 2".formatted(edge, weight));
            }
            ends[2 * edge] = problem.detector(start);
            ends[2 * edge + 1] = weight == 2 ? problem.detector(start + 1) : NONE;
            double chance = Math.min(0.5, problem.chance(edge));
            double length = LENGTH_UNIT * Math.log((1 - chance) / chance);
            lengths[edge] = (int) Math.clamp(Math.rint(length), 1, 1 << 20);
        }
        starts = new int[nodes + 1];
        for (int i = 0; i <= nodes; i++) starts[i] = problem.rowStart(i);
        edges = new int[problem.entries()];
        for (int i = 0; i < edges.length; i++) edges[i] = problem.mechanism(i);
        grown = new int[count];
        isJoint = new boolean[count];
        isFlipped = new boolean[count];
        isFired = new boolean[nodes];
        parents = new int[nodes];
        ring = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            parents[i] = i;
            ring[i] = i;
        }
        isWalked = new boolean[nodes];
        sizes = new int[nodes];
        Arrays.fill(sizes, 1);
        isOdd = new boolean[nodes];
        boundaryEdges = new int[nodes];
        Arrays.fill(boundaryEdges, NONE);
        isStuck = new boolean[nodes];
        touched = new int[nodes];
        touchedEdges = new int[count];
        active = new int[nodes];
        full = new int[count];
        walk = new int[nodes];
        walkEdges = new int[nodes];
    }

    @Override
    public DecodingProblem problem() {
        return problem;
    }

    @Override
    public boolean isExplained() {
        return isExplained;
    }

    @Override
    public boolean isInCorrection(int mechanism) {
        return isFlipped[mechanism];
    }

    @Override
    public long decode(long[] syndrome, int from) {
        forget();
        for (int i = 0; i < problem.words(); i++) {
            long left = syndrome[from + i];
            while (left != 0) {
                int node = 64 * i + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                isFired[node] = true;
                isOdd[node] = true;
                touched[touchedCount++] = node;
            }
        }
        int fired = touchedCount;
        System.arraycopy(touched, 0, active, 0, fired);
        activeCount = fired;
        while (activeCount > 0) {
            grow();
            join();
            keepActive();
        }
        isExplained = true;
        long observables = 0;
        for (int i = 0; i < fired; i++) {
            if (!isWalked[touched[i]]) observables ^= peel(find(touched[i]));
        }
        return observables;
    }

    private void forget() {
        for (int i = 0; i < touchedCount; i++) {
            int node = touched[i];
            parents[node] = node;
            ring[node] = node;
            sizes[node] = 1;
            isOdd[node] = false;
            isFired[node] = false;
            isWalked[node] = false;
            isStuck[node] = false;
            boundaryEdges[node] = NONE;
        }
        for (int i = 0; i < touchedEdgeCount; i++) {
            int edge = touchedEdges[i];
            grown[edge] = 0;
            isJoint[edge] = false;
            isFlipped[edge] = false;
        }
        touchedCount = 0;
        touchedEdgeCount = 0;
    }

    private int find(int node) {
        int root = node;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private boolean isActive(int root) {
        return isOdd[root] && boundaryEdges[root] == NONE && !isStuck[root];
    }

    /// Lets all active clusters grow until an edge is full.
    private void grow() {
        int step = Integer.MAX_VALUE;
        for (int i = 0; i < activeCount; i++) {
            int near = step(active[i]);
            // All of a component is in the cluster, and there is no boundary.
            if (near == Integer.MAX_VALUE) isStuck[active[i]] = true;
            step = Math.min(step, near);
        }
        fullCount = 0;
        for (int i = 0; i < activeCount; i++) {
            if (!isStuck[active[i]]) grow(active[i], step);
        }
    }

    /// How far a cluster can grow; the largest int if it has no edge to grow over.
    private int step(int root) {
        int step = Integer.MAX_VALUE;
        int node = root;
        do {
            for (int i = starts[node]; i < starts[node + 1]; i++) {
                int edge = edges[i];
                int left = lengths[edge] - grown[edge];
                if (left <= 0) continue;
                int other = otherEnd(edge, node);
                int otherRoot = other == NONE ? NONE : find(other);
                if (otherRoot == root) continue;
                boolean isFromBoth = otherRoot != NONE && isActive(otherRoot);
                step = Math.min(step, isFromBoth ? (left + 1) / 2 : left);
            }
            node = ring[node];
        } while (node != root);
        return step;
    }

    private int otherEnd(int edge, int node) {
        return ends[2 * edge] == node ? ends[2 * edge + 1] : ends[2 * edge];
    }

    private void grow(int root, int step) {
        int node = root;
        do {
            for (int i = starts[node]; i < starts[node + 1]; i++) {
                int edge = edges[i];
                if (grown[edge] >= lengths[edge]) continue;
                int other = otherEnd(edge, node);
                if (other != NONE && find(other) == root) continue;
                if (grown[edge] == 0) touchedEdges[touchedEdgeCount++] = edge;
                grown[edge] += step;
                if (grown[edge] >= lengths[edge]) full[fullCount++] = edge;
            }
            node = ring[node];
        } while (node != root);
    }

    /// Joins clusters over the edges that have become full.
    private void join() {
        for (int i = 0; i < fullCount; i++) {
            int edge = full[i];
            int root = find(ends[2 * edge]);
            if (ends[2 * edge + 1] == NONE) {
                if (boundaryEdges[root] == NONE) boundaryEdges[root] = edge;
                continue;
            }
            int other = find(ends[2 * edge + 1]);
            if (root == other) continue;
            isJoint[edge] = true;
            touch(root);
            touch(other);
            int large = sizes[root] >= sizes[other] ? root : other;
            int small = large == root ? other : root;
            parents[small] = large;
            sizes[large] += sizes[small];
            isOdd[large] ^= isOdd[small];
            isStuck[large] = false;
            if (boundaryEdges[large] == NONE) boundaryEdges[large] = boundaryEdges[small];
            int next = ring[large];
            ring[large] = ring[small];
            ring[small] = next;
        }
    }

    /// A node that has not fired is in a list as soon as it is in a cluster.
    private void touch(int root) {
        if (sizes[root] == 1 && !isFired[root]) touched[touchedCount++] = root;
    }

    private void keepActive() {
        int count = 0;
        for (int i = 0; i < activeCount; i++) {
            int root = find(active[i]);
            if (!isActive(root) || isWalked[root]) continue;
            // Marks roots that are in the list again.
            isWalked[root] = true;
            active[count++] = root;
        }
        activeCount = count;
        for (int i = 0; i < count; i++) isWalked[active[i]] = false;
    }

    /// Walks the tree of a cluster from its end at the boundary, then flips edges from the leaves
    /// on.
    private long peel(int root) {
        int boundary = boundaryEdges[root];
        int size = 0;
        walk[size] = boundary == NONE ? root : ends[2 * boundary];
        walkEdges[size] = boundary;
        isWalked[walk[size++]] = true;
        for (int at = 0; at < size; at++) {
            int node = walk[at];
            for (int i = starts[node]; i < starts[node + 1]; i++) {
                int edge = edges[i];
                if (!isJoint[edge]) continue;
                int other = otherEnd(edge, node);
                if (isWalked[other]) continue;
                isWalked[other] = true;
                walk[size] = other;
                walkEdges[size++] = edge;
            }
        }
        long observables = 0;
        for (int at = size - 1; at >= 0; at--) {
            if (!isFired[walk[at]]) continue;
            int edge = walkEdges[at];
            if (edge == NONE) {
                isExplained = false;
                break;
            }
            isFlipped[edge] = true;
            observables ^= problem.observables(edge);
            int other = otherEnd(edge, walk[at]);
            if (other != NONE) isFired[other] = !isFired[other];
        }
        return observables;
    }
}
