package org.qmk.optimizer;

import java.util.SplittableRandom;

/// For each qubit, hashes of 64 bits of what X and Z on it were at the start of a list of gates.
///
/// The hash of a product of Pauli matrices, whatever its sign, is the sum of theirs. So two turns
/// whose axes are the same product at the start have the same hash, wherever in the list they
/// stand. Different products may share a hash: who finds one must look.
final class PauliHashes {

    private final SplittableRandom random;
    private final long[] x;
    private final long[] z;

    /// @param seed another one gives other hashes
    PauliHashes(int qubits, long seed) {
        random = new SplittableRandom(seed);
        x = random.longs(qubits).toArray();
        z = random.longs(qubits).toArray();
    }

    long of(int qubit, int axis) {
        return ((axis & GateKind.AXIS_X) != 0 ? x[qubit] : 0)
                ^ ((axis & GateKind.AXIS_Z) != 0 ? z[qubit] : 0);
    }

    /// Lets the matrices that do not commute with an axis be new ones.
    void renew(int qubit, int axis) {
        if (axis == GateKind.AXIS_Z) {
            x[qubit] = random.nextLong();
        } else if (axis == GateKind.AXIS_X) {
            z[qubit] = random.nextLong();
        }
    }

    /// Goes past a Clifford gate.
    void apply(GateKind kind, int a, int b) {
        switch (kind) {
            case X, Y, Z -> {}
            case H -> {
                long hash = x[a];
                x[a] = z[a];
                z[a] = hash;
            }
            case S, SDG -> x[a] ^= z[a];
            case SX, SXDG -> z[a] ^= x[a];
            case CNOT -> {
                x[a] ^= x[b];
                z[b] ^= z[a];
            }
            case CZ -> {
                x[a] ^= z[b];
                x[b] ^= z[a];
            }
            case SWAP -> swap(a, b);
            case ISWAP, ISWAPDG -> {
                x[a] ^= z[a] ^ z[b];
                x[b] ^= z[b] ^ z[a];
                swap(a, b);
            }
            case T, TDG, CCZ, TOFFOLI, RX, RY, RZ ->
                    throw new IllegalArgumentException(kind + " is no Clifford gate");
        }
    }

    private void swap(int a, int b) {
        long hash = x[a];
        x[a] = x[b];
        x[b] = hash;
        hash = z[a];
        z[a] = z[b];
        z[b] = hash;
    }
}
