package org.qmk.estimate;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Counts what a graph asks for, as Azure's estimator counts a program: every node happens, guarded
/// or not; a qubit that was given back is taken again; a layer is a step of non-Clifford gates, and
/// gates of two qubits bring these to one layer. A rotation by a multiple of a quarter turn is
/// Clifford, by an odd multiple of an eighth a T gate.
public final class GraphCounts {

    /// Qubits, each with the layer that its next gate belongs to.
    private int[] layerOf = new int[16];

    private final int[] slotOf;
    private int[] freeSlots = new int[16];
    private int free;
    private int slots;
    private int barrier;

    /// Bit n of it: whether layer n has a rotation.
    private long[] rotationLayers = new long[4];

    private int layers;
    private long tCount;
    private long rotations;
    private long ccz;
    private long measurements;

    private GraphCounts(int qubits) {
        slotOf = new int[qubits];
    }

    /// @param order the node at each position of a run, from 0 to the size of the graph - 1
    public static LogicalCounts of(Graph graph, IntUnaryOperator order) {
        var counts = new GraphCounts(graph.qubits().size());
        for (int i = 0; i < graph.size(); i++) counts.node(graph, order.applyAsInt(i));
        long depth = 0;
        for (long word : counts.rotationLayers) depth += Long.bitCount(word);
        return new LogicalCounts(
                counts.slots,
                counts.tCount,
                counts.rotations,
                depth,
                counts.ccz,
                0,
                counts.measurements);
    }

    private void node(Graph graph, int node) {
        Opcode opcode = graph.opcode(node);
        int[] on = slots(graph, node, opcode);
        switch (opcode.family()) {
            case CORE -> core(opcode, graph, node);
            case CLIFFORD, LINK -> together(on);
            case MEASURE -> {
                together(on);
                measurements += opcode == Opcode.MEASURE_BELL ? 2 : 1;
            }
            case MAGIC -> {
                if (opcode.tCount() == 1) tGate(on);
                else cczGate(on);
            }
            case ROTATION -> rotation(graph.argument(node), on, opcode);
            case EVENT, POLICY -> {}
        }
    }

    private void core(Opcode opcode, Graph graph, int node) {
        if (opcode == Opcode.FREE_LQ) {
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                release(slotOf[Operand.index(graph.operand(i))]);
            }
        } else if (opcode == Opcode.FENCE_EPOCH) {
            Arrays.fill(layerOf, 0, slots, layers);
            barrier = layers;
        }
    }

    /// Where the node's qubits are; new ones are placed.
    private int[] slots(Graph graph, int node, Opcode opcode) {
        int count = graph.count(node, Operand.Kind.QUBIT);
        int[] on = new int[count];
        for (int i = 0; i < count; i++) {
            int qubit = graph.qubit(node, i);
            if (opcode == Opcode.ALLOC_LQ) slotOf[qubit] = take();
            on[i] = slotOf[qubit];
        }
        return on;
    }

    private int take() {
        if (free > 0) return freeSlots[--free];
        if (slots == layerOf.length) layerOf = Arrays.copyOf(layerOf, 2 * slots);
        layerOf[slots] = barrier;
        return slots++;
    }

    private void release(int slot) {
        if (free == freeSlots.length) freeSlots = Arrays.copyOf(freeSlots, 2 * free);
        freeSlots[free++] = slot;
    }

    /// Brings qubits to one layer, and gives it.
    private int together(int[] on) {
        int layer = 0;
        for (int slot : on) layer = Math.max(layer, layerOf[slot]);
        for (int slot : on) layerOf[slot] = layer;
        return layer;
    }

    private void tGate(int[] on) {
        tCount++;
        advance(on);
    }

    private void cczGate(int[] on) {
        ccz++;
        advance(on);
    }

    /// Uses a layer, and gives it.
    private int advance(int[] on) {
        int layer = together(on);
        for (int slot : on) layerOf[slot] = layer + 1;
        layers = Math.max(layers, layer + 1);
        return layer;
    }

    private void rotation(Argument argument, int[] on, Opcode opcode) {
        if (opcode == Opcode.MEASURE_ANGLE) measurements++;
        switch (argument.turn()) {
            case CLIFFORD -> together(on);
            case T -> tGate(on);
            case OTHER -> synthesis(on);
        }
    }

    private void synthesis(int[] on) {
        rotations++;
        int layer = advance(on);
        if (layer >>> 6 >= rotationLayers.length) {
            rotationLayers = Arrays.copyOf(rotationLayers, 2 * (layer >>> 6));
        }
        rotationLayers[layer >>> 6] |= 1L << layer;
    }
}
