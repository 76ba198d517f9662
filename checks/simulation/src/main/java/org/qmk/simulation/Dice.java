package org.qmk.simulation;

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): every run follows from its seed alone.
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /// Dice of their own for one purpose, so that what one part draws changes no other's.
    static Dice of(long seed, int purpose) {
        return new Dice(new Dice(seed + GOLDEN * purpose).bits());
    }

    long bits() {
        state += GOLDEN;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /// A number from 0 to `bound` - 1; its bias is below bound / 2^32.
    int below(int bound) {
        return (int) ((bits() >>> 32) * bound >>> 32);
    }

    /// A number from `least` to `most`.
    int from(int least, int most) {
        return least + below(most - least + 1);
    }

    /// Whether something happens that happens so often in a million.
    boolean chance(int perMillion) {
        return below(1_000_000) < perMillion;
    }

    boolean oneIn(int many) {
        return below(many) == 0;
    }

    /// Events in an epoch that come one by one, as often on average (Knuth, TAOCP 2, 3.4.1).
    int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = uniform();
        int count = 0;
        while (product > limit) {
            product *= uniform();
            count++;
        }
        return count;
    }

    /// From 0 to below 1.
    double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }
}
