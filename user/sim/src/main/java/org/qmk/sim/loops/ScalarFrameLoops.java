package org.qmk.sim.loops;

/// The reference: one word at a time.
public final class ScalarFrameLoops implements FrameLoops {

    private static final double SHORT_OF_INFINITE = 0x1p62;
    private static final long HALF_ROOT = 0x3FE6A09E667F3BCDL; // of 1/2, as bits
    private static final double LN_2 = 0.6931471805599453;

    /// There is nothing to set.
    public ScalarFrameLoops() {}

    @Override
    public void xor(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] ^= rows[list[i + 1] + w];
        }
    }

    @Override
    public void and(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] &= rows[list[i + 1] + w];
        }
    }

    @Override
    public void or(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] |= rows[list[i + 1] + w];
        }
    }

    @Override
    public void copy(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i += 2) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] = rows[list[i + 1] + w];
        }
    }

    @Override
    public void sum(long[] rows, int[] list, int from, int to) {
        for (int w = 0; w < WORDS; w++) {
            long sum = 0;
            for (int i = from + 1; i < to; i++) sum ^= rows[list[i] + w];
            rows[list[from] + w] = sum;
        }
    }

    @Override
    public void clear(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] = 0;
        }
    }

    @Override
    public void invert(long[] rows, int[] list, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] = ~rows[list[i] + w];
        }
    }

    @Override
    public void random(long[] rows, int[] list, int from, int to, long[] state) {
        for (int i = from; i < to; i++) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] = next(state, w);
        }
    }

    @Override
    public void addRandom(long[] rows, int[] list, int from, int to, long[] state) {
        for (int i = from; i < to; i++) {
            for (int w = 0; w < WORDS; w++) rows[list[i] + w] ^= next(state, w);
        }
    }

    private static long next(long[] state, int counter) {
        long z = state[counter] += state[counter + WORDS];
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    @Override
    public void gaps(long[] words, long[] gaps, double inverse) {
        for (int i = 0; i < words.length; i++) {
            double uniform = 2 - Double.longBitsToDouble(words[i] >>> 12 | 0x3FF0000000000000L);
            gaps[i] = (long) Math.min(logarithm(uniform) * inverse, SHORT_OF_INFINITE);
        }
    }

    /// With u = 2^k m and m from sqrt(1/2) to sqrt(2), log u = k log 2 + 2 artanh((m - 1) /
    /// (m + 1)), the series ended where it is below 1e-12.
    private static double logarithm(double u) {
        long bits = Double.doubleToRawLongBits(u);
        long k = bits - HALF_ROOT >> 52;
        double m = Double.longBitsToDouble(bits - (k << 52));
        double s = (m - 1) / (m + 1);
        double t = s * s;
        double series = t * (1.0 / 13) + 1.0 / 11;
        series = series * t + 1.0 / 9;
        series = series * t + 1.0 / 7;
        series = series * t + 1.0 / 5;
        series = series * t + 1.0 / 3;
        series = series * t + 1;
        return k * LN_2 + 2 * s * series;
    }
}
