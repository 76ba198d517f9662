package org.qmk.sim;

/// Random numbers of a shot, or of a block of shots, each a pure function of the seed, the number
/// of the shot and the number of the draw.
///
/// SplitMix64 with an increment of its own per stream: Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014, figure 17. The k-th number of a stream is
/// mix(start + (k + 1) * step), so that no state has to be kept.
final class ShotStream {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private ShotStream() {}

    static long start(long seed, long shot) {
        return mix(mix(seed + GOLDEN) ^ mix(shot * GOLDEN + 1));
    }

    /// The stream's increment: odd, with a regular number of bit changes.
    static long step(long start) {
        long step = mix(start ^ GOLDEN) | 1;
        return Long.bitCount(step ^ step >>> 1) < 24 ? step ^ 0xAAAAAAAAAAAAAAAAL : step;
    }

    /// The draw of the given number, counted from 0: 64 bits.
    static long bits(long start, long step, long draw) {
        return mix(start + (draw + 1) * step);
    }

    /// A number in [0, 1): the draw of the given number of a shot's stream.
    static double uniform(long seed, long shot, long draw) {
        long start = start(seed, shot);
        return (bits(start, step(start), draw) >>> 11) * UNIT;
    }

    /// Makes the streams of a batch of 1,024 shots, a stream for each block of 64: the counters
    /// and then their increments.
    static void fill(long[] state, long seed, long batch) {
        int streams = state.length / 2;
        for (int i = 0; i < streams; i++) {
            state[i] = start(seed, batch * streams + i);
            state[streams + i] = step(state[i]);
        }
    }

    /// Stafford's variant 13 of the MurmurHash3 finalizer, as in the paper's mix64.
    static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
