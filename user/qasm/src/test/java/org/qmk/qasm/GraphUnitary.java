package org.qmk.qasm;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Shape;

/// The unitary of a graph without measurements, from the matrices of the opcode table.
final class GraphUnitary {

    private GraphUnitary() {}

    static ComplexMatrix of(Graph graph) {
        var unitary = ComplexMatrix.identity(1 << graph.qubits().size());
        for (int node = 0; node < graph.size(); node++) {
            Shape shape = graph.opcode(node).shape();
            if (shape == Shape.ALLOC || shape == Shape.FREE || shape == Shape.REGION) continue;
            if (!(graph.guard(node) instanceof Guard.Always)) throw new AssertionError("a guard");
            unitary.apply(gate(graph, node), qubits(graph, node));
        }
        return unitary;
    }

    static int[] qubits(Graph graph, int node) {
        int[] qubits = new int[graph.operandEnd(node) - graph.operandStart(node)];
        for (int i = 0; i < qubits.length; i++) qubits[i] = graph.qubit(node, i);
        return qubits;
    }

    /// The matrix of one node.
    static ComplexMatrix gate(Graph graph, int node) {
        Opcode opcode = graph.opcode(node);
        return switch (opcode.matrix()) {
            case Matrix.Fixed fixed -> {
                var matrix = new ComplexMatrix(fixed.dimension());
                for (int i = 0; i < fixed.dimension(); i++) {
                    for (int j = 0; j < fixed.dimension(); j++) {
                        matrix.re[i * fixed.dimension() + j] = fixed.re(i, j);
                        matrix.im[i * fixed.dimension() + j] = fixed.im(i, j);
                    }
                }
                yield matrix;
            }
            case Matrix.Rotation() ->
                    switch (graph.argument(node)) {
                        case Argument.Rotation(double angle, double _) ->
                                rotation(PauliString.of(opcode.name().substring(1)), angle);
                        case Argument.PauliRotation(PauliString pauli, double angle, double _) ->
                                rotation(pauli, angle);
                        default -> throw new AssertionError(opcode);
                    };
            case Matrix.None() -> throw new AssertionError(opcode + " is no unitary");
        };
    }

    /// cos(angle/2) - i sin(angle/2) P.
    static ComplexMatrix rotation(PauliString pauli, double angle) {
        int size = 1 << pauli.length();
        var rotation = ComplexMatrix.identity(size).scaled(Math.cos(angle / 2), 0);
        double sign = pauli.negative() ? 1 : -1;
        for (int column = 0; column < size; column++) {
            int row = column;
            double re = 1;
            double im = 0;
            for (int i = 0; i < pauli.length(); i++) {
                boolean one = (column >> pauli.length() - 1 - i & 1) != 0;
                if (pauli.hasX(i)) row ^= 1 << pauli.length() - 1 - i;
                if (pauli.letter(i) == 'Z' && one) {
                    re = -re;
                    im = -im;
                }
                if (pauli.letter(i) == 'Y') {
                    double old = re; // Y takes 0 to i 1 and 1 to -i 0
                    re = one ? im : -im;
                    im = one ? -old : old;
                }
            }
            double s = sign * Math.sin(angle / 2);
            rotation.re[row * size + column] -= s * im;
            rotation.im[row * size + column] += s * re;
        }
        return rotation;
    }
}
