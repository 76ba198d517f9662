package org.qmk.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Undo;

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
    /// @param depth nodes on the longest chain, those done in software left out
    /// @param tCount T gates of exact realisations
    /// @param rotations nodes to be synthesised
    public record Cost(int depth, long tCount, int rotations) {}

    private final Graph graph;
    // Segment s has the nodes from members[starts[s]] to members[starts[s + 1] - 1].
    private final int[] starts;
    private final int[] members;

    private RevSegments(Graph graph, int[] starts, int[] members) {
        this.graph = graph;
        this.starts = starts;
        this.members = members;
    }

    static RevSegments of(Graph graph) {
        int[] parents = join(graph);
        int count = 0;
        for (int node = 0; node < parents.length; node++) {
            if (parents[node] == node) count++;
        }
        int[] starts = new int[count + 1];
        int[] members = number(parents, starts);
        return new RevSegments(graph, starts, members);
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
        if (place < 0 || place >= length(segment)) {
            throw new IndexOutOfBoundsException(
                    "place " + place + " of a segment of " + length(segment) + " nodes");
        }
        return members[starts[segment] + place];
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

    public Cost cost(int segment) {
        int[] qubits = qubits(segment);
        int[] depths = new int[qubits.length];
        int depth = 0;
        long tCount = 0;
        int rotations = 0;
        for (int place = 0; place < length(segment); place++) {
            int node = node(segment, place);
            Opcode opcode = graph.opcode(node);
            tCount += opcode.tCount();
            if (opcode.family() == Family.ROTATION) rotations++;
            if (opcode.inSoftware()) continue;
            int reached = 0;
            for (int i = graph.operandStart(node); isQubit(node, i); i++) {
                reached = Math.max(reached, depths[Arrays.binarySearch(qubits, handle(i))]);
            }
            reached++;
            for (int i = graph.operandStart(node); isQubit(node, i); i++) {
                depths[Arrays.binarySearch(qubits, handle(i))] = reached;
            }
            depth = Math.max(depth, reached);
        }
        return new Cost(depth, tCount, rotations);
    }

    /// The qubits of a segment, ascending, each once.
    private int[] qubits(int segment) {
        int count = 0;
        for (int place = 0; place < length(segment); place++) {
            int node = node(segment, place);
            for (int i = graph.operandStart(node); isQubit(node, i); i++) count++;
        }
        int[] qubits = new int[count];
        for (int place = 0; place < length(segment); place++) {
            int node = node(segment, place);
            for (int i = graph.operandStart(node); isQubit(node, i); i++) qubits[--count] = handle(i);
        }
        Arrays.sort(qubits);
        for (int qubit : qubits) {
            if (count == 0 || qubits[count - 1] != qubit) qubits[count++] = qubit;
        }
        return Arrays.copyOf(qubits, count);
    }

    private boolean isQubit(int node, int operand) {
        return operand < graph.operandEnd(node)
                && Operand.kind(graph.operand(operand)) == Operand.Kind.QUBIT;
    }

    private int handle(int operand) {
        return Operand.index(graph.operand(operand));
    }

    /// By node: itself if it is the first of its segment, an earlier one of the segment if it is
    /// another, -1 if it is in none. A forest of disjoint sets in which each root is the smallest.
    private static int[] join(Graph graph) {
        int[] parents = new int[graph.size()];
        long[] ended = new long[graph.size() + 63 >>> 6];
        // By qubit: a node of its segment, or -1.
        int[] current = new int[graph.qubits().size()];
        Arrays.fill(current, -1);
        for (int node = 0; node < parents.length; node++) {
            boolean reversible = graph.opcode(node).reversible();
            int root = reversible ? node : -1;
            int end = graph.operandEnd(node);
            parents[node] = root;
            for (int i = graph.operandStart(node); i < end; i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) break;
                int qubit = Operand.index(graph.operand(i));
                int met = current[qubit] < 0 ? -1 : root(parents, current[qubit]);
                current[qubit] = root;
                if (met < 0 || (ended[met >>> 6] >>> met & 1) != 0) continue;
                if (reversible) {
                    parents[Math.max(met, root)] = Math.min(met, root);
                    root = Math.min(met, root);
                } else {
                    ended[met >>> 6] |= 1L << met;
                }
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

    /// Sorts the nodes by segment and counts them in `starts`; uses up `parents`.
    private static int[] number(int[] parents, int[] starts) {
        int count = 0;
        int members = 0;
        for (int node = 0; node < parents.length; node++) {
            int parent = parents[node];
            if (parent < 0) continue;
            // An earlier node was numbered already: it holds -2 - its segment.
            int segment = parent == node ? count++ : -2 - parents[parent];
            parents[node] = -2 - segment;
            starts[segment + 1]++;
            members++;
        }
        for (int segment = 0; segment < count; segment++) starts[segment + 1] += starts[segment];
        int[] next = Arrays.copyOf(starts, count);
        int[] sorted = new int[members];
        for (int node = 0; node < parents.length; node++) {
            if (parents[node] < -1) sorted[next[-2 - parents[node]]++] = node;
        }
        return sorted;
    }
}
