package org.qmk.sim.loops;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/// The fastest loops that are there: vector registers if the module that has them is, else scalar.
public final class LoopChoice {

    /// What vector loops are written with. On a class path their jar may lie there without it.
    private static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private static final BitLoops BITS =
            found(ServiceLoader.load(BitLoops.class), _ -> true).orElseGet(ScalarBitLoops::new);

    private static final FrameLoops FRAMES =
            found(ServiceLoader.load(FrameLoops.class), _ -> true).orElseGet(ScalarFrameLoops::new);

    private static final MessageLoops MESSAGES =
            found(ServiceLoader.load(MessageLoops.class), _ -> true)
                    .orElseGet(ScalarMessageLoops::new);

    private LoopChoice() {}

    private static <T> Optional<T> found(ServiceLoader<T> services, Predicate<T> suits) {
        if (!HAS_VECTORS) return Optional.empty();
        for (T service : services) if (suits.test(service)) return Optional.of(service);
        return Optional.empty();
    }

    /// What to use for rows of bits.
    public static BitLoops bits() {
        return BITS;
    }

    /// What to use for rows of shots.
    public static FrameLoops frames() {
        return FRAMES;
    }

    /// What to use for messages of decoders.
    public static MessageLoops messages() {
        return MESSAGES;
    }

    /// What to use for amplitudes.
    public static AmplitudeLoops amplitudes(Precision precision) {
        return found(
                        ServiceLoader.load(AmplitudeLoops.class),
                        loops -> loops.precision() == precision)
                .orElseGet(
                        () ->
                                switch (precision) {
                                    case DOUBLE -> new ScalarDoubleLoops();
                                    case SINGLE -> new ScalarFloatLoops();
                                });
    }

    /// Whether loops run in vector registers.
    public static boolean isVector() {
        return !(BITS instanceof ScalarBitLoops);
    }
}
