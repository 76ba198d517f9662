package org.qmk.optimizer.tcount;

/// A product of Paulis, one for each qubit, times a power of i. Changed in place.
final class PauliProduct {

    final long[] x;
    final long[] z;

    /// The product is `i^phase X^x Z^z`, every X before every Z; modulo 4.
    private int phase;

    PauliProduct(int qubits) {
        x = new long[qubits + 63 >> 6];
        z = new long[x.length];
    }

    private PauliProduct(PauliProduct other) {
        x = other.x.clone();
        z = other.z.clone();
        phase = other.phase;
    }

    static PauliProduct x(int qubits, int qubit) {
        var product = new PauliProduct(qubits);
        product.x[qubit >> 6] |= 1L << qubit;
        return product;
    }

    static PauliProduct z(int qubits, int qubit) {
        var product = new PauliProduct(qubits);
        product.z[qubit >> 6] |= 1L << qubit;
        return product;
    }

    PauliProduct copy() {
        return new PauliProduct(this);
    }

    /// Becomes itself times another.
    void multiply(PauliProduct other) {
        int swaps = 0;
        for (int i = 0; i < x.length; i++) {
            swaps += Long.bitCount(z[i] & other.x[i]);
            x[i] ^= other.x[i];
            z[i] ^= other.z[i];
        }
        phase = phase + other.phase + 2 * swaps & 3;
    }

    void multiplyByI(int power) {
        phase = phase + power & 3;
    }

    void negate() {
        phase ^= 2;
    }

    boolean anticommutes(PauliProduct other) {
        long odd = 0;
        for (int i = 0; i < x.length; i++) odd ^= x[i] & other.z[i] ^ z[i] & other.x[i];
        return (Long.bitCount(odd) & 1) != 0;
    }

    /// Whether the Paulis are the same, whatever the signs.
    boolean sameAs(PauliProduct other) {
        for (int i = 0; i < x.length; i++) {
            if (x[i] != other.x[i] || z[i] != other.z[i]) return false;
        }
        return true;
    }

    boolean isIdentity() {
        for (int i = 0; i < x.length; i++) {
            if ((x[i] | z[i]) != 0) return false;
        }
        return true;
    }

    /// Whether it is minus the product of X, Y and Z that it names; such a product is Hermitian.
    boolean isNegative() {
        int ys = 0;
        for (int i = 0; i < x.length; i++) ys += Long.bitCount(x[i] & z[i]);
        int sign = phase - ys & 3;
        if ((sign & 1) != 0) throw new IllegalStateException("a product that is not Hermitian");
        return sign == 2;
    }

    /// Becomes what it is once `turns` quarter turns about an axis, which come before it, are
    /// moved behind it: `S† Q S` for each turn.
    void passQuarterTurns(PauliProduct axis, int turns) {
        if ((turns & 3) == 0 || !anticommutes(axis)) return;
        if ((turns & 3) == 2) {
            negate();
            return;
        }
        multiply(axis);
        multiplyByI((turns & 3) == 1 ? 3 : 1);
        // S† Q S = -i Q P for anticommuting Q and P
    }
}
