package org.qmk.sim;

import java.util.BitSet;

/// The tableau of Aaronson and Gottesman (arXiv:quant-ph/0406196), plainly: destabilizers and
/// stabilizers as rows, every random measurement done at once on all of them.
final class ChpState {

    private final int n;
    private final BitSet[] x;
    private final BitSet[] z;
    private final boolean[] minus;

    ChpState(int n) {
        this.n = n;
        x = new BitSet[2 * n + 1];
        z = new BitSet[2 * n + 1];
        minus = new boolean[2 * n + 1];
        for (int row = 0; row <= 2 * n; row++) {
            x[row] = new BitSet(n);
            z[row] = new BitSet(n);
            if (row < n) x[row].set(row);
            else if (row < 2 * n) z[row].set(row - n);
        }
    }

    void h(int a) {
        for (int row = 0; row < 2 * n; row++) {
            minus[row] ^= x[row].get(a) && z[row].get(a);
            boolean kept = x[row].get(a);
            x[row].set(a, z[row].get(a));
            z[row].set(a, kept);
        }
    }

    void s(int a) {
        for (int row = 0; row < 2 * n; row++) {
            minus[row] ^= x[row].get(a) && z[row].get(a);
            if (x[row].get(a)) z[row].flip(a);
        }
    }

    void cnot(int a, int b) {
        for (int row = 0; row < 2 * n; row++) {
            boolean xa = x[row].get(a);
            boolean zb = z[row].get(b);
            minus[row] ^= xa && zb && x[row].get(b) == z[row].get(a);
            if (xa) x[row].flip(b);
            if (zb) z[row].flip(a);
        }
    }

    /// Whether measuring Z is random.
    boolean isRandom(int a) {
        for (int row = n; row < 2 * n; row++) if (x[row].get(a)) return true;
        return false;
    }

    /// What measuring Z finds where it is not random.
    boolean value(int a) {
        x[2 * n].clear();
        z[2 * n].clear();
        minus[2 * n] = false;
        for (int row = 0; row < n; row++) if (x[row].get(a)) multiply(2 * n, row + n);
        return minus[2 * n];
    }

    /// Measures Z where it is random, with the given outcome.
    void collapse(int a, boolean one) {
        int pivot = n;
        while (!x[pivot].get(a)) pivot++;
        for (int row = 0; row < 2 * n; row++) {
            if (row != pivot && x[row].get(a)) multiply(row, pivot);
        }
        x[pivot - n] = x[pivot];
        z[pivot - n] = z[pivot];
        minus[pivot - n] = minus[pivot];
        x[pivot] = new BitSet(n);
        z[pivot] = new BitSet(n);
        z[pivot].set(a);
        minus[pivot] = one;
    }

    private void multiply(int row, int by) {
        int power = (minus[row] ? 2 : 0) + (minus[by] ? 2 : 0);
        var touched = (BitSet) x[by].clone();
        touched.or(z[by]);
        for (int a = touched.nextSetBit(0); a >= 0; a = touched.nextSetBit(a + 1)) {
            int x2 = x[row].get(a) ? 1 : 0;
            int z2 = z[row].get(a) ? 1 : 0;
            if (x[by].get(a) && z[by].get(a)) power += z2 - x2;
            else if (x[by].get(a)) power += z2 * (2 * x2 - 1);
            else power += x2 * (1 - 2 * z2);
        }
        x[row].xor(x[by]);
        z[row].xor(z[by]);
        minus[row] = (power & 3) != 0;
    }
}
