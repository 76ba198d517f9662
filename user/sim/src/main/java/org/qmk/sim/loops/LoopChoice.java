package org.qmk.sim.loops;

import java.util.ServiceLoader;

/// The fastest loops that are there: vector registers if the module that has them is, else scalar.
public final class LoopChoice {

    private static final BitLoops BITS =
            ServiceLoader.load(BitLoops.class).findFirst().orElseGet(ScalarBitLoops::new);

    private LoopChoice() {}

    /// What to use for rows of bits.
    public static BitLoops bits() {
        return BITS;
    }

    /// Whether loops run in vector registers.
    public static boolean isVector() {
        return !(BITS instanceof ScalarBitLoops);
    }
}
