package org.qmk.optimizer;

/// Clifford gates that a program has yet to do, as what they make of Pauli products: with C all of
/// them together, `C^-1 P C`. What is done after them about P is done before them about that.
final class MovedCliffords {

    private final int qubits;
    private final PauliImage[] x;
    private final PauliImage[] z;
    private final boolean[] touched;
    private GateList pending;

    MovedCliffords(int qubits) {
        this.qubits = qubits;
        x = new PauliImage[qubits];
        z = new PauliImage[qubits];
        touched = new boolean[qubits];
        clear();
    }

    private void clear() {
        pending = new GateList(qubits);
        for (int q = 0; q < qubits; q++) {
            if (x[q] != null && !touched[q]) continue;
            x[q] = PauliImage.of(qubits, q, GateKind.AXIS_X);
            z[q] = PauliImage.of(qubits, q, GateKind.AXIS_Z);
            touched[q] = false;
        }
    }

    /// Whether a gate on the qubit is yet to be done.
    boolean isTouched(int qubit) {
        return touched[qubit];
    }

    /// The gates, which count as done then.
    GateList flush() {
        GateList gates = new SingleQubitRuns().apply(new CliffordRuns().apply(pending));
        clear();
        return gates;
    }

    /// A product that becomes the image of the matrix of an axis.
    PauliImage image(int qubit, int axis) {
        if (axis == GateKind.AXIS_X) return x[qubit].copy();
        if (axis == GateKind.AXIS_Z) return z[qubit].copy();
        PauliImage y = x[qubit].copy();
        y.multiply(z[qubit]);
        y.multiplyByI(1);
        return y;
    }

    /// Adds a Clifford gate.
    ///
    /// @param b the second qubit, or `GateList.NONE`
    void add(GateKind kind, int a, int b) {
        pending.add(kind.opcode(), a, b);
        touched[a] = true;
        if (b != GateList.NONE) touched[b] = true;
        switch (kind) {
            case X -> z[a].negate();
            case Y -> {
                x[a].negate();
                z[a].negate();
            }
            case Z -> x[a].negate();
            case H -> exchange(a);
            case S -> s(a, 3);
            case SDG -> s(a, 1);
            case SX -> sx(a, 3);
            case SXDG -> sx(a, 1);
            case CNOT -> cnot(a, b);
            case CZ -> cz(a, b);
            case SWAP -> swap(a, b);
            case ISWAP -> iswap(a, b, 3);
            case ISWAPDG -> iswap(a, b, 1);
            case T, TDG, CCZ, TOFFOLI, RX, RY, RZ ->
                    throw new IllegalArgumentException(kind + " is no Clifford gate");
        }
    }

    private void exchange(int q) {
        PauliImage image = x[q];
        x[q] = z[q];
        z[q] = image;
    }

    /// `S^-1 X S` is -Y, which is i^3 X Z; for the inverse it is Y.
    private void s(int q, int power) {
        x[q].multiply(z[q]);
        x[q].multiplyByI(power);
    }

    private void sx(int q, int power) {
        exchange(q);
        s(q, power);
        exchange(q);
    }

    private void cnot(int control, int target) {
        x[control].multiply(x[target]);
        z[target].multiply(z[control]);
    }

    private void cz(int a, int b) {
        exchange(b);
        cnot(a, b);
        exchange(b);
    }

    private void swap(int a, int b) {
        PauliImage image = x[a];
        x[a] = x[b];
        x[b] = image;
        image = z[a];
        z[a] = z[b];
        z[b] = image;
    }

    private void iswap(int a, int b, int power) {
        swap(a, b);
        cz(a, b);
        s(a, power);
        s(b, power);
    }
}
