package org.qmk.sim;

import org.qmk.sim.loops.Precision;

/// How a large state vector is kept and swept. None of it changes an outcome, but for the
/// precision.
///
/// @param threads how many share the work
/// @param tileBits a tile of 2^tileBits amplitudes fits the second-level cache
/// @param innerBits 2^innerBits amplitudes fit the first-level cache
/// @param runBits amplitudes that are neighbours in memory are gathered 2^runBits at a time
record Sweep(Precision precision, int threads, int tileBits, int innerBits, int runBits) {

    /// What measurements say for caches of 48 KiB and 1 MiB.
    static Sweep of(Precision precision, int threads) {
        int more = precision == Precision.SINGLE ? 1 : 0;
        return new Sweep(precision, threads, 14 + more, 11 + more, 6 + more);
    }
}
