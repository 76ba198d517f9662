package org.qmk.optimizer;

import java.util.Arrays;

/// Signed Pauli products on many qubits, one in each column, that gates are applied to together.
///
/// A row is a vector of bits over the columns: for each qubit, which products flip its bit (x) and
/// which flip its phase (z); and one row of signs. A Clifford gate changes whole rows, 64 products
/// at a time. Rows that are all zero take no room.
/// Source of the sign rules: Aaronson and Gottesman, arXiv:quant-ph/0406196, section II.
final class ProductColumns {

    private final long[][] x;
    private final long[][] z;
    private long[] signs;
    private int words;
    // The qubits that may have rows.
    private final boolean[] listed;
    private int[] list = new int[16];
    private int listSize;

    ProductColumns(int qubits, int words) {
        x = new long[qubits][];
        z = new long[qubits][];
        this.words = words;
        signs = new long[words];
        listed = new boolean[qubits];
    }

    int words() {
        return words;
    }

    /// The columns that flip the bit of a qubit, or null if there are none.
    private long[] rowOf(int axis, int qubit) {
        return axis == GateKind.AXIS_X ? x[qubit] : z[qubit];
    }

    /// Makes a column, which must be empty, the Pauli matrix of an axis on one qubit.
    void set(int column, int qubit, int axis) {
        if ((axis & GateKind.AXIS_X) != 0) setBit(x, qubit, column);
        if ((axis & GateKind.AXIS_Z) != 0) setBit(z, qubit, column);
    }

    private void setBit(long[][] rows, int qubit, int column) {
        if (rows[qubit] == null) rows[qubit] = new long[words];
        list(qubit);
        rows[qubit][column >>> 6] |= 1L << column;
    }

    private void list(int qubit) {
        if (listed[qubit]) return;
        listed[qubit] = true;
        if (listSize == list.length) list = Arrays.copyOf(list, 2 * listSize);
        list[listSize++] = qubit;
    }

    boolean negative(int column) {
        return (signs[column >>> 6] >>> column & 1) != 0;
    }

    /// The axis of a column's letter on a qubit, 0 where it has none.
    int letter(int column, int qubit) {
        return (bit(x[qubit], column) ? GateKind.AXIS_X : 0)
                | (bit(z[qubit], column) ? GateKind.AXIS_Z : 0);
    }

    /// Whether a column is the Pauli matrix of an axis on one qubit, of either sign.
    boolean is(int column, int qubit, int axis) {
        for (int i = 0; i < listSize; i++) {
            int q = list[i];
            if (letter(column, q) != (q == qubit ? axis : 0)) return false;
        }
        return listed[qubit];
    }

    private static boolean bit(long[] row, int column) {
        return row != null && (row[column >>> 6] >>> column & 1) != 0;
    }

    /// Takes out of a set of columns those that do not commute with the matrix of an axis.
    void keepCommuting(int qubit, int axis, long[] set) {
        long[] a = (axis & GateKind.AXIS_Z) != 0 ? rowOf(GateKind.AXIS_X, qubit) : null;
        long[] b = (axis & GateKind.AXIS_X) != 0 ? rowOf(GateKind.AXIS_Z, qubit) : null;
        if (a != null && b != null) {
            for (int i = 0; i < words; i++) set[i] &= ~(a[i] ^ b[i]);
        } else if (a != null || b != null) {
            long[] row = a != null ? a : b;
            for (int i = 0; i < words; i++) set[i] &= ~row[i];
        }
    }

