package org.qmk.sim;

/// Squares of 64 by 64 bits.
public final class BitSquare {

    private BitSquare() {}

    /// Exchanges bit j of word i and bit i of word j, for all i and j, by exchanging ever smaller
    /// quarters: Warren, "Hacker's Delight", section 7-3.
    public static void transpose(long[] square) {
        long mask = 0xFFFFFFFFL;
        for (int half = 32; half != 0; half >>>= 1, mask ^= mask << half) {
            for (int i = 0; i < 64; i = i + half + 1 & ~half) {
                long change = (square[i] >>> half ^ square[i + half]) & mask;
                square[i] ^= change << half;
                square[i + half] ^= change;
            }
        }
    }
}
