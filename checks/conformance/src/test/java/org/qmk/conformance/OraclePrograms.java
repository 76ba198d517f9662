package org.qmk.conformance;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// Programs with the logical counts of published estimates (arXiv:2211.07629), which are given as
/// counts alone.
final class OraclePrograms {

    private static final int SIDE = 10;
    private static final int STEPS = 400;

    /// Any angle that takes synthesis.
    private static final double ANGLE = 0.1;

    private static final Argument TURN = new Argument.Rotation(ANGLE, 1e-10);

    private final GraphBuilder builder = new GraphBuilder();
    private final int[] qubits;

    private OraclePrograms(int width) {
        qubits = new int[width];
        for (int i = 0; i < width; i++) qubits[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(qubits).argument(new Argument.Profile("logical"));
    }

    /// Trotter steps of an Ising model on a grid of 10 x 10: 112,110 rotations in 2,001 layers.
    static Graph ising() {
        return ising(STEPS);
    }

    /// @param steps 5 layers each, and one at the end; of one layer 10 rotations more than usual
    static Graph ising(int steps) {
        var program = new OraclePrograms(SIDE * SIDE);
        for (int step = 0; step < steps; step++) {
            program.field();
            program.bonds(0, true);
            program.bonds(1, true);
            program.bonds(0, false);
            program.bonds(step == 0 ? 0 : 1, false);
        }
        program.field();
        return program.done();
    }

    /// 22,074 T gates, and 84 rotations in 31 layers, as of a Hubbard model on 28 qubits.
    static Graph hubbard() {
        var program = new OraclePrograms(28);
        int ts = 0;
        for (int layer = 0; layer < 31; layer++) {
            for (int i = 0; i < (layer < 22 ? 3 : 2); i++) program.rotate(9 * i);
            int until = (layer + 1) * 22_074 / 31;
            for (; ts < until; ts++) {
                int qubit = program.qubits[ts % 28];
                program.builder.node(Opcode.APPLY_H).qubit(qubit);
                program.builder.node(Opcode.APPLY_T).qubit(qubit);
            }
            program.builder.node(Opcode.FENCE_EPOCH);
        }
        return program.done();
    }

    private void rotate(int qubit) {
        builder.node(Opcode.RZ).qubit(qubits[qubit]).argument(TURN);
    }

    /// A rotation of each qubit.
    private void field() {
        for (int i = 0; i < qubits.length; i++) {
            builder.node(Opcode.RX).qubit(qubits[i]).argument(TURN);
        }
    }

    /// Every second bond of each line, from the given one on.
    private void bonds(int first, boolean rows) {
        for (int line = 0; line < SIDE; line++) {
            for (int at = first; at + 1 < SIDE; at += 2) {
                int a = rows ? line * SIDE + at : at * SIDE + line;
                int b = rows ? a + 1 : a + SIDE;
                builder.node(Opcode.APPLY_CNOT).qubits(qubits[a], qubits[b]);
                rotate(b);
                builder.node(Opcode.APPLY_CNOT).qubits(qubits[a], qubits[b]);
            }
        }
    }

    private Graph done() {
        builder.node(Opcode.FREE_LQ).qubits(qubits);
        return builder.requireWhatIsUsed().build();
    }
}
