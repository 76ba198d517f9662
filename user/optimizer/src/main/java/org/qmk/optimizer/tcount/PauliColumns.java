package org.qmk.optimizer.tcount;

import java.util.List;

/// A list of products of Paulis in columns, one for each qubit, so that a gate moves past all of
/// them at once: P becomes `G P G†`.
final class PauliColumns {

    private final long[][] x;
    private final long[][] z;

    /// Which products are minus what their Paulis say.
    private final long[] negative;

    PauliColumns(int qubits, List<PauliProduct> products) {
        int words = Math.max(1, products.size() + 63 >> 6);
        x = new long[qubits][words];
        z = new long[qubits][words];
        negative = new long[words];
        for (int i = 0; i < products.size(); i++) {
            PauliProduct product = products.get(i);
            if (product.isNegative()) negative[i >> 6] |= 1L << i;
            for (int q : ThirdOrderElimination.members(product.x)) x[q][i >> 6] |= 1L << i;
            for (int q : ThirdOrderElimination.members(product.z)) z[q][i >> 6] |= 1L << i;
        }
    }

    int qubits() {
        return x.length;
    }

    boolean hasX(int product, int qubit) {
        return ParityTable.bit(x[qubit], product);
    }

    boolean hasZ(int product, int qubit) {
        return ParityTable.bit(z[qubit], product);
    }

    boolean isNegative(int product) {
        return ParityTable.bit(negative, product);
    }

    /// The first qubit on which a product has an X or Y, or -1.
    int firstX(int product) {
        for (int q = 0; q < x.length; q++) {
            if (hasX(product, q)) return q;
        }
        return -1;
    }

    void h(int q) {
        long[] swapped = x[q];
        x[q] = z[q];
        z[q] = swapped;
        for (int i = 0; i < negative.length; i++) negative[i] ^= x[q][i] & z[q][i];
    }

    void s(int q) {
        for (int i = 0; i < negative.length; i++) {
            negative[i] ^= x[q][i] & z[q][i];
            z[q][i] ^= x[q][i];
        }
    }

    void cnot(int control, int target) {
        long[] xc = x[control];
        long[] zc = z[control];
        long[] xt = x[target];
        long[] zt = z[target];
        for (int i = 0; i < negative.length; i++) {
            negative[i] ^= xc[i] & zt[i] & ~(xt[i] ^ zc[i]);
            xt[i] ^= xc[i];
            zc[i] ^= zt[i];
        }
    }
}