    /// Applies a Clifford gate to every column: the product P becomes G P G^-1.
    ///
    /// @param b the second qubit, or `GateList.NONE`
    void apply(GateKind kind, int a, int b) {
        if (b != GateList.NONE && (listed[a] || listed[b])) {
            list(a);
            list(b);
        }
        switch (kind) {
            case X -> flipSigns(z[a]);
            case Y -> {
                flipSigns(x[a]);
                flipSigns(z[a]);
            }
            case Z -> flipSigns(x[a]);
            case H -> {
                flipSignsWhereBoth(x[a], z[a]);
                long[] row = x[a];
                x[a] = z[a];
                z[a] = row;
            }
            case S -> {
                flipSignsWhereBoth(x[a], z[a]);
                z[a] = sum(z[a], x[a]);
            }
            case SDG -> {
                z[a] = sum(z[a], x[a]);
                flipSignsWhereBoth(x[a], z[a]);
            }
            case SX -> {
                x[a] = sum(x[a], z[a]);
                flipSignsWhereBoth(x[a], z[a]);
            }
            case SXDG -> {
                flipSignsWhereBoth(x[a], z[a]);
                x[a] = sum(x[a], z[a]);
            }
            case CNOT -> cnot(a, b);
            case CZ -> cz(a, b);
            case SWAP -> swap(a, b);
            case ISWAP -> {
                apply(GateKind.S, a, b);
                apply(GateKind.S, b, a);
                cz(a, b);
                swap(a, b);
            }
            case ISWAPDG -> {
                apply(GateKind.SDG, a, b);
                apply(GateKind.SDG, b, a);
                cz(a, b);
                swap(a, b);
            }
            case T, TDG, CCZ, TOFFOLI, RX, RY, RZ ->
                    throw new IllegalArgumentException(kind + " is no Clifford gate");
        }
    }

    private void cnot(int a, int b) {
        if (x[a] != null && z[b] != null) {
            long[] xb = x[b];
            long[] za = z[a];
            for (int i = 0; i < words; i++) {
                long other = (xb == null ? 0 : xb[i]) ^ (za == null ? 0 : za[i]);
                signs[i] ^= x[a][i] & z[b][i] & ~other;
            }
        }
        x[b] = sum(x[b], x[a]);
        z[a] = sum(z[a], z[b]);
    }

    private void cz(int a, int b) {
        if (x[a] != null && x[b] != null) {
            long[] za = z[a];
            long[] zb = z[b];
            for (int i = 0; i < words; i++) {
                long other = (za == null ? 0 : za[i]) ^ (zb == null ? 0 : zb[i]);
                signs[i] ^= x[a][i] & x[b][i] & other;
            }
        }
        z[a] = sum(z[a], x[b]);
        z[b] = sum(z[b], x[a]);
    }

    private void swap(int a, int b) {
        long[] row = x[a];
        x[a] = x[b];
        x[b] = row;
        row = z[a];
        z[a] = z[b];
        z[b] = row;
    }

    private void flipSigns(long[] row) {
        if (row == null) return;
        for (int i = 0; i < words; i++) signs[i] ^= row[i];
    }

    private void flipSignsWhereBoth(long[] row, long[] other) {
        if (row == null || other == null) return;
        for (int i = 0; i < words; i++) signs[i] ^= row[i] & other[i];
    }

    /// The sum of two rows, in the place of the first.
    private static long[] sum(long[] row, long[] other) {
        if (other == null) return row;
        if (row == null) return other.clone();
        for (int i = 0; i < row.length; i++) row[i] ^= other[i];
        return row;
    }

    /// Empties all columns that are not in a set, and makes room for more if asked.
    void keep(long[] set, int wordsThen) {
        int left = 0;
        for (int i = 0; i < listSize; i++) {
            int qubit = list[i];
            x[qubit] = kept(x[qubit], set, wordsThen);
            z[qubit] = kept(z[qubit], set, wordsThen);
            listed[qubit] = x[qubit] != null || z[qubit] != null;
            if (listed[qubit]) list[left++] = qubit;
        }
        listSize = left;
        long[] keptSigns = kept(signs, set, wordsThen);
        signs = keptSigns == null ? new long[wordsThen] : keptSigns;
        words = wordsThen;
    }

    private static long[] kept(long[] row, long[] set, int wordsThen) {
        if (row == null) return null;
        long any = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] &= set[i];
            any |= row[i];
        }
        if (any == 0) return null;
        return row.length == wordsThen ? row : Arrays.copyOf(row, wordsThen);
    }
}
