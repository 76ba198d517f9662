package org.qmk.optimizer;

import java.util.Arrays;

/// Writes the Clifford operation of a list of gates as a circuit that depends on nothing else.
///
/// The operation is its tableau: what it makes of X and of Z on each qubit. Gates are found that
/// turn one pair of images after the other back into X and Z on one qubit, the lightest pair first;
/// backwards they are the circuit. Source: Bravyi, Shaydulin, Hu and Maslov, arXiv:2105.02291,
/// section 3, with a simpler choice of the pair.
final class CliffordSynthesis {

    private final int qubits;
    // Column 2 i is the image of X on qubit i, column 2 i + 1 that of Z.
    private final ProductColumns images;
    private final GateList back;
    private final boolean[] done;
    // By qubit: where its X and Z come to lie.
    private final int[] places;

    private CliffordSynthesis(int qubits) {
        this.qubits = qubits;
        images = new ProductColumns(qubits, 1 + 2 * qubits / 64);
        for (int qubit = 0; qubit < qubits; qubit++) {
            images.set(2 * qubit, qubit, GateKind.AXIS_X);
            images.set(2 * qubit + 1, qubit, GateKind.AXIS_Z);
        }
        back = new GateList(qubits);
        done = new boolean[qubits];
        places = new int[qubits];
    }

    /// @param gates Clifford gates only
    static GateList of(GateList gates) {
        var synthesis = new CliffordSynthesis(gates.qubits());
        for (int i = 0; i < gates.size(); i++) {
            synthesis.images.apply(GateKind.of(gates, i), gates.first(i), gates.second(i));
        }
        for (int step = 0; step < gates.qubits(); step++) synthesis.turnBack(synthesis.lightest());
        return synthesis.circuit();
    }

    /// The qubit whose images have the fewest letters.
    private int lightest() {
        int lightest = -1;
        int least = Integer.MAX_VALUE;
        for (int qubit = 0; qubit < qubits; qubit++) {
            if (done[qubit]) continue;
            int weight = 0;
            for (int q = 0; q < qubits && weight < least; q++) {
                if (images.letter(2 * qubit, q) != 0) weight++;
                if (images.letter(2 * qubit + 1, q) != 0) weight++;
            }
            if (weight >= least) continue;
            least = weight;
            lightest = qubit;
        }
        return lightest;
    }

    private void turnBack(int qubit) {
        int x = 2 * qubit;
        int z = x + 1;
        int place = place(qubit);
        gather(x, place);
        if (!images.is(z, place, GateKind.AXIS_Z)) {
            apply(GateKind.H, place, GateList.NONE);
            gather(z, place);
            apply(GateKind.H, place, GateList.NONE);
        }
        boolean negativeX = images.negative(x);
        boolean negativeZ = images.negative(z);
        if (negativeX && negativeZ) apply(GateKind.Y, place, GateList.NONE);
        else if (negativeX) apply(GateKind.Z, place, GateList.NONE);
        else if (negativeZ) apply(GateKind.X, place, GateList.NONE);
        done[qubit] = true;
        places[qubit] = place;
    }

    /// A qubit on which the two images do not commute: the qubit itself if they do not there.
    private int place(int qubit) {
        if (anticommute(qubit, qubit)) return qubit;
        int place = 0;
        while (!anticommute(qubit, place)) place++;
        return place;
    }

    private boolean anticommute(int qubit, int place) {
        int a = images.letter(2 * qubit, place);
        int b = images.letter(2 * qubit + 1, place);
        return a != 0 && b != 0 && a != b;
    }

    /// Turns a product into X on one qubit, or its negative.
    private void gather(int column, int place) {
        for (int q = 0; q < qubits; q++) {
            int letter = images.letter(column, q);
            if (letter == GateKind.AXIS_Z) apply(GateKind.H, q, GateList.NONE);
            if (letter == GateKind.AXIS_Y) apply(GateKind.S, q, GateList.NONE);
        }
        for (int q = 0; q < qubits; q++) {
            if (q != place && images.letter(column, q) != 0) apply(GateKind.CNOT, place, q);
        }
    }

    private void apply(GateKind kind, int a, int b) {
        images.apply(kind, a, b);
        back.add(kind.opcode(), a, b);
    }

    /// The exchanges of qubits, then all that was done, backwards.
    private GateList circuit() {
        var circuit = new GateList(qubits);
        int[] at = Arrays.copyOf(places, qubits);
        for (int qubit = 0; qubit < qubits; qubit++) {
            while (at[qubit] != qubit) {
                int other = at[qubit];
                circuit.add(GateKind.SWAP.opcode(), qubit, other);
                at[qubit] = at[other];
                at[other] = other;
            }
        }
        for (int i = back.size() - 1; i >= 0; i--) {
            GateKind inverse = GateKind.of(back, i).inverse();
            circuit.add(inverse.opcode(), back.first(i), back.second(i));
        }
        return circuit;
    }
}
