package org.qmk.machine;

/// Says how long the decoding of windows takes: drawn from a law, or by decoding them.
public interface WindowDecoding {

    /// The time that one decoder takes, in rounds. The same for the same arguments, whatever was
    /// asked before.
    ///
    /// @param patch a block from the beginning of a wave to its end: such a number is never used
    ///     again
    /// @param window of the patch, from 0
    /// @param covered rounds that the window looks at
    double rounds(long patch, long window, int covered);

    /// Of the law of a farm.
    static WindowDecoding of(DecoderFarm farm, long seed) {
        double full = farm.speed() * (farm.commit() + farm.buffer());
        return (patch, window, covered) -> {
            double first = Draw.uniform(Draw.bits(seed, Draw.WINDOW, patch, window));
            double second = Draw.uniform(Draw.bits(seed, Draw.WINDOW_SECOND, patch, window));
            return farm.time().of(first, second) * covered / full;
        };
    }
}
