package org.qmk.sim.loops;

/// The reference: one word at a time.
public final class ScalarBitLoops implements BitLoops {

    /// There is nothing to set.
    public ScalarBitLoops() {}

    @Override
    public void xor(long[] to, int toStart, long[] from, int fromStart, int count) {
        for (int w = 0; w < count; w++) to[toStart + w] ^= from[fromStart + w];
    }
}
