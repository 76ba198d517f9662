package org.qmk.machine.floor;

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014), written out so that workloads are the same on every JDK.
final class FloorRandom {

    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    FloorRandom(long seed) {
        state = seed;
    }

    /// Scatters a number.
    static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// A whole number from 0 to below the bound. Some are likelier than others by at most
    /// bound / 2^64.
    int below(int bound) {
        state += STEP;
        return (int) Math.unsignedMultiplyHigh(mixed(state), bound);
    }
}
