package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Which parities of a table may change together by one difference without changing its third
/// order.
///
/// Adding a difference z to the parities of a set y, and z itself if y is odd, keeps the third
/// order if the sum over y of the parities' squares `p p^T` is `z w^T + w z^T + c z z^T` for some
/// w and c. One elimination of all squares answers that for every z: each unit matrix is known
/// modulo the squares by a hash, which is linear, and by the set of squares it used. Sets that sum
/// to nothing serve every z (TOHPE); the others make it FastTODD (arXiv 2407.08695).
final class ThirdOrderElimination {

    private final ParityTable table;
    private final int variables;
    private final int hashWords;

    /// For each row and column of a unit matrix, the hash of what is left of it.
    private final long[][] rest;

    /// The same of the matrices with one entry on the diagonal.
    private final long[] restDiagonal;

    /// Which reduced square a unit matrix uses, or -1; by `index`.
    private final int[] used;

    /// The set of squares that each reduced square is the sum of.
    private final List<long[]> sets = new ArrayList<>();

    private final List<long[]> free = new ArrayList<>();
    private long work;

    ThirdOrderElimination(ParityTable table, SplittableRandom random) {
        this.table = table;
        variables = table.variables;
        hashWords = variables + 1 + 63 + 63 >> 6;
        int matrices = index(0, variables);
        used = new int[matrices];
        Arrays.fill(used, -1);
        long[] hashes = random.longs((long) matrices * hashWords).toArray();
        eliminate(hashes);
        rest = new long[variables][variables * hashWords];
        restDiagonal = new long[variables * hashWords];
        for (int b = 0; b < variables; b++) {
            for (int a = 0; a < b; a++) {
                System.arraycopy(
                        hashes, index(a, b) * hashWords, rest[a], b * hashWords, hashWords);
                System.arraycopy(
                        hashes, index(a, b) * hashWords, rest[b], a * hashWords, hashWords);
            }
            System.arraycopy(
                    hashes, index(b, b) * hashWords, restDiagonal, b * hashWords, hashWords);
        }
    }

    /// The number of an entry of a symmetric matrix, a at most b.
    private static int index(int a, int b) {
        return b * (b + 1) / 2 + a;
    }

    /// Words of memory that were combined: the measure of effort.
    long work() {
        return work;
    }

    /// A basis of the sets of parities that may change by any difference.
    List<long[]> free() {
        return free;
    }

    /// Brings the squares to reduced echelon form; leaves in `hashes` what is left of each unit.
    private void eliminate(long[] hashes) {
        int matrixWords = used.length + 63 >> 6;
        int setWords = Math.max(1, table.size() + 63 >> 6);
        int rowWords = matrixWords + hashWords + setWords;
        List<long[]> rows = new ArrayList<>();
        int[] pivots = new int[table.size()];
        for (int i = 0; i < table.size(); i++) {
            long[] row = square(i, rowWords, matrixWords, hashes);
            row[matrixWords + hashWords + (i >> 6)] |= 1L << i;
            for (int k = 0; k < rows.size(); k++) {
                if (ParityTable.bit(row, pivots[k])) ParityTable.xor(row, rows.get(k));
            }
            int pivot = ParityTable.lowest(row);
            if (pivot < 0 || pivot >= used.length) {
                free.add(Arrays.copyOfRange(row, matrixWords + hashWords, rowWords));
                continue;
            }
            for (long[] earlier : rows) {
                if (ParityTable.bit(earlier, pivot)) ParityTable.xor(earlier, row);
            }
            pivots[rows.size()] = pivot;
            rows.add(row);
        }
        work += (long) rows.size() * table.size() * rowWords;
        for (int k = 0; k < rows.size(); k++) {
            long[] row = rows.get(k);
            used[pivots[k]] = k;
            for (int w = 0; w < hashWords; w++) {
                hashes[pivots[k] * hashWords + w] ^= row[matrixWords + w];
            }
            sets.add(Arrays.copyOfRange(row, matrixWords + hashWords, rowWords));
        }
    }

