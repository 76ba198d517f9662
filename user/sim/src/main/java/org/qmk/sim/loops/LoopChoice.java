package org.qmk.sim.loops;

import java.util.ServiceLoader;

/// The fastest loops that are there: vector registers if the module that has them is, else scalar.
public final class LoopChoice {

    private static final BitLoops BITS =
            ServiceLoader.load(BitLoops.class).findFirst().orElseGet(ScalarBitLoops::new);

    private static final FrameLoops FRAMES =
            ServiceLoader.load(FrameLoops.class).findFirst().orElseGet(ScalarFrameLoops::new);

    private LoopChoice() {}

    /// What to use for rows of bits.
    public static BitLoops bits() {
        return BITS;
    }

    /// What to use for rows of shots.
    public static FrameLoops frames() {
        return FRAMES;
    }

    /// What to use for amplitudes.
    public static AmplitudeLoops amplitudes(Precision precision) {
        for (AmplitudeLoops loops : ServiceLoader.load(AmplitudeLoops.class)) {
            if (loops.precision() == precision) return loops;
        }
        return switch (precision) {
            case DOUBLE -> new ScalarDoubleLoops();
            case SINGLE -> new ScalarFloatLoops();
        };
    }

    /// Whether loops run in vector registers.
    public static boolean isVector() {
        return !(BITS instanceof ScalarBitLoops);
    }
}
