package org.qmk.sim.loops;

/// Loops over rows of 1,024 bits, one for each shot of a batch. Rows lie in one array; a list of
/// instructions names the word at which each starts. Rows named by one call are equal or do not
/// overlap, and lists are followed in order.
///
/// The results are the same bits everywhere, those of `gaps` too: its logarithm is made of
/// additions, multiplications and a division in a fixed order, and of no library's.
public interface FrameLoops {

    /// The words of a row.
    int WORDS = 16;

    /// The words of the state of a random number generator: 16 counters and their increments.
    int STATE_WORDS = 2 * WORDS;

    /// For pairs of rows: `to ^= from`.
    void xor(long[] rows, int[] list, int from, int to);

    /// For pairs of rows: `to &= from`.
    void and(long[] rows, int[] list, int from, int to);

    /// For pairs of rows: `to |= from`.
    void or(long[] rows, int[] list, int from, int to);

    /// For pairs of rows: `to = from`.
    void copy(long[] rows, int[] list, int from, int to);

    /// Makes the row named first the sum, modulo 2 in each bit, of the others.
    void sum(long[] rows, int[] list, int from, int to);

    /// Makes rows 0.
    void clear(long[] rows, int[] list, int from, int to);

    /// Makes every bit of rows its opposite.
    void invert(long[] rows, int[] list, int from, int to);

    /// Makes rows random: counters that advance by their increments, each mixed by Stafford's
    /// variant 13 as in SplitMix64.
    void random(long[] rows, int[] list, int from, int to, long[] state);

    /// Adds random rows, modulo 2 in each bit, to rows.
    void addRandom(long[] rows, int[] list, int from, int to, long[] state);

    /// Makes random words geometric numbers: how many trials fail before the next one that does
    /// not, at most 2^62.
    ///
    /// @param inverse 1 / log(1 - p), p being the chance of success of a trial
    void gaps(long[] words, long[] gaps, double inverse);
}
