package org.qmk.qec.bp;

import java.util.Arrays;
import org.qmk.qec.decode.DecodingProblem;

/// Gaussian elimination of the columns of a matrix in any order: which of them are independent of
/// those before, and each column as a combination of these.
///
/// Kept is the product of all row operations, so that a column costs as much as it has ones.
final class ColumnElimination {

    private final DecodingProblem problem;
    private final int rows;
    private final int words;

    /// Column k of the product, `words` for each row k of the matrix.
    private final long[] transform;

    private final long[] pivotRows;
    private final int[] pivotOfRow;
    private final long[] column;
    private int rank;

    ColumnElimination(DecodingProblem problem) {
        this.problem = problem;
        rows = problem.detectors();
        words = problem.words();
        transform = new long[Math.multiplyExact(rows, words)];
        pivotRows = new long[words];
        pivotOfRow = new int[rows];
        column = new long[words];
    }

    int words() {
        return words;
    }

    int rank() {
        return rank;
    }

    /// The column that has the one of a row, of those that were independent.
    int pivot(int row) {
        return pivotOfRow[row];
    }

    void start() {
        Arrays.fill(transform, 0);
        for (int i = 0; i < rows; i++) transform[i * words + (i >>> 6)] = 1L << i;
        Arrays.fill(pivotRows, 0);
        rank = 0;
    }

    /// Takes a column; false if it depends on those before.
    boolean add(int mechanism) {
        transformed(mechanism, column, 0);
        int row = -1;
        for (int i = 0; i < words && row < 0; i++) {
            long free = column[i] & ~pivotRows[i];
            if (free != 0) row = 64 * i + Long.numberOfTrailingZeros(free);
        }
        if (row < 0) return false;
        int word = row >>> 6;
        column[word] &= ~(1L << row);
        for (int from = 0; from < transform.length; from += words) {
            if ((transform[from + word] >>> row & 1) == 0) continue;
            for (int i = 0; i < words; i++) transform[from + i] ^= column[i];
        }
        pivotRows[word] |= 1L << row;
        pivotOfRow[row] = mechanism;
        rank++;
        return true;
    }

    /// A column after the row operations: ones are the pivots of which it is the sum.
    void transformed(int mechanism, long[] result, int to) {
        Arrays.fill(result, to, to + words, 0);
        for (int i = problem.columnStart(mechanism); i < problem.columnStart(mechanism + 1); i++) {
            int from = problem.detector(i) * words;
            for (int j = 0; j < words; j++) result[to + j] ^= transform[from + j];
        }
    }

    /// The same for a syndrome.
    ///
    /// @return whether it is a sum of pivots
    boolean transformed(long[] syndrome, int start, long[] result) {
        Arrays.fill(result, 0);
        for (int i = 0; i < words; i++) {
            long left = syndrome[start + i];
            while (left != 0) {
                int from = (64 * i + Long.numberOfTrailingZeros(left)) * words;
                left &= left - 1;
                for (int j = 0; j < words; j++) result[j] ^= transform[from + j];
            }
        }
        for (int i = 0; i < words; i++) {
            if ((result[i] & ~pivotRows[i]) != 0) return false;
        }
        return true;
    }
}