    private long[] square(int parity, int rowWords, int matrixWords, long[] hashes) {
        long[] row = new long[rowWords];
        int[] members = members(table.parity(parity));
        for (int j = 0; j < members.length; j++) {
            for (int i = 0; i <= j; i++) {
                int entry = index(members[i], members[j]);
                row[entry >> 6] |= 1L << entry;
                for (int w = 0; w < hashWords; w++) {
                    row[matrixWords + w] ^= hashes[entry * hashWords + w];
                }
            }
        }
        work += (long) members.length * members.length * hashWords / 2;
        return row;
    }

    static int[] members(long[] bits) {
        int count = 0;
        for (long word : bits) count += Long.bitCount(word);
        int[] members = new int[count];
        int next = 0;
        for (int w = 0; w < bits.length; w++) {
            for (long word = bits[w]; word != 0; word &= word - 1) {
                members[next++] = 64 * w + Long.numberOfTrailingZeros(word);
            }
        }
        return members;
    }

    /// Sets of parities that, with the free ones, span all that may change by z.
    ///
    /// @param expected how many independent sets are known to the caller already and worthless; if
    ///     there are no more than these, nothing is returned
    List<long[]> setsFor(long[] z, int expected) {
        int[] members = members(z);
        long[] sums = new long[(variables + 1) * hashWords];
        for (int a : members) {
            long[] row = rest[a];
            for (int i = 0; i < row.length; i++) sums[i] ^= row[i];
        }
        int last = variables * hashWords;
        for (int j = 0; j < members.length; j++) {
            int b = members[j] * hashWords;
            for (int w = 0; w < hashWords; w++) sums[last + w] ^= restDiagonal[b + w];
            for (int i = 0; i < j; i++) {
                long[] row = rest[members[i]];
                for (int w = 0; w < hashWords; w++) sums[last + w] ^= row[b + w];
            }
        }
        work += (long) members.length * (variables + members.length / 2) * hashWords;
        List<long[]> relations = relations(sums);
        // z itself as w is one relation, and says nothing
        if (relations.size() <= expected + 1) return List.of();
        List<long[]> found = new ArrayList<>();
        for (long[] relation : relations) found.add(set(members, relation));
        return found;
    }

    /// The sets of rows of hashes that sum to nothing; a row is `hashWords` long.
    private List<long[]> relations(long[] sums) {
        int rows = variables + 1;
        int relationWords = rows + 63 >> 6;
        int width = hashWords + relationWords;
        long[][] kept = new long[rows][];
        int[] pivots = new int[rows];
        int count = 0;
        List<long[]> relations = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            long[] row = new long[width];
            System.arraycopy(sums, i * hashWords, row, 0, hashWords);
            row[hashWords + (i >> 6)] |= 1L << i;
            for (int k = 0; k < count; k++) {
                if (ParityTable.bit(row, pivots[k])) ParityTable.xor(row, kept[k]);
            }
            int pivot = ParityTable.lowest(row);
            if (pivot < 64 * hashWords) {
                pivots[count] = pivot;
                kept[count++] = row;
            } else {
                relations.add(Arrays.copyOfRange(row, hashWords, width));
            }
        }
        work += (long) count * rows * width / 2;
        return relations;
    }

    /// The set of squares that sum to `z w^T + w z^T + c z z^T`, with c the relation's last bit.
    private long[] set(int[] z, long[] relation) {
        long[] squares = new long[Math.max(1, sets.size() + 63 >> 6)];
        for (int b : members(relation)) {
            for (int i = 0; i < z.length; i++) {
                if (b < variables) {
                    if (z[i] != b) use(squares, Math.min(z[i], b), Math.max(z[i], b));
                } else {
                    for (int j = i; j < z.length; j++) use(squares, z[i], z[j]);
                }
            }
        }
        long[] set = new long[Math.max(1, table.size() + 63 >> 6)];
        for (int k : members(squares)) ParityTable.xor(set, sets.get(k));
        work += (long) sets.size() * set.length;
        return set;
    }

    private void use(long[] squares, int a, int b) {
        int k = used[index(a, b)];
        if (k >= 0) squares[k >> 6] ^= 1L << k;
    }
}
