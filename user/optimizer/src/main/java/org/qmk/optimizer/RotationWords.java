package org.qmk.optimizer;

import java.util.OptionalDouble;
import java.util.TreeMap;
import org.qmk.optimizer.rotation.RotationSynthesis;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;

/// Writes rotations of one qubit as words of Clifford and T gates that are as near as the node's
/// precision demands, or a given one.
public final class RotationWords implements GraphPass {

    private final OptionalDouble precision;

    /// @param precision at least `RotationSynthesis.PRECISION_MIN`; empty for that of each node,
    ///     which leaves alone what asks for more than that
    public RotationWords(OptionalDouble precision) {
        this.precision = precision;
    }

    @Override
    public String title() {
        return "rotation words";
    }

    @Override
    public Graph apply(Graph graph) {
        var copy = new GraphCopy(graph);
        boolean[] bound = GraphCopy.joinedByEdges(graph);
        var syntheses = new TreeMap<Double, RotationSynthesis>();
        for (int node : ProgramOrder.of(graph)) {
            boolean turns = GateKind.isRotation(graph.opcode(node)) && !bound[node];
            if (turns && graph.argument(node) instanceof Argument.Rotation rotation) {
                double error = precision.orElse(rotation.precision());
                if (error >= RotationSynthesis.PRECISION_MIN) {
                    var word = new GateList(1);
                    syntheses
                            .computeIfAbsent(error, RotationSynthesis::new)
                            .append(word, graph.opcode(node), 0, rotation.angle());
                    NodeGates.add(copy.builder(), graph, node, word, error);
                    continue;
                }
            }
            copy.add(node);
        }
        return copy.build();
    }
}
