package org.qmk.sim;

import java.util.Arrays;

/// Basis states and their amplitudes, in columns: a key of one bit per slot in words of 64 slots,
/// each word a column of its own, and the two parts of the amplitude. No key stands twice.
///
/// The order of the entries follows from the gates applied, not from any hash.
final class SparseEntries {

    /// Entries that a table of twice as many places can index.
    static final int COUNT_MAX = 1 << 29;

    private final int words;
    private final long bytesMax;
    private long[][] keys;
    private double[] re;
    private double[] im;
    private int size;

    /// @param slots bits of a key
    /// @param bytesMax what all may take, growing included
    SparseEntries(int slots, long bytesMax) {
        this.bytesMax = bytesMax;
        words = Math.max(1, slots + 63 >>> 6);
        keys = new long[words][16];
        re = new double[16];
        im = new double[16];
    }

    /// More entries than memory holds.
    static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long entries;
        private final long bytes;

        FullException(long entries, long bytes) {
            super(entries + " entries need " + bytes + " bytes");
            this.entries = entries;
            this.bytes = bytes;
        }

        long entries() {
            return entries;
        }

        long bytes() {
            return bytes;
        }
    }

    /// What the columns and the search for partners take.
    static long bytes(long entries, int slots) {
        return entries * (16 + 8L * Math.max(1, slots + 63 >>> 6) + 4 + 16);
    }

    int words() {
        return words;
    }

    int size() {
        return size;
    }

    /// The words of the keys of slots 64 `word` to 64 `word` + 63.
    long[] keys(int word) {
        return keys[word];
    }

    double[] re() {
        return re;
    }

    double[] im() {
        return im;
    }

    /// Leaves one entry, the key of all 0 with amplitude 1.
    void clear() {
        for (long[] column : keys) column[0] = 0;
        re[0] = 1;
        im[0] = 0;
        size = 1;
    }

    void copyFrom(SparseEntries other) {
        if (re.length < other.size) allocate(other.size);
        for (int word = 0; word < words; word++) {
            System.arraycopy(other.keys[word], 0, keys[word], 0, other.size);
        }
        System.arraycopy(other.re, 0, re, 0, other.size);
        System.arraycopy(other.im, 0, im, 0, other.size);
        size = other.size;
    }

    /// Makes room for so many entries in all.
    ///
    /// @throws FullException if memory does not allow it
    void ensure(long entries) {
        if (entries <= re.length) return;
        int slots = 64 * words;
        if (entries > COUNT_MAX || bytes(entries, slots) > bytesMax) {
            throw new FullException(entries, bytes(entries, slots));
        }
        // Half as many again, but never past what memory allows.
        long roomy = Math.min(COUNT_MAX, bytesMax / bytes(1, slots));
        int capacity = (int) Math.max(entries, Math.min(roomy, re.length * 3L / 2));
        for (int word = 0; word < words; word++) keys[word] = Arrays.copyOf(keys[word], capacity);
        re = Arrays.copyOf(re, capacity);
        im = Arrays.copyOf(im, capacity);
    }

    /// Adds the entry whose key is that of `like` with the bits of `flips` changed, for which there
    /// is room.
    void append(int like, long[] flips, double real, double imaginary) {
        for (int word = 0; word < words; word++) {
            keys[word][size] = keys[word][like] ^ flips[word];
        }
        re[size] = real;
        im[size] = imaginary;
        size++;
    }

    /// Removes the entries whose amplitude is 0, keeping the order of the others.
    void dropZeros() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (re[i] == 0 && im[i] == 0) continue;
            if (kept != i) {
                for (long[] column : keys) column[kept] = column[i];
                re[kept] = re[i];
                im[kept] = im[i];
            }
            kept++;
        }
        size = kept;
    }

    boolean bit(int entry, int slot) {
        return (keys[slot >>> 6][entry] >>> slot & 1) != 0;
    }

    /// Whether the key has an odd number of the bits of a mask.
    boolean isOdd(int entry, long[] mask) {
        long all = 0;
        for (int word = 0; word < words; word++) all ^= keys[word][entry] & mask[word];
        return (Long.bitCount(all) & 1) != 0;
    }

    private void allocate(int capacity) {
        for (int word = 0; word < words; word++) keys[word] = new long[capacity];
        re = new double[capacity];
        im = new double[capacity];
    }
}
