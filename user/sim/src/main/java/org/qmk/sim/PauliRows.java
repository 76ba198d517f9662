package org.qmk.sim;

import java.util.Arrays;
import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.LoopChoice;

/// Rows of Pauli products i^phase X^x Z^z over the same columns, each the words of x and then those
/// of z.
///
/// A product is Hermitian if its phase is odd exactly where it has an odd number of Y.
final class PauliRows {

    private static final BitLoops LOOPS = LoopChoice.bits();

    /// Where rows start: with objects at multiples of 64 bytes, so are the rows.
    private static final int START = 6;

    private final int words;
    private long[] bits;
    private byte[] phases;

    /// @param words the words of x, as `words` gives them
    PauliRows(int rows, int words) {
        this.words = words;
        bits = new long[Math.addExact(START, Math.multiplyExact(rows, 2 * words))];
        phases = new byte[rows];
    }

    /// The words of x for some columns: one, or whole cache lines.
    static int words(int columns) {
        return columns <= 64 ? 1 : columns + 511 >>> 9 << 3;
    }

    /// The bytes of so many rows over so many columns.
    static long bytes(long rows, int columns) {
        return rows * words(columns) * 2 * Long.BYTES;
    }

    int capacity() {
        return phases.length;
    }

    /// Makes room for more rows.
    void grow(int rows) {
        bits = Arrays.copyOf(bits, Math.addExact(START, Math.multiplyExact(rows, 2 * words)));
        phases = Arrays.copyOf(phases, rows);
    }

    /// The words themselves: those of a row start at `xWords`.
    long[] bits() {
        return bits;
    }

    int xWords(int row) {
        return START + row * 2 * words;
    }

    boolean hasX(int row, int column) {
        return (bits[xWords(row) + (column >>> 6)] >>> column & 1) != 0;
    }

    /// The power of i, 0 to 3.
    int phase(int row) {
        return phases[row];
    }

    void addPhase(int row, int power) {
        phases[row] = (byte) (phases[row] + power & 3);
    }

    void clear(int row) {
        Arrays.fill(bits, xWords(row), xWords(row) + 2 * words, 0);
        phases[row] = 0;
    }

    /// Makes all rows 1.
    void clear() {
        Arrays.fill(bits, 0);
        Arrays.fill(phases, (byte) 0);
    }

    void setX(int row, int column) {
        bits[xWords(row) + (column >>> 6)] |= 1L << column;
    }

    void setZ(int row, int column) {
        bits[xWords(row) + words + (column >>> 6)] |= 1L << column;
    }

    void copy(int row, PauliRows from, int fromRow) {
        System.arraycopy(from.bits, from.xWords(fromRow), bits, xWords(row), 2 * words);
        phases[row] = from.phases[fromRow];
    }

    /// Copies the first `count` rows.
    void copyFrom(PauliRows other, int count) {
        System.arraycopy(other.bits, 0, bits, 0, xWords(count));
        System.arraycopy(other.phases, 0, phases, 0, count);
    }

    /// Multiplies a row by another from the right and by i^power.
    void multiply(int row, PauliRows by, int byRow, int power) {
        int odd = LOOPS.multiply(bits, xWords(row), by.bits, by.xWords(byRow), words);
        phases[row] = (byte) (phases[row] + by.phases[byRow] + power + 2 * odd & 3);
    }

    boolean anticommute(int row, PauliRows other, int otherRow) {
        return LOOPS.anticommute(bits, xWords(row), other.bits, other.xWords(otherRow), words) != 0;
    }

    /// How many X parts a row has in the columns of a mask.
    int countX(int row, long[] columns) {
        int start = xWords(row);
        int count = 0;
        for (int w = 0; w < words; w++) count += Long.bitCount(bits[start + w] & columns[w]);
        return count;
    }

    /// The first column with an X part, or -1.
    int firstX(int row) {
        int start = xWords(row);
        for (int w = 0; w < words; w++) {
            long word = bits[start + w];
            if (word != 0) return 64 * w + Long.numberOfTrailingZeros(word);
        }
        return -1;
    }
}
