package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.PauliString;

/// A signed product of Pauli matrices on many qubits, held as i^phase times, for each qubit, X^x
/// Z^z.
final class PauliImage {

    private final long[] x;
    private final long[] z;
    private int phase;

    private PauliImage(long[] x, long[] z, int phase) {
        this.x = x;
        this.z = z;
        this.phase = phase;
    }

    static PauliImage identity(int qubits) {
        int words = qubits + 63 >>> 6;
        return new PauliImage(new long[words], new long[words], 0);
    }

    /// @param axis of `GateKind`
    static PauliImage of(int qubits, int qubit, int axis) {
        PauliImage image = identity(qubits);
        if ((axis & GateKind.AXIS_X) != 0) image.x[qubit >>> 6] |= 1L << qubit;
        if ((axis & GateKind.AXIS_Z) != 0) image.z[qubit >>> 6] |= 1L << qubit;
        if (axis == GateKind.AXIS_Y) image.phase = 1;
        return image;
    }

    PauliImage copy() {
        return new PauliImage(x.clone(), z.clone(), phase);
    }

    /// Multiplies by another product, from the right.
    void multiply(PauliImage other) {
        int swaps = 0;
        for (int word = 0; word < x.length; word++) {
            swaps += Long.bitCount(z[word] & other.x[word]);
            x[word] ^= other.x[word];
            z[word] ^= other.z[word];
        }
        phase = phase + other.phase + 2 * swaps & 3;
    }

    void multiplyByI(int power) {
        phase = phase + power & 3;
    }

    void negate() {
        multiplyByI(2);
    }

    /// The axis of its letter on a qubit, or 0.
    int axis(int qubit) {
        int hasX = (int) (x[qubit >>> 6] >>> qubit & 1);
        int hasZ = (int) (z[qubit >>> 6] >>> qubit & 1);
        return hasX * GateKind.AXIS_X | hasZ * GateKind.AXIS_Z;
    }

    /// The qubits that it acts on.
    int[] support() {
        int[] found = new int[64 * x.length];
        int count = 0;
        for (int word = 0; word < x.length; word++) {
            for (long bits = x[word] | z[word]; bits != 0; bits &= bits - 1) {
                found[count++] = 64 * word + Long.numberOfTrailingZeros(bits);
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// Its letters on its support and its sign. Each Y is i X Z.
    PauliString string() {
        int ys = 0;
        var text = new StringBuilder();
        for (int qubit : support()) {
            int axis = axis(qubit);
            text.append("IXZY".charAt(axis));
            if (axis == GateKind.AXIS_Y) ys++;
        }
        boolean negative = (phase - ys & 3) == 2;
        return PauliString.of((negative ? "-" : "") + text);
    }
}
