package org.qmk.kernel.epoch;

import java.util.Arrays;
import org.qmk.qvm.*;

/// Which of the blocks of a shot each qubit has: the same for all shots and all waves.
///
/// A qubit takes the lowest slot that is free when it is allocated. It gives the slot back when it
/// is freed; a qubit that is allocated or freed under a guard keeps its slot to the last of its
/// nodes, since on some path it may live on.
final class Slots {

    private final int count;

    /// By qubit, and past the last: the first of its allocations.
    private final int[] starts;

    /// By allocation, those of a qubit one after another in the order of the layers: where it
    /// happens, and the slot that it takes.
    private final int[] positions;

    private final int[] taken;

    Slots(Graph graph, Layers layers) {
        int[] lastOf = lastNodes(graph, layers);
        int[] slotOf = new int[graph.qubits().size()];
        Arrays.fill(slotOf, -1);
        this.starts = allocations(graph);
        this.positions = new int[starts[slotOf.length]];
        this.taken = new int[positions.length];
        int[] next = Arrays.copyOf(starts, slotOf.length);
        // A heap would be faster to search; a program holds few qubits at once, or never frees any.
        boolean[] used = new boolean[16];
        int lowest = 0;
        int most = 0;
        for (int position = 0; position < layers.size(); position++) {
            int node = layers.node(position);
            Opcode opcode = graph.opcode(node);
            if (opcode != Opcode.ALLOC_LQ && opcode != Opcode.FREE_LQ) continue;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int qubit = Operand.index(graph.operand(i));
                if (opcode == Opcode.ALLOC_LQ) {
                    if (slotOf[qubit] < 0) {
                        while (lowest < used.length && used[lowest]) lowest++;
                        if (lowest == used.length) used = Arrays.copyOf(used, 2 * lowest);
                        used[lowest] = true;
                        slotOf[qubit] = lowest;
                        most = Math.max(most, lowest + 1);
                    }
                    positions[next[qubit]] = position;
                    taken[next[qubit]++] = slotOf[qubit];
                } else if (lastOf[qubit] < 0 || lastOf[qubit] == position) {
                    used[slotOf[qubit]] = false;
                    lowest = Math.min(lowest, slotOf[qubit]);
                    slotOf[qubit] = -1;
                }
            }
        }
        count = most;
    }

    private static int[] allocations(Graph graph) {
        int[] starts = new int[graph.qubits().size() + 1];
        for (int node = 0; node < graph.size(); node++) {
            if (graph.opcode(node) != Opcode.ALLOC_LQ) continue;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                starts[Operand.index(graph.operand(i)) + 1]++;
            }
        }
        for (int i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
        return starts;
    }

    /// Slots that a shot needs.
    int count() {
        return count;
    }

    /// The slot that a live qubit has when the node at a position happens.
    int slot(int qubit, int position) {
        int at = Arrays.binarySearch(positions, starts[qubit], starts[qubit + 1], position);
        return taken[(at < 0 ? -at - 1 : at) - 1];
    }

    /// By qubit: the position of its last FREE if its life depends on a guard, else -1.
    private static int[] lastNodes(Graph graph, Layers layers) {
        int[] last = new int[graph.qubits().size()];
        boolean[] guarded = new boolean[last.length];
        for (int position = 0; position < layers.size(); position++) {
            int node = layers.node(position);
            Opcode opcode = graph.opcode(node);
            if (opcode != Opcode.ALLOC_LQ && opcode != Opcode.FREE_LQ) continue;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int qubit = Operand.index(graph.operand(i));
                guarded[qubit] |= graph.guardIndex(node) != 0;
                last[qubit] = position;
            }
        }
        for (int qubit = 0; qubit < last.length; qubit++) if (!guarded[qubit]) last[qubit] = -1;
        return last;
    }
}
