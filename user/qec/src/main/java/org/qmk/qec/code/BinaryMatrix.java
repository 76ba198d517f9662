package org.qmk.qec.code;

import java.util.Arrays;

/// A matrix over the field of two elements, in bits. Does not change.
public final class BinaryMatrix {

    private final int columns;
    private final long[][] rows;

    private BinaryMatrix(int columns, long[][] rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /// Tells whether an entry is 1.
    @FunctionalInterface
    public interface Entries {

        boolean isOne(int row, int column);
    }

    public static BinaryMatrix of(int rows, int columns, Entries entries) {
        var bits = new long[rows][columns + 63 >>> 6];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (entries.isOne(i, j)) bits[i][j >>> 6] |= 1L << j;
            }
        }
        return new BinaryMatrix(columns, bits);
    }

    public static BinaryMatrix identity(int size) {
        return of(size, size, (i, j) -> i == j);
    }

    public int rows() {
        return rows.length;
    }

    public int columns() {
        return columns;
    }

    public boolean isOne(int row, int column) {
        return (rows[row][column >>> 6] >>> column & 1) != 0;
    }

    public int rowWeight(int row) {
        int weight = 0;
        for (long word : rows[row]) weight += Long.bitCount(word);
        return weight;
    }

    public BinaryMatrix transpose() {
        return of(columns, rows.length, (i, j) -> isOne(j, i));
    }

    /// This beside another.
    public BinaryMatrix beside(BinaryMatrix right) {
        checkSize(rows.length == right.rows.length);
        return of(
                rows.length,
                columns + right.columns,
                (i, j) -> j < columns ? isOne(i, j) : right.isOne(i, j - columns));
    }

    /// This above another.
    public BinaryMatrix above(BinaryMatrix below) {
        checkSize(columns == below.columns);
        return of(
                rows.length + below.rows.length,
                columns,
                (i, j) -> i < rows.length ? isOne(i, j) : below.isOne(i - rows.length, j));
    }

    public BinaryMatrix plus(BinaryMatrix other) {
        checkSize(rows.length == other.rows.length && columns == other.columns);
        return of(rows.length, columns, (i, j) -> isOne(i, j) != other.isOne(i, j));
    }

    public BinaryMatrix times(BinaryMatrix other) {
        checkSize(columns == other.rows.length);
        var product = new long[rows.length][other.columns + 63 >>> 6];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                if (isOne(i, j)) add(other.rows[j], product[i]);
            }
        }
        return new BinaryMatrix(other.columns, product);
    }

    /// The Kronecker product.
    public BinaryMatrix tensor(BinaryMatrix other) {
        int height = other.rows.length;
        int width = other.columns;
        return of(
                rows.length * height,
                columns * width,
                (i, j) -> isOne(i / height, j / width) && other.isOne(i % height, j % width));
    }

    private static void add(long[] row, long[] to) {
        for (int i = 0; i < to.length; i++) to[i] ^= row[i];
    }

    private static void checkSize(boolean fits) {
        if (!fits) throw new IllegalArgumentException("matrices of sizes that do not fit");
    }

    public boolean isZero() {
        return Arrays.stream(rows).flatMapToLong(Arrays::stream).allMatch(word -> word == 0);
    }

    public int rank() {
        return reduced().rows.length;
    }

    /// Independent rows that span the same space, in reduced echelon form.
    public BinaryMatrix reduced() {
        var left = new long[rows.length][];
        for (int i = 0; i < left.length; i++) left[i] = rows[i].clone();
        int rank = 0;
        for (int column = 0; column < columns && rank < left.length; column++) {
            int pivot = rank;
            while (pivot < left.length && !isOne(left[pivot], column)) pivot++;
            if (pivot == left.length) continue;
            long[] row = left[pivot];
            left[pivot] = left[rank];
            left[rank] = row;
            for (int i = 0; i < left.length; i++) {
                if (i != rank && isOne(left[i], column)) add(row, left[i]);
            }
            rank++;
        }
        return new BinaryMatrix(columns, Arrays.copyOf(left, rank));
    }

    private static boolean isOne(long[] row, int column) {
        return (row[column >>> 6] >>> column & 1) != 0;
    }

    /// Independent rows that span all vectors whose product with this is 0.
    public BinaryMatrix kernel() {
        BinaryMatrix form = reduced();
        int rank = form.rows.length;
        int[] pivotOfRow = new int[rank];
        int[] free = new int[columns - rank];
        int others = 0;
        int row = 0;
        for (int column = 0; column < columns; column++) {
            if (row < rank && form.isOne(row, column)) pivotOfRow[row++] = column;
            else free[others++] = column;
        }
        var vectors = new long[others][columns + 63 >>> 6];
        for (int i = 0; i < others; i++) {
            vectors[i][free[i] >>> 6] |= 1L << free[i];
            for (int j = 0; j < rank; j++) {
                int pivot = pivotOfRow[j];
                if (form.isOne(j, free[i])) vectors[i][pivot >>> 6] |= 1L << pivot;
            }
        }
        return new BinaryMatrix(columns, vectors);
    }
}
