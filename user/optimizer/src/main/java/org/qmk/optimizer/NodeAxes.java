package org.qmk.optimizer;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// The axes of nodes of a graph, as those of `GateKind`: also of measurements and Pauli strings.
final class NodeAxes {

    private NodeAxes() {}

    /// The Pauli matrix on a qubit of a node that the node commutes with, or `NO_AXIS`.
    static int of(Graph graph, int node, int place) {
        Opcode opcode = graph.opcode(node);
        if (GateKind.has(opcode)) return GateKind.of(opcode).axis(place);
        if (opcode == Opcode.MEASURE_X) return GateKind.AXIS_X;
        if (opcode == Opcode.MEASURE_Y) return GateKind.AXIS_Y;
        if (opcode == Opcode.MEASURE_Z) return GateKind.AXIS_Z;
        if (opcode.shape().qubitsMin == 0) return GateKind.NO_AXIS;
        return switch (graph.argument(node)) {
            case Argument.Pauli(var pauli) -> of(pauli, place);
            case Argument.PauliRotation(var pauli, double _, double _) -> of(pauli, place);
            case Argument.Nothing _,
                    Argument.Profile _,
                    Argument.Tag _,
                    Argument.Rotation _,
                    Argument.Bit _,
                    Argument.Channel _,
                    Argument.Link _,
                    Argument.Policy _ ->
                    GateKind.NO_AXIS;
        };
    }

    private static int of(PauliString pauli, int place) {
        return (pauli.hasX(place) ? GateKind.AXIS_X : 0)
                | (pauli.hasZ(place) ? GateKind.AXIS_Z : 0);
    }
}
