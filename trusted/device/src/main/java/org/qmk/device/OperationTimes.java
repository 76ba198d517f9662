package org.qmk.device;

import org.qmk.qvm.*;

/// How many epochs logical operations take. All others take one.
///
/// @param cliffords of Clifford gates, allocations, releases and resets: 1, or 0 where they only
///     change how later operations are read (Pauli-based computation); rotations by multiples of
///     pi/4 are then Clifford and T gates too
/// @param rotationTail epochs of synthesis that follow a layer with a rotation
/// @param ccz of CCZ and Toffoli gates
public record OperationTimes(int cliffords, int rotationTail, int ccz) {

    /// Everything takes one epoch.
    public static final OperationTimes UNIT = new OperationTimes(1, 0, 1);

    public static final int EPOCHS_MAX = 1000;

    public OperationTimes {
        within("cliffords", cliffords, 0, 1);
        within("rotationTail", rotationTail, 0, EPOCHS_MAX);
        within("ccz", ccz, 1, EPOCHS_MAX);
    }

    /// Whether something takes more than one epoch.
    public boolean anyLasts() {
        return rotationTail > 0 || ccz > 1;
    }

    /// Whether the machine does nothing for a node.
    public boolean free(Graph graph, int node) {
        Opcode opcode = graph.opcode(node);
        if (opcode.inSoftware()) return true;
        if (cliffords > 0) return false;
        return switch (opcode.family()) {
            case CORE, CLIFFORD -> true;
            case ROTATION ->
                    opcode != Opcode.MEASURE_ANGLE
                            && graph.argument(node).turn() == Argument.Turn.CLIFFORD;
            case MEASURE, EVENT, MAGIC, LINK, POLICY -> false;
        };
    }

    /// Epochs in which a node takes its part of the machine's operations.
    public int epochs(Graph graph, int node) {
        return graph.opcode(node).tCount() > 1 ? ccz : 1;
    }

    /// Whether a node is a rotation that is synthesised.
    public boolean synthesised(Graph graph, int node) {
        if (graph.opcode(node).family() != Family.ROTATION) return false;
        return cliffords > 0 || graph.argument(node).turn() == Argument.Turn.OTHER;
    }

    /// Magic states that a node consumes.
    ///
    /// @param perRotation that a synthesised rotation consumes
    public int states(Graph graph, int node, int perRotation) {
        if (synthesised(graph, node)) return perRotation;
        Opcode opcode = graph.opcode(node);
        if (opcode.family() != Family.ROTATION) return opcode.tCount();
        return graph.argument(node).turn() == Argument.Turn.T ? 1 : 0;
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    field + " is " + value + ", expected " + least + " to " + most);
        }
    }
}
