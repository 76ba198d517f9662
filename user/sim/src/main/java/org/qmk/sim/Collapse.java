package org.qmk.sim;

import java.util.Arrays;
import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.LoopChoice;

/// Makes measured Pauli products of a tableau certain, up to 512 of them in one sweep over its
/// rows.
///
/// Operations put before U that keep the state 0 change the rows and not the state. The products
/// b_i are independent and commute; each has a pivot column c_i with an X part in no other product.
/// CNOTs from the pivots to all other columns leave X or Y at the pivots alone; CZ among the pivots
/// and S leave X at the product's own pivot; and the measurement turns the pivots from the state 0
/// to eigenstates of X, which H, put before U too, brings back to Z.
///
/// For the X bits a and Z bits b of a row at the pivots, B being the X parts of the products less
/// the pivots and G the symmetric matrix of their Z bits at the pivots after the CNOTs, this is
/// x += a B, b += B z, b += G a, i^(a G a), then a and b change places and cost (-1)^(a b). The
/// matrix products take 4 bits at a time from tables of sums ("four Russians"), in tiles that fit
/// a core's cache.
final class Collapse {

    /// The most products of one sweep.
    static final int SIZE_MAX = 512;

    private static final BitLoops LOOPS = LoopChoice.bits();

    /// The words of a bit for each product of a sweep.
    private static final int WORDS = SIZE_MAX / 64;

    /// Up to so many products, one after the other beats tables.
    private static final int DIRECT_MAX = 32;

    private static final int ROWS_MAX = 2048;

    private final int words;
    private final long[] table = new long[BitLoops.TABLE_WORDS];
    private final long[] scratch = new long[64];
    // By product, in order of their pivots: the X part less the pivots.
    private final long[] cleared;
    // By column: one bit for each product.
    private final long[] transposed;
    private final int[] pivots = new int[SIZE_MAX];
    private final long[] pivotMask;
    // G, and what of it lies below the diagonal.
    private final long[] diagonal = new long[WORDS];
    private final long[] letters = new long[SIZE_MAX * WORDS];
    private final long[] below = new long[SIZE_MAX * WORDS];
    // The products that would be certain with the wrong sign.
    private final long[] flips = new long[WORDS];
    // By row: its X bits and Z bits at the pivots, and a times the part of G below the diagonal.
    private final long[] rowX = new long[ROWS_MAX * WORDS];
    private final long[] rowZ = new long[ROWS_MAX * WORDS];
    private final long[] rowBelow = new long[ROWS_MAX * WORDS];
    private int size;
    private boolean direct;

    /// @param words the words of the X part of a row
    Collapse(int words) {
        this.words = words;
        cleared = new long[SIZE_MAX * words];
        transposed = new long[64 * words * WORDS];
        pivotMask = new long[words];
    }

    /// Takes the products of the next sweep: rows `from` to `to - 1`. They are independent,
    /// commute, and have no X part at the pivots of earlier ones; `pivotColumns` are their pivots.
    /// Their rows are changed to other products of the same group.
    void take(PauliRows products, int[] pivotColumns, int from, int to) {
        size = to - from;
        direct = size <= DIRECT_MAX || words % BitLoops.COMBINATION_WORDS != 0;
        for (int i = to - 1; i > from; i--) {
            for (int j = from; j < i; j++) {
                if (products.hasX(j, pivotColumns[i])) products.multiply(j, products, i, 0);
            }
        }
        int[] order = sorted(pivotColumns, from);
        Arrays.fill(pivotMask, 0);
        for (int i = 0; i < size; i++) {
            pivots[i] = pivotColumns[order[i]];
            pivotMask[pivots[i] >>> 6] |= 1L << pivots[i];
        }
        for (int i = 0; i < size; i++) {
            int x = products.xWords(order[i]);
            for (int w = 0; w < words; w++) {
                cleared[i * words + w] = products.bits()[x + w] & ~pivotMask[w];
            }
        }
        if (!direct) transpose();
        takeLetters(products, order, from);
    }

