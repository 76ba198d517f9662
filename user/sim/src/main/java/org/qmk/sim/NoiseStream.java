package org.qmk.sim;

import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.loops.LoopChoice;

/// Which of many independent trials of one chance succeed, without trying each: the gaps between
/// them are drawn. The trials of all instructions of that chance are one sequence.
final class NoiseStream {

    private static final FrameLoops LOOPS = LoopChoice.frames();
    private static final int SIZE = 256;

    /// 2^64 times the golden ratio, odd: Knuth's multiplicative hash.
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final int[] ALL = new int[SIZE / FrameLoops.WORDS];

    static {
        for (int i = 0; i < ALL.length; i++) ALL[i] = i * FrameLoops.WORDS;
    }

    private final double inverse;
    private final long[] state = new long[FrameLoops.STATE_WORDS];
    private final long[] words = new long[SIZE];
    private final long[] gaps = new long[SIZE];
    private int used;

    /// How many trials come before the next success.
    private long ahead;

    NoiseStream(double chance) {
        inverse = 1 / Math.log1p(-chance);
    }

    /// Starts the sequence of a batch of shots.
    ///
    /// @param number of the stream, so that streams differ
    void start(long seed, long batch, int number) {
        long own = ShotStream.mix(seed + (number + 1) * GOLDEN) ^ GOLDEN;
        ShotStream.fill(state, own, batch);
        used = SIZE;
        ahead = -1;
        advance();
    }

    /// How many trials come before the next success.
    long ahead() {
        return ahead;
    }

    /// Goes past trials, none of which may succeed.
    void pass(long trials) {
        ahead -= trials;
    }

    /// Goes past the next success.
    void advance() {
        if (used == SIZE) {
            LOOPS.random(words, ALL, 0, ALL.length, state);
            LOOPS.gaps(words, gaps, inverse);
            used = 0;
        }
        ahead += gaps[used++] + 1;
    }

    /// A number of 32 bits that belongs to the next success: from the word of the gap before it, of
    /// which the gap tells the highest bits only.
    long choice() {
        return words[used - 1] * GOLDEN >>> 32;
    }
}
