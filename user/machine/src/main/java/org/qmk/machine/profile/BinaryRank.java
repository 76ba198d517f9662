package org.qmk.machine.profile;

import java.util.List;

/// Ranks of matrices over the field of two elements.
final class BinaryRank {

    private BinaryRank() {}

    /// @param rows bits in words, lowest first; changed
    static int of(long[][] rows, int columns) {
        int rank = 0;
        for (int column = 0; column < columns && rank < rows.length; column++) {
            int word = column >>> 6;
            long bit = 1L << column;
            int pivot = rank;
            while (pivot < rows.length && (rows[pivot][word] & bit) == 0) pivot++;
            if (pivot == rows.length) continue;
            long[] row = rows[pivot];
            rows[pivot] = rows[rank];
            rows[rank] = row;
            for (int i = rank + 1; i < rows.length; i++) {
                if ((rows[i][word] & bit) == 0) continue;
                for (int w = word; w < row.length; w++) rows[i][w] ^= row[w];
            }
            rank++;
        }
        return rank;
    }

    /// The rank of the circulant matrix of a polynomial.
    static int circulant(int size, List<Integer> exponents) {
        long[][] rows = new long[size][(size + 63) / 64];
        for (int row = 0; row < size; row++) {
            for (int exponent : exponents) {
                int column = (row + exponent) % size;
                rows[row][column >>> 6] ^= 1L << column;
            }
        }
        return of(rows, size);
    }
}
