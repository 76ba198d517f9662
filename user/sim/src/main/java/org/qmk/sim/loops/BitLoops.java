package org.qmk.sim.loops;

/// Loops over rows of bits, 64 to a word. Ranges of one array that are given to one call are equal
/// or do not overlap.
public interface BitLoops {

    /// Adds `count` words, modulo 2 in each bit: `to ^= from`.
    void xor(long[] to, int toStart, long[] from, int fromStart, int count);
}
