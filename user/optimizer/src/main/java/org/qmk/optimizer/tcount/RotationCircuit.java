package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Makes gates of rotations, with as few H between T gates as their order allows.
///
/// The rotations that are diagonal at one time span a group that only an H changes, and the H that
/// makes a rotation diagonal changes it in one way only: so the count depends on the first group
/// alone, and the best one is found by going through the rotations from the last to the first
/// (arXiv 2302.07040).
final class RotationCircuit implements ParityNetwork.Sink {

    private final PauliProgram program;
    private final GateList gates;
    private final PauliColumns columns;

    private RotationCircuit(PauliProgram program) {
        this.program = program;
        gates = new GateList(program.qubits);
        List<PauliProduct> all = new ArrayList<>(program.rotations);
        all.addAll(List.of(program.imagesX));
        all.addAll(List.of(program.imagesZ));
        columns = new PauliColumns(program.qubits, all);
    }

    /// Gates of the program: Clifford gates, then CNOT, S, H, T and its inverse, then Clifford
    /// gates.
    ///
    /// @param random chooses the group from which the way back begins, or null for the diagonal
    ///     one: the count is the same, the parities are not
    static GateList of(PauliProgram program, SplittableRandom random) {
        var circuit = new RotationCircuit(program);
        GateList first = firstFrame(program, random);
        for (int i = 0; i < first.size(); i++) circuit.apply(first, i);
        circuit.rotate();
        CliffordCircuit.finish(circuit.columns, program.rotations.size(), circuit.gates);
        return circuit.gates;
    }

    /// The Clifford gates after which the fewest H are needed.
    private static GateList firstFrame(PauliProgram program, SplittableRandom random) {
        int n = program.qubits;
        List<PauliProduct> all = new ArrayList<>(program.rotations);
        for (int q = 0; q < n; q++) all.add(PauliProduct.x(n, q));
        for (int q = 0; q < n; q++) all.add(PauliProduct.z(n, q));
        var columns = new PauliColumns(n, all);
        var ignored = new GateList(n);
        for (int i = 0; random != null && i < 4 * n; i++) {
            if (random.nextBoolean()) columns.h(random.nextInt(n));
            if (random.nextBoolean()) columns.s(random.nextInt(n));
            int q = random.nextInt(n);
            int other = random.nextInt(n);
            if (q != other) columns.cnot(q, other);
        }
        for (int i = program.rotations.size() - 1; i >= 0; i--) {
            CliffordCircuit.diagonalize(columns, i, ignored);
        }
        // what is left to do to the identity's images is the inverse of what was done
        var inverse = new GateList(n);
        CliffordCircuit.finish(columns, program.rotations.size(), inverse);
        return CliffordCircuit.inverse(inverse);
    }

    private void apply(GateList from, int gate) {
        gates.addFrom(from, gate);
        int q = from.first(gate);
        Opcode opcode = from.opcode(gate);
        if (opcode == Opcode.APPLY_CNOT) {
            columns.cnot(q, from.second(gate));
        } else if (opcode == Opcode.APPLY_H) {
            columns.h(q);
        } else if (opcode == Opcode.APPLY_X) {
            columns.h(q);
            turn(q, 2);
            columns.h(q);
        } else {
            turn(q, opcode == Opcode.APPLY_S ? 1 : opcode == Opcode.APPLY_Z ? 2 : 3);
        }
    }

    private void turn(int qubit, int quarters) {
        for (int i = 0; i < quarters; i++) columns.s(qubit);
    }

    private void rotate() {
        int count = program.rotations.size();
        int next = 0;
        while (next < count) {
            CliffordCircuit.diagonalize(columns, next, gates);
            var parities = new ParityTable(program.qubits);
            List<Boolean> negative = new ArrayList<>();
            for (; next < count && columns.firstX(next) < 0; next++) {
                long[] parity = new long[parities.words];
                for (int q = 0; q < program.qubits; q++) {
                    if (columns.hasZ(next, q)) parity[q >> 6] |= 1L << q;
                }
                parities.add(parity);
                negative.add(columns.isNegative(next));
            }
            new ParityNetwork(parities, negative, this).emit();
        }
    }

    @Override
    public void cnot(int control, int target) {
        gates.add(Opcode.APPLY_CNOT, control, target);
        columns.cnot(control, target);
    }

    @Override
    public void turn(int qubit, boolean negative) {
        gates.add(negative ? Opcode.APPLY_TDG : Opcode.APPLY_T, qubit);
    }
}
