package org.qmk.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.qmk.qvm.*;

/// The parts of a verified graph that can be taken back.
///
/// A segment is a maximal run, per connected set of qubits, of nodes whose operation has an
/// inverse; a guarded node belongs, since its inverse carries the same guard. Any other node on a
/// qubit (allocation, reset, measurement, freeing, injection, use of a link) ends the segment of
/// that qubit, for all qubits of the segment. Fences, regions and event logic end none.
///
/// Undoing the last k nodes of a segment, in backward order, gives each of its qubits the state it
/// had before those nodes. Segments are numbered by their first nodes; the nodes of a segment are
/// in program order.
public final class RevSegments {
    /// One node of an inverse program.
    ///
    /// @param opcode what to apply
    /// @param node whose qubits, events, guard and argument to apply it with
    /// @param angleNegated whether the argument's angle changes its sign
    public record Inverse(Opcode opcode, int node, boolean angleNegated) {}

    /// What running a segment costs, and so what undoing it costs.
    ///
    /// @param depth nodes on the longest chain of shared qubits, those done in software left out
    /// @param tCount T gates of exact realisations
    /// @param rotations nodes to be synthesised
    public record Cost(int depth, long tCount, int rotations) {}

    private final Graph graph;

    // Segment s has the nodes from members[starts[s]] to members[starts[s + 1] - 1].
    private final int[] starts;
    private final int[] members;

    RevSegments(Graph graph) {
        this.graph = graph;
        int[] segments = join();
        int count = 0;
        for (int node = 0; node < segments.length; node++) {
            if (segments[node] < 0) continue;
            // An earlier node was numbered already: it holds -2 - its segment.
            segments[node] = segments[node] == node ? -2 - count++ : segments[segments[node]];
        }
        starts = new int[count + 1];
        for (int code : segments) if (code < -1) starts[-1 - code]++;
        for (int i = 1; i <= count; i++) starts[i] += starts[i - 1];
        int[] next = starts.clone();
        members = new int[starts[count]];
        for (int node = 0; node < segments.length; node++) {
            if (segments[node] < -1) members[next[-2 - segments[node]]++] = node;
        }
    }

    /// The number of segments.
    public int count() {
        return starts.length - 1;
    }

    /// The number of nodes of a segment.
    public int length(int segment) {
        return starts[segment + 1] - starts[segment];
    }

    /// The node at the given place of a segment.
    public int node(int segment, int place) {
        return members[starts[segment] + Objects.checkIndex(place, length(segment))];
    }

    /// What takes a whole segment back, in the order to apply it.
    public List<Inverse> inverse(int segment) {
        List<Inverse> program = new ArrayList<>(length(segment));
        for (int place = length(segment) - 1; place >= 0; place--) {
            int node = node(segment, place);
            Opcode opcode = graph.opcode(node);
            boolean negated = opcode.undo() instanceof Undo.Negated;
            program.add(new Inverse(opcode.inverse().orElseThrow(), node, negated));
        }
        return List.copyOf(program);
    }

    /// Takes time in proportion to the segment's length, times its logarithm.
    public Cost cost(int segment) {
        var depths = new TreeMap<Integer, Integer>();
        int depth = 0;
        long tCount = 0;
        int rotations = 0;
        for (int place = 0; place < length(segment); place++) {
            int node = node(segment, place);
            Opcode opcode = graph.opcode(node);
            tCount += opcode.tCount();
            if (opcode.family() == Family.ROTATION) rotations++;
            if (opcode.inSoftware()) continue;
            int qubits = graph.count(node, Operand.Kind.QUBIT);
            int reached = 0;
            for (int i = 0; i < qubits; i++) {
                reached = Math.max(reached, depths.getOrDefault(graph.qubit(node, i), 0));
            }
            for (int i = 0; i < qubits; i++) depths.put(graph.qubit(node, i), reached + 1);
            depth = Math.max(depth, reached + 1);
        }
        return new Cost(depth, tCount, rotations);
    }

    /// By node: itself if it is the first of its segment, an earlier one of the segment if it is
    /// another, -1 if it is in none. A forest of disjoint sets in which each root is the smallest.
    private int[] join() {
        int[] parents = new int[graph.size()];
        // By node: whether the segment of which it is the root has ended.
        boolean[] ended = new boolean[parents.length];
        // By qubit: a node of its segment, or -1.
        int[] current = new int[graph.qubits().size()];
        Arrays.fill(current, -1);
        for (int node = 0; node < parents.length; node++) {
            boolean reversible = graph.opcode(node).reversible();
            int root = reversible ? node : -1;
            parents[node] = root;
            int qubits = graph.count(node, Operand.Kind.QUBIT);
            for (int place = 0; place < qubits; place++) {
                int qubit = graph.qubit(node, place);
                int met = current[qubit] < 0 ? -1 : root(parents, current[qubit]);
                current[qubit] = root;
                if (met < 0 || ended[met]) continue;
                ended[met] = !reversible;
                if (!reversible) continue;
                parents[Math.max(met, root)] = Math.min(met, root);
                root = Math.min(met, root);
            }
        }
        return parents;
    }

    /// The root of a node's set; halves the path to it on the way.
    private static int root(int[] parents, int node) {
        int at = node;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
