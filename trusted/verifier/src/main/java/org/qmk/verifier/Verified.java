package org.qmk.verifier;

import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.qmk.qvm.*;

/// A graph that may run, and what the verifier found out about it. Only the verifier makes one, so
/// holding one is the proof: whatever the measured bits, running it touches only live qubits and
/// open channels, reads only events that were made, and leaves nothing live.
public final class Verified implements Verdict {

    private final Graph graph;
    private final int qubitsPeak;

    /// The nodes in order; empty if that is program order.
    private final int[] order;

    private final RevSegments segments;
    private final long tCount;
    private final long rotations;
    private final boolean clifford;
    private final boolean feedForward;

    /// @param graph a graph without violations
    /// @param qubitsPeak see the accessor
    /// @param order the nodes in order; empty if that is program order
    Verified(Graph graph, int qubitsPeak, int[] order) {
        this.graph = graph;
        this.qubitsPeak = qubitsPeak;
        this.order = order;
        this.segments = new RevSegments(graph);
        this.tCount = opcodes().mapToLong(Opcode::tCount).sum();
        this.rotations = opcodes().filter(opcode -> opcode.family() == Family.ROTATION).count();
        this.clifford = rotations == 0 && opcodes().noneMatch(o -> o.family() == Family.MAGIC);
        this.feedForward = IntStream.range(0, graph.size()).anyMatch(this::feedsForward);
    }

    private Stream<Opcode> opcodes() {
        return IntStream.range(0, graph.size()).mapToObj(graph::opcode);
    }

    private boolean feedsForward(int node) {
        Shape shape = graph.opcode(node).shape();
        boolean quantum = shape.qubitsMin + shape.channels > 0;
        return shape == Shape.CORRECTION || quantum && graph.guardIndex(node) != 0;
    }

    public Graph graph() {
        return graph;
    }

    /// The largest number of qubits live at once when the nodes happen in the order of `orderAt`. A
    /// qubit counts while it is live on some path.
    public int qubitsPeak() {
        return qubitsPeak;
    }

    /// T gates of exact realisations, guarded ones included; rotations are not counted here.
    public long tCount() {
        return tCount;
    }

    /// Nodes of the rotation family, which a fault-tolerant machine synthesises.
    public long rotations() {
        return rotations;
    }

    /// The node at a position of a topological order of the graph: of the nodes that wait for
    /// nothing, the first in the program, again and again. Without an after edge that points
    /// forward, this is program order.
    ///
    /// @param position 0 to the size of the graph - 1
    public int orderAt(int position) {
        return order.length == 0 ? Objects.checkIndex(position, graph.size()) : order[position];
    }

    public RevSegments segments() {
        return segments;
    }

    /// Whether every operation turns stabilizer states into stabilizer states. A rotation counts as
    /// one that does not, whatever its angle.
    public boolean clifford() {
        return clifford;
    }

    /// Whether what happens to a qubit or a channel may depend on an event.
    public boolean feedForward() {
        return feedForward;
    }
}
