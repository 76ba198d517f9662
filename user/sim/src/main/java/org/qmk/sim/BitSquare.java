package org.qmk.sim;

/// Squares of 64 by 64 bits.
public final class BitSquare {

    /// So many squares are transposed at once.
    private static final int LANES = 16;

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

    /// Transposes several squares side by side: word i of square k is `squares[i * count + k]`.
    public static void transpose(long[] squares, int count) {
        // The compiler makes vectors of a loop whose distance it knows: hence one call for each.
        if (count == LANES) {
            exchange(squares, 32, 0x00000000FFFFFFFFL);
            exchange(squares, 16, 0x0000FFFF0000FFFFL);
            exchange(squares, 8, 0x00FF00FF00FF00FFL);
            exchange(squares, 4, 0x0F0F0F0F0F0F0F0FL);
            exchange(squares, 2, 0x3333333333333333L);
            exchange(squares, 1, 0x5555555555555555L);
            return;
        }
        long[] square = new long[64];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < 64; i++) square[i] = squares[i * count + k];
            transpose(square);
            for (int i = 0; i < 64; i++) squares[i * count + k] = square[i];
        }
    }

    private static void exchange(long[] squares, int half, long mask) {
        int reach = half * LANES;
        for (int i = 0; i < 64 * LANES; i += 2 * reach) {
            for (int k = i; k < i + reach; k++) {
                long change = (squares[k] >>> half ^ squares[k + reach]) & mask;
                squares[k] ^= change << half;
                squares[k + reach] ^= change;
            }
        }
    }
}
