package org.qmk.sim;

import java.util.Arrays;
import java.util.BitSet;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Gives each living qubit the lowest free slot, in program order.
final class SlotAssigner {

    private static final int NONE = -1;

    private final Graph graph;
    // Slot by qubit handle, NONE where the handle holds none.
    private final int[] slots;
    private final BitSet taken = new BitSet();
    // Operands of FREE nodes after which no path holds the qubit.
    private final BitSet lastFrees;
    private int slotsPeak;
    private int operandOfNext;
    private int nodeOfNext = NONE;

    SlotAssigner(Graph graph) {
        this.graph = graph;
        slots = new int[graph.qubits().size()];
        Arrays.fill(slots, NONE);
        lastFrees = lastFrees(graph);
    }

    /// The slot of a living qubit.
    int slotOf(int qubit) {
        int slot = slots[qubit];
        if (slot == NONE) {
            throw new IllegalArgumentException(
                    "qubit " + graph.qubits().name(qubit) + " is used where it is not live");
        }
        return slot;
    }

    /// The slot of the qubit that the step acts on, which an ALLOC takes and a FREE gives back.
    /// To be called for the qubits of a node in their order.
    int slotFor(Act act, int node, int qubit) {
        if (act == Act.ALLOC) return take(qubit);
        int slot = slotOf(qubit);
        if (act == Act.FREE) {
            if (nodeOfNext != node) {
                nodeOfNext = node;
                operandOfNext = graph.operandStart(node);
            }
            if (lastFrees.get(operandOfNext++)) giveBack(qubit, slot);
        }
        return slot;
    }

    /// One more than the highest slot taken.
    int width() {
        return taken.length();
    }

    int slotsPeak() {
        return slotsPeak;
    }

    private int take(int qubit) {
        if (slots[qubit] != NONE) return slots[qubit];
        int slot = taken.nextClearBit(0);
        taken.set(slot);
        slots[qubit] = slot;
        slotsPeak = Math.max(slotsPeak, slot + 1);
        return slot;
    }

    private void giveBack(int qubit, int slot) {
        taken.clear(slot);
        slots[qubit] = NONE;
    }

    /// A FREE without a guard ends the qubit on every path, because the verifier knows that it is
    /// live there on every path. One with a guard does so if nothing but an unguarded ALLOC, or no
    /// ALLOC or FREE at all, follows for that handle.
    private static BitSet lastFrees(Graph graph) {
        BitSet last = new BitSet();
        BitSet keeps = new BitSet(graph.qubits().size());
        for (int node = graph.size() - 1; node >= 0; node--) {
            boolean frees = graph.opcode(node) == Opcode.FREE_LQ;
            if (!frees && graph.opcode(node) != Opcode.ALLOC_LQ) continue;
            boolean guarded = graph.guardIndex(node) != 0;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int qubit = Operand.index(graph.operand(i));
                if (frees && (!guarded || !keeps.get(qubit))) last.set(i);
                keeps.set(qubit, frees || guarded);
            }
        }
        return last;
    }
}
