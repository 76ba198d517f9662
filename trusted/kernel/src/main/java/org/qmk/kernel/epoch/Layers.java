package org.qmk.kernel.epoch;

import java.util.Arrays;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.verifier.Verified;

/// The nodes of a program in the order of the earliest epoch in which each can happen.
///
/// A node that the machine carries out takes one epoch and begins after the epochs of all that it
/// depends on: the former uses of its qubits and channels, the events that it reads, fences and
/// explicit edges. A node done in software happens in the epoch of what it depends on.
///
/// An allocation also waits for every FREE before it in the verifier's order. So the allocations
/// done at any time are followed by no fewer FREEs than in that order, and no more qubits are live
/// at once than `Verified.qubitsPeak` says.
public final class Layers {

    private final int[] nodes;

    /// Position past the last node of each layer.
    private final int[] ends;

    private Layers(int[] nodes, int[] ends) {
        this.nodes = nodes;
        this.ends = ends;
    }

    /// The number of nodes.
    public int size() {
        return nodes.length;
    }

    public int node(int position) {
        return nodes[position];
    }

    /// The epochs that one shot takes when nothing makes it wait.
    public int count() {
        return ends.length;
    }

    /// Position past the last node of the layer that the given position is in.
    int layerEnd(int position) {
        int place = Arrays.binarySearch(ends, position);
        return place < 0 ? ends[-place - 1] : ends[place + 1];
    }

    public static Layers of(Verified program) {
        Graph graph = program.graph();
        int[] levels = levels(program);
        // What needs nothing happens in the first epoch, not in one of its own.
        for (int node = 0; node < levels.length; node++) levels[node] = Math.max(1, levels[node]);
        int deepest = 0;
        for (int level : levels) deepest = Math.max(deepest, level);
        int[] starts = new int[deepest + 2];
        for (int level : levels) starts[level + 1]++;
        for (int i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
        int[] next = Arrays.copyOf(starts, deepest + 1);
        int[] nodes = new int[graph.size()];
        for (int position = 0; position < nodes.length; position++) {
            int node = program.orderAt(position);
            nodes[next[levels[node]]++] = node;
        }
        int layers = 0;
        int[] ends = new int[deepest + 1];
        for (int level = 0; level <= deepest; level++) {
            if (starts[level + 1] > starts[level]) ends[layers++] = starts[level + 1];
        }
        return new Layers(nodes, Arrays.copyOf(ends, layers));
    }

    private static int[] levels(Verified program) {
        Graph graph = program.graph();
        int[] levels = new int[graph.size()];
        int[] ofQubit = new int[graph.qubits().size()];
        int[] ofChannel = new int[graph.channels().size()];
        int[] ofEvent = new int[graph.events().size()];
        int[] afterStart = afterStarts(graph);
        int floor = 0;
        int freed = 0;
        int deepest = 0;
        for (int position = 0; position < graph.size(); position++) {
            int node = program.orderAt(position);
            int ready = Math.max(floor, guardLevel(graph.guard(node), ofEvent));
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                int level =
                        switch (Operand.kind(graph.operand(i))) {
                            case QUBIT -> ofQubit[index];
                            case CHANNEL -> ofChannel[index];
                            case INPUT -> ofEvent[index];
                            case OUTPUT -> 0;
                        };
                ready = Math.max(ready, level);
            }
            for (int edge = afterStart[node]; edge < afterStart[node + 1]; edge++) {
                ready = Math.max(ready, levels[graph.afterTarget(edge)]);
            }
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ) ready = Math.max(ready, freed);
            boolean fence = opcode == Opcode.FENCE_EPOCH;
            int level = fence ? Math.max(ready, deepest) : ready + (opcode.inSoftware() ? 0 : 1);
            levels[node] = level;
            deepest = Math.max(deepest, level);
            if (fence) floor = level;
            if (opcode == Opcode.FREE_LQ) freed = Math.max(freed, level);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int index = Operand.index(graph.operand(i));
                switch (Operand.kind(graph.operand(i))) {
                    case QUBIT -> ofQubit[index] = level;
                    case CHANNEL -> ofChannel[index] = level;
                    case INPUT -> {}
                    case OUTPUT -> ofEvent[index] = level;
                }
            }
        }
        return levels;
    }

    private static int guardLevel(Guard guard, int[] ofEvent) {
        return switch (guard) {
            case Guard.Always() -> 0;
            case Guard.Is(int event, boolean _) -> ofEvent[event];
            case Guard.All(var parts) -> deepest(parts, ofEvent);
            case Guard.Any(var parts) -> deepest(parts, ofEvent);
        };
    }

    private static int deepest(Iterable<Guard> parts, int[] ofEvent) {
        int deepest = 0;
        for (Guard part : parts) deepest = Math.max(deepest, guardLevel(part, ofEvent));
        return deepest;
    }

    /// By node: the first of its explicit edges, which are sorted by waiting node.
    private static int[] afterStarts(Graph graph) {
        int[] starts = new int[graph.size() + 1];
        for (int edge = 0; edge < graph.afterCount(); edge++) starts[graph.afterNode(edge) + 1]++;
        for (int i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
        return starts;
    }
}
