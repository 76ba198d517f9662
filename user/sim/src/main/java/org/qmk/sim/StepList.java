package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// A graph as simulators run it, in columns: nodes taken apart into steps of few kinds, qubit names
/// replaced by slots that are used again after the qubit is freed, each time the lowest free one.
///
/// A slot that no qubit lives in is in the state 0. Where guards decide whether a qubit is freed,
/// its slot stays taken until every path has freed it.
final class StepList {

    /// The letters of a packed slot: bit 0 says X, bit 1 says Z, both say Y.
    static final int LETTER_SHIFT = 28;

    static final int SLOT_MASK = (1 << LETTER_SHIFT) - 1;
    static final int NO_EVENT = -1;

    private static final Act[] ACTS = Act.values();
    private static final PauliString X = PauliString.of("X");
    private static final PauliString Y = PauliString.of("Y");
    private static final PauliString Z = PauliString.of("Z");
    private static final PauliString XX = PauliString.of("XX");
    private static final PauliString ZZ = PauliString.of("ZZ");

    private final Graph graph;
    private int size;
    private byte[] acts = new byte[16];
    private boolean[] negatives = new boolean[16];
    private int[] nodes = new int[16];
    private int[] events = new int[16];
    private int[] widths = new int[16];
    private int[] ends = new int[16];
    private int[] slots = new int[32];
    private int slotCount;
    private final int slotsPeak;

    /// @param graph one that the verifier accepts
    StepList(Graph graph) {
        this.graph = graph;
        var assigner = new SlotAssigner(graph);
        for (int node = 0; node < graph.size(); node++) addNode(node, assigner);
        slotsPeak = assigner.slotsPeak();
    }

    Graph graph() {
        return graph;
    }

    /// The number of steps.
    int size() {
        return size;
    }

    Act act(int step) {
        return ACTS[acts[step]];
    }

    int node(int step) {
        return nodes[step];
    }

    /// The event that the step makes, or `NO_EVENT`.
    int event(int step) {
        return events[step];
    }

    Guard guard(int step) {
        return graph.guard(nodes[step]);
    }

    boolean isGuarded(int step) {
        return graph.guardIndex(nodes[step]) != 0;
    }

    /// One more than the highest slot in use after the step.
    int width(int step) {
        return widths[step];
    }

    /// The number of slots that the whole list needs: the most qubits that live at once, on a path
    /// that takes every allocation.
    int slotsPeak() {
        return slotsPeak;
    }

    int slotStart(int step) {
        return step == 0 ? 0 : ends[step - 1];
    }

    int slotEnd(int step) {
        return ends[step];
    }

    int slotAt(int index) {
        return slots[index] & SLOT_MASK;
    }

    boolean hasX(int index) {
        return (slots[index] >>> LETTER_SHIFT & 1) != 0;
    }

    boolean hasZ(int index) {
        return (slots[index] >>> LETTER_SHIFT & 2) != 0;
    }

    /// The step's slot of the given place.
    int slot(int step, int place) {
        return slotAt(slotStart(step) + place);
    }

    /// Whether the step's Pauli product has a minus sign.
    boolean isNegative(int step) {
        return negatives[step];
    }

    /// The angle of a `ROTATE` or `MEASURE_ANGLE` step, in radians.
    double angle(int step) {
        Argument argument = graph.argument(nodes[step]);
        if (argument instanceof Argument.Rotation rotation) return rotation.angle();
        if (argument instanceof Argument.PauliRotation rotation) return rotation.angle();
        throw new IllegalStateException("node " + nodes[step] + " has no angle");
    }

    private void addNode(int node, SlotAssigner assigner) {
        Opcode opcode = graph.opcode(node);
        switch (opcode) {
            case ALLOC_LQ -> each(Act.ALLOC, node, assigner);
            case FREE_LQ -> each(Act.FREE, node, assigner);
            case RESET -> each(Act.RESET, node, assigner);
            case FENCE_EPOCH, BAR_REGION, CLOSE_CHAN, SET_POLICY -> {}
            case APPLY_X -> product(Act.PAULI, node, X, assigner);
            case APPLY_Y -> product(Act.PAULI, node, Y, assigner);
            case APPLY_Z -> product(Act.PAULI, node, Z, assigner);
            case APPLY_H -> gate(Act.H, node, assigner);
            case APPLY_S -> gate(Act.S, node, assigner);
            case APPLY_SDG -> gate(Act.SDG, node, assigner);
            case APPLY_SX -> gate(Act.SX, node, assigner);
            case APPLY_SXDG -> gate(Act.SXDG, node, assigner);
            case APPLY_CNOT, TELEPORT_CNOT -> gate(Act.CNOT, node, assigner);
            case APPLY_CZ -> gate(Act.CZ, node, assigner);
            case APPLY_SWAP -> gate(Act.SWAP, node, assigner);
            case APPLY_ISWAP -> gate(Act.ISWAP, node, assigner);
            case APPLY_ISWAPDG -> gate(Act.ISWAPDG, node, assigner);
            case MEASURE_Z -> measure(node, Z, 0, assigner);
            case MEASURE_X -> measure(node, X, 0, assigner);
            case MEASURE_Y -> measure(node, Y, 0, assigner);
            case MEASURE_PAULI -> measure(node, pauli(node), 0, assigner);
            case MEASURE_BELL -> {
                measure(node, XX, 0, assigner);
                measure(node, ZZ, 1, assigner);
            }
            case EV_CONST -> classical(Act.EVENT_CONST, node);
            case EV_NOT -> classical(Act.EVENT_NOT, node);
            case EV_XOR -> classical(Act.EVENT_XOR, node);
            case EV_AND -> classical(Act.EVENT_AND, node);
            case EV_OR -> classical(Act.EVENT_OR, node);
            case EV_SELECT -> classical(Act.EVENT_SELECT, node);
            case COND_PAULI -> product(Act.PAULI, node, pauli(node), assigner);
            case INJECT_T_STATE -> {
                each(Act.RESET, node, assigner);
                gate(Act.H, node, assigner);
                gate(Act.T, node, assigner);
            }
            case APPLY_T -> gate(Act.T, node, assigner);
            case APPLY_TDG -> gate(Act.TDG, node, assigner);
            case APPLY_CCZ -> gate(Act.CCZ, node, assigner);
            case APPLY_TOFFOLI -> gate(Act.TOFFOLI, node, assigner);
            case ROTATE_PAULI -> product(Act.ROTATE, node, pauli(node), assigner);
            case RX -> product(Act.ROTATE, node, X, assigner);
            case RY -> product(Act.ROTATE, node, Y, assigner);
            case RZ -> product(Act.ROTATE, node, Z, assigner);
            case MEASURE_ANGLE -> {
                gate(Act.MEASURE_ANGLE, node, assigner);
                events[size - 1] = output(node, 0);
            }
            case OPEN_CHAN -> {
                each(Act.RESET, node, assigner);
                step(Act.H, node, assigner);
                slots(assigner.slotOf(graph.qubit(node, 0)));
                gate(Act.CNOT, node, assigner);
            }
            case USE_CHAN -> gate(linkAct(node), node, assigner);
        }
    }

