package org.qmk.machine;

/// Random numbers that follow from what they are for, in whatever order they are asked for.
final class Draw {

    /// What the time of a window of syndrome is drawn for; other purposes are their users' own.
    static final int WINDOW = 3;

    static final int WINDOW_SECOND = 4;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Draw() {}

    /// 64 bits for the given purpose.
    ///
    /// @param purpose which kind of thing is drawn
    /// @param subject which one of its kind
    static long bits(long seed, int purpose, long epoch, long subject) {
        long state = mix(seed + GOLDEN * (purpose + 1L));
        state = mix(state ^ mix(epoch * GOLDEN + 1));
        return mix(state ^ mix(subject * GOLDEN + 2));
    }

    /// A number in [0, 1) made of 64 random bits.
    static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /// A number from 0 to `bound` - 1 made of 64 random bits; its bias is below bound / 2^32.
    static int below(long bits, int bound) {
        return (int) ((bits >>> 32) * bound >>> 32);
    }

    /// Stafford's variant 13 of the MurmurHash3 finalizer, as in SplitMix64 (Steele, Lea and Flood,
    /// OOPSLA 2014).
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
