package org.qmk.qec.decode;

/// Finds mechanisms that explain a syndrome. Has memory of its own and is used by one thread; what
/// it answers depends on the syndrome alone, not on those before.
public interface SyndromeDecoder {

    /// What it decodes.
    DecodingProblem problem();

    /// Decodes one shot: the observables that the correction flips.
    ///
    /// @param syndrome a bit for each detector, from the word `from` on; not changed
    long decode(long[] syndrome, int from);

    /// Whether the last correction explains its whole syndrome. Union-find and ordered statistics
    /// always find one that does, if there is one; belief propagation alone may not.
    boolean isExplained();

    /// Whether a mechanism is in the last correction.
    boolean isInCorrection(int mechanism);

    /// Decodes many shots, one after the other unless a decoder can do better.
    ///
    /// @param syndromes `problem().words()` for each shot
    /// @param observables takes those of each shot
    default void decodeAll(long[] syndromes, int shots, long[] observables) {
        int words = problem().words();
        for (int shot = 0; shot < shots; shot++) {
            observables[shot] = decode(syndromes, shot * words);
        }
    }
}