    private Act linkAct(int node) {
        if (!(graph.argument(node) instanceof Argument.Link(var gate))) {
            throw new IllegalArgumentException("node " + node + " lacks a link gate");
        }
        return switch (gate) {
            case CNOT -> Act.CNOT;
            case CZ -> Act.CZ;
            case SWAP -> Act.SWAP;
        };
    }

    private PauliString pauli(int node) {
        return switch (graph.argument(node)) {
            case Argument.Pauli(var pauli) -> pauli;
            case Argument.PauliRotation(var pauli, var _, var _) -> pauli;
            case Argument.Nothing _, Argument.Profile _, Argument.Tag _, Argument.Rotation _ ->
                    throw lacksPauli(node);
            case Argument.Bit _, Argument.Channel _, Argument.Link _, Argument.Policy _ ->
                    throw lacksPauli(node);
        };
    }

    private static IllegalArgumentException lacksPauli(int node) {
        return new IllegalArgumentException("node " + node + " lacks a Pauli string");
    }

    /// One step for each qubit of the node.
    private void each(Act act, int node, SlotAssigner assigner) {
        int qubits = graph.count(node, Operand.Kind.QUBIT);
        for (int i = 0; i < qubits; i++) {
            int slot = assigner.slotFor(act, node, graph.qubit(node, i));
            step(act, node, assigner);
            slots(slot);
        }
    }

    private void gate(Act act, int node, SlotAssigner assigner) {
        step(act, node, assigner);
        int qubits = graph.count(node, Operand.Kind.QUBIT);
        for (int i = 0; i < qubits; i++) slots(assigner.slotOf(graph.qubit(node, i)));
    }

    private void measure(int node, PauliString pauli, int place, SlotAssigner assigner) {
        product(Act.MEASURE, node, pauli, assigner);
        events[size - 1] = output(node, place);
    }

    private void product(Act act, int node, PauliString pauli, SlotAssigner assigner) {
        step(act, node, assigner);
        negatives[size - 1] = pauli.negative();
        for (int i = 0; i < pauli.length(); i++) {
            int letter = (pauli.hasX(i) ? 1 : 0) | (pauli.hasZ(i) ? 2 : 0);
            int slot = assigner.slotOf(graph.qubit(node, i));
            if (letter != 0) slots(slot | letter << LETTER_SHIFT);
        }
    }

    private void classical(Act act, int node) {
        int width = size == 0 ? 0 : widths[size - 1];
        begin(act, node, width);
        events[size - 1] = output(node, 0);
    }

    private int output(int node, int place) {
        int found = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) == Operand.Kind.OUTPUT && found++ == place) {
                return Operand.index(operand);
            }
        }
        throw new IllegalArgumentException("node " + node + " lacks an output event");
    }

    private void step(Act act, int node, SlotAssigner assigner) {
        begin(act, node, assigner.width());
    }

    private void begin(Act act, int node, int width) {
        if (size == acts.length) grow();
        acts[size] = (byte) act.ordinal();
        nodes[size] = node;
        events[size] = NO_EVENT;
        widths[size] = width;
        ends[size] = slotCount;
        size++;
    }

    private void slots(int packed) {
        if (slotCount == slots.length) slots = Arrays.copyOf(slots, 2 * slotCount);
        slots[slotCount++] = packed;
        ends[size - 1] = slotCount;
    }

    private void grow() {
        acts = Arrays.copyOf(acts, 2 * size);
        negatives = Arrays.copyOf(negatives, 2 * size);
        nodes = Arrays.copyOf(nodes, 2 * size);
        events = Arrays.copyOf(events, 2 * size);
        widths = Arrays.copyOf(widths, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
    }
}
