package org.qmk.optimizer;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// Writes CCZ and Toffoli gates as T gates, rotations about Pauli strings as rotations about Z, and
/// measurements of an angle as rotations and a measurement of Z, with Clifford gates around. What
/// has a guard has it then, too.
public final class LargeGates implements GraphPass {

    public LargeGates() {}

    @Override
    public String title() {
        return "large gates";
    }

    @Override
    public Graph apply(Graph graph) {
        var copy = new GraphCopy(graph);
        boolean[] bound = GraphCopy.joinedByEdges(graph);
        for (int node : ProgramOrder.of(graph)) {
            if (bound[node] || !rewrite(copy.builder(), graph, node)) copy.add(node);
        }
        return copy.build();
    }

    private static boolean rewrite(GraphBuilder builder, Graph graph, int node) {
        Opcode opcode = graph.opcode(node);
        if (opcode == Opcode.APPLY_CCZ || opcode == Opcode.APPLY_TOFFOLI) {
            var gate = new GateList(3);
            gate.add(opcode, 0, 1, 2);
            NodeGates.add(builder, graph, node, new ThreeQubitGates().apply(gate), 1);
            return true;
        }
        if (graph.argument(node) instanceof Argument.PauliRotation rotation) {
            GateList gates = NodeGates.ofRotation(rotation.pauli(), rotation.angle());
            NodeGates.add(builder, graph, node, gates, rotation.precision());
            return true;
        }
        if (opcode == Opcode.MEASURE_ANGLE
                && graph.argument(node) instanceof Argument.Rotation rotation) {
            measure(builder, graph, node, rotation);
            return true;
        }
        return false;
    }

    /// cos(a) Z + sin(a) X is RY(a) Z RY(-a). Half of the precision goes into each rotation.
    private static void measure(
            GraphBuilder builder, Graph graph, int node, Argument.Rotation rotation) {
        var there = new GateList(1);
        there.rotate(Opcode.RY, 0, -rotation.angle());
        var back = new GateList(1);
        back.rotate(Opcode.RY, 0, rotation.angle());
        NodeGates.add(builder, graph, node, there, rotation.precision() / 2);
        builder.node(Opcode.MEASURE_Z);
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            builder.operand(graph.operand(i));
        }
        if (graph.guardIndex(node) != 0) builder.guard(graph.guard(node));
        NodeGates.add(builder, graph, node, back, rotation.precision() / 2);
    }
}
