package org.qmk.sim.loops;

/// The reference: one word at a time.
public final class ScalarBitLoops implements BitLoops {

    /// There is nothing to set.
    public ScalarBitLoops() {}

    @Override
    public void xor(long[] to, int toStart, long[] from, int fromStart, int count) {
        for (int w = 0; w < count; w++) to[toStart + w] ^= from[fromStart + w];
    }

    @Override
    public int parity(long[] a, int aStart, long[] b, int bStart, int count) {
        long sum = 0;
        for (int w = 0; w < count; w++) sum ^= a[aStart + w] & b[bStart + w];
        return Long.bitCount(sum) & 1;
    }

    @Override
    public int multiply(long[] to, int toStart, long[] by, int byStart, int words) {
        int parity = parity(to, toStart + words, by, byStart, words);
        xor(to, toStart, by, byStart, 2 * words);
        return parity;
    }

    @Override
    public int anticommute(long[] a, int aStart, long[] b, int bStart, int words) {
        return parity(a, aStart, b, bStart + words, words)
                ^ parity(a, aStart + words, b, bStart, words);
    }

    @Override
    public void addCombinations(
            long[] to,
            int toStart,
            int toStride,
            long[] index,
            int indexStart,
            int indexStride,
            int rows,
            long[] table) {
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < 16 * INDEX_WORDS; group++) {
                long word = index[indexStart + row * indexStride + (group >>> 4)];
                int chosen = (int) (word >>> 4 * (group & 15)) & 15;
                int start = (16 * group + chosen) * COMBINATION_WORDS;
                xor(to, toStart + row * toStride, table, start, COMBINATION_WORDS);
            }
        }
    }
}
