package org.qmk.optimizer;

import java.util.List;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Writes single nodes of a graph as gates, under the node's guard.
final class NodeGates {

    private NodeGates() {}

    /// Adds gates to a graph, each with the guard of a node.
    ///
    /// @param gates on qubits numbered by their place in the node
    static void add(GraphBuilder builder, Graph graph, int node, GateList gates, double precision) {
        for (int i = 0; i < gates.size(); i++) {
            builder.node(gates.opcode(i));
            for (int place = 0; place < 3 && gates.qubit(i, place) != GateList.NONE; place++) {
                builder.qubit(graph.qubit(node, gates.qubit(i, place)));
            }
            if (GateKind.isRotation(gates.opcode(i))) {
                builder.argument(new Argument.Rotation(gates.angle(i), precision));
            }
            if (graph.guardIndex(node) != 0) builder.guard(graph.guard(node));
        }
    }

    /// The gates of nodes, on qubits numbered in the order of their first use.
    ///
    /// @param local by qubit: -1, and -1 again afterwards
    /// @param qubits empty; the qubit of each number afterwards
    static GateList listOf(Graph graph, List<Integer> nodes, int[] local, List<Integer> qubits) {
        var gates = new GateList(0);
        for (int node : nodes) {
            int[] operands = {GateList.NONE, GateList.NONE, GateList.NONE};
            int places = graph.operandEnd(node) - graph.operandStart(node);
            for (int place = 0; place < places; place++) {
                int qubit = graph.qubit(node, place);
                if (local[qubit] < 0) {
                    local[qubit] = gates.addQubit();
                    qubits.add(qubit);
                }
                operands[place] = local[qubit];
            }
            if (graph.argument(node) instanceof Argument.Rotation(double angle, double _)) {
                gates.rotate(graph.opcode(node), operands[0], angle);
            } else {
                gates.add(graph.opcode(node), operands[0], operands[1], operands[2]);
            }
        }
        for (int qubit : qubits) local[qubit] = -1;
        return gates;
    }

    /// Adds gates to a graph.
    ///
    /// @param qubits by number in the list
    static void addOn(
            GraphBuilder builder,
            GateList gates,
            List<Integer> qubits,
            Guard guard,
            double precision) {
        for (int i = 0; i < gates.size(); i++) {
            builder.node(gates.opcode(i));
            for (int place = 0; place < 3 && gates.qubit(i, place) != GateList.NONE; place++) {
                builder.qubit(qubits.get(gates.qubit(i, place)));
            }
            if (GateKind.isRotation(gates.opcode(i))) {
                builder.argument(new Argument.Rotation(gates.angle(i), precision));
            }
            if (!guard.equals(Guard.ALWAYS)) builder.guard(guard);
        }
    }

    /// A rotation about a Pauli string: the string is made Z on one qubit, and back.
    static GateList ofRotation(PauliString pauli, double angle) {
        var gates = new GateList(pauli.length());
        int last = GateList.NONE;
        for (int place = 0; place < pauli.length(); place++) {
            if (pauli.letter(place) == 'X') gates.add(Opcode.APPLY_H, place);
            if (pauli.letter(place) == 'Y') gates.add(Opcode.APPLY_SX, place);
            if (pauli.letter(place) == 'I') continue;
            if (last != GateList.NONE) gates.add(Opcode.APPLY_CNOT, last, place);
            last = place;
        }
        int there = gates.size();
        gates.rotate(Opcode.RZ, last, pauli.negative() ? -angle : angle);
        for (int i = there - 1; i >= 0; i--) {
            Opcode inverse = gates.opcode(i).inverse().orElseThrow();
            gates.add(inverse, gates.first(i), gates.second(i));
        }
        return gates;
    }
}
