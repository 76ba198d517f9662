package org.qmk.sim;

/// Which shots to run: those numbered `first` to `first + count - 1` of the given seed.
///
/// @param seed any value
/// @param first number of the first shot, 0 or more
/// @param count 0 or more
public record Shots(long seed, long first, int count) {
    public Shots {
        if (first < 0 || first > Long.MAX_VALUE - Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "first shot is " + first + ", expected 0 to 2^63 - 2^31");
        }
        if (count < 0) {
            throw new IllegalArgumentException("shot count is " + count + ", expected 0 or more");
        }
    }
}