    /// Changes the rows `from` to `to - 1`.
    void sweep(PauliRows rows, int from, int to) {
        for (int first = from; first < to; first += ROWS_MAX) {
            int count = Math.min(ROWS_MAX, to - first);
            gather(rows, first, count);
            addProducts(rows, first, count);
            addLetters(count);
            scatter(rows, first, count);
        }
    }

    private int[] sorted(int[] pivotColumns, int from) {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) keys[i] = (long) pivotColumns[from + i] << 32 | from + i;
        Arrays.sort(keys);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) order[i] = (int) keys[i];
        return order;
    }

    private void transpose() {
        Arrays.fill(cleared, size * words, SIZE_MAX * words, 0);
        for (int block = 0; block < WORDS; block++) {
            for (int w = 0; w < words; w++) {
                for (int i = 0; i < 64; i++) scratch[i] = cleared[(64 * block + i) * words + w];
                BitSquare.transpose(scratch);
                for (int i = 0; i < 64; i++) {
                    transposed[(64 * w + i) * WORDS + block] = scratch[i];
                }
            }
        }
    }

    /// Makes G from the products, and finds which are to be flipped.
    private void takeLetters(PauliRows products, int[] order, int from) {
        Arrays.fill(letters, 0);
        Arrays.fill(below, 0);
        Arrays.fill(diagonal, 0);
        Arrays.fill(flips, 0);
        gather(products, from, size);
        if (direct) addParities(products, from, size);
        else addParitiesByTable(products, from, size);
        for (int i = 0; i < size; i++) {
            int row = (order[i] - from) * WORDS;
            System.arraycopy(rowZ, row, letters, i * WORDS, WORDS);
            System.arraycopy(rowZ, row, below, i * WORDS, i >>> 6);
            below[i * WORDS + (i >>> 6)] = rowZ[row + (i >>> 6)] & (1L << i) - 1;
            boolean isY = (rowZ[row + (i >>> 6)] >>> i & 1) != 0;
            if (isY) diagonal[i >>> 6] |= 1L << i;
            int phase = products.phase(order[i]) + (isY ? 1 : 0);
            if ((phase & 2) != 0) flips[i >>> 6] |= 1L << i;
        }
    }

    private void gather(PauliRows rows, int first, int count) {
        long[] bits = rows.bits();
        Arrays.fill(rowX, 0, count * WORDS, 0);
        Arrays.fill(rowZ, 0, count * WORDS, 0);
        int rank = 0;
        for (int w = 0; w < words; w++) {
            long mask = pivotMask[w];
            if (mask == 0) continue;
            for (int row = 0; row < count; row++) {
                int x = rows.xWords(first + row) + w;
                append(rowX, row * WORDS, rank, Long.compress(bits[x], mask));
                append(rowZ, row * WORDS, rank, Long.compress(bits[x + words], mask));
            }
            rank += Long.bitCount(mask);
        }
    }

    private static void append(long[] to, int start, int rank, long value) {
        int word = start + (rank >>> 6);
        to[word] |= value << rank;
        if ((rank & 63) != 0 && (rank >>> 6) + 1 < WORDS) to[word + 1] |= value >>> -rank;
    }

    private static long extract(long[] from, int start, int rank) {
        int word = start + (rank >>> 6);
        long value = from[word] >>> rank;
        if ((rank & 63) != 0 && (rank >>> 6) + 1 < WORDS) value |= from[word + 1] << -rank;
        return value;
    }

    /// x += a B, b += B z.
    private void addProducts(PauliRows rows, int first, int count) {
        if (direct) {
            addParities(rows, first, count);
            for (int row = 0; row < count; row++) {
                for (int i = 0; i < size; i++) {
                    if ((rowX[row * WORDS + (i >>> 6)] >>> i & 1) == 0) continue;
                    LOOPS.xor(rows.bits(), rows.xWords(first + row), cleared, i * words, words);
                }
            }
            return;
        }
        addParitiesByTable(rows, first, count);
        for (int tile = 0; tile < words; tile += WORDS) {
            for (int from = 0; from < size; from += 256) {
                fillTable(cleared, from * words + tile, words);
                LOOPS.addCombinations(
                        rows.bits(),
                        rows.xWords(first) + tile,
                        2 * words,
                        rowX,
                        from >>> 6,
                        WORDS,
                        count,
                        table);
            }
        }
    }

    private void addParities(PauliRows rows, int first, int count) {
        for (int row = 0; row < count; row++) {
            int z = rows.xWords(first + row) + words;
            for (int i = 0; i < size; i++) {
                long odd = LOOPS.parity(rows.bits(), z, cleared, i * words, words);
                rowZ[row * WORDS + (i >>> 6)] ^= odd << i;
            }
        }
    }

    private void addParitiesByTable(PauliRows rows, int first, int count) {
        for (int tile = 0; tile < words; tile += BitLoops.INDEX_WORDS) {
            fillTable(transposed, 64 * tile * WORDS, WORDS);
            LOOPS.addCombinations(
                    rowZ,
                    0,
                    WORDS,
                    rows.bits(),
                    rows.xWords(first) + words + tile,
                    2 * words,
                    count,
                    table);
        }
    }

    /// b += G a, and a times the part of G below the diagonal.
    private void addLetters(int count) {
        Arrays.fill(rowBelow, 0, count * WORDS, 0);
        for (int from = 0; from < size; from += 256) {
            if (direct) break;
            fillTable(letters, from * WORDS, WORDS);
            LOOPS.addCombinations(rowZ, 0, WORDS, rowX, from >>> 6, WORDS, count, table);
            fillTable(below, from * WORDS, WORDS);
            LOOPS.addCombinations(rowBelow, 0, WORDS, rowX, from >>> 6, WORDS, count, table);
        }
        if (!direct) return;
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < size; i++) {
                if ((rowX[row * WORDS + (i >>> 6)] >>> i & 1) == 0) continue;
                for (int w = 0; w < WORDS; w++) {
                    rowZ[row * WORDS + w] ^= letters[i * WORDS + w];
                    rowBelow[row * WORDS + w] ^= below[i * WORDS + w];
                }
            }
        }
    }

    private void scatter(PauliRows rows, int first, int count) {
        long[] bits = rows.bits();
        for (int row = 0; row < count; row++) {
            int phase = 0;
            for (int w = row * WORDS; w < (row + 1) * WORDS; w++) {
                long a = rowX[w];
                int place = w & WORDS - 1;
                phase += Long.bitCount(a & diagonal[place]);
                phase += 2 * Long.bitCount(a & (rowBelow[w] ^ rowZ[w] ^ flips[place]));
            }
            rows.addPhase(first + row, phase);
        }
        int rank = 0;
        for (int w = 0; w < words; w++) {
            long mask = pivotMask[w];
            if (mask == 0) continue;
            for (int row = 0; row < count; row++) {
                int x = rows.xWords(first + row) + w;
                long newX = Long.expand(extract(rowZ, row * WORDS, rank), mask);
                long newZ = Long.expand(extract(rowX, row * WORDS, rank), mask);
                bits[x] = bits[x] & ~mask | newX;
                bits[x + words] = bits[x + words] & ~mask | newZ;
            }
            rank += Long.bitCount(mask);
        }
    }

    /// Fills the table with the sums of each 4 of 256 rows of 8 words.
    private void fillTable(long[] from, int start, int stride) {
        for (int group = 0; group < 16 * BitLoops.INDEX_WORDS; group++) {
            int base = group * 16 * WORDS;
            Arrays.fill(table, base, base + WORDS, 0);
            for (int bit = 0; bit < 4; bit++) {
                int source = start + (4 * group + bit) * stride;
                for (int sum = 0; sum < 1 << bit; sum++) {
                    int to = base + ((1 << bit) + sum) * WORDS;
                    for (int w = 0; w < WORDS; w++) {
                        table[to + w] = table[base + sum * WORDS + w] ^ from[source + w];
                    }
                }
            }
        }
    }
}
