package org.qmk.device;

import java.util.Arrays;

/// What a machine made in one epoch.
///
/// @param magicStates by factory: states that it put into its buffer
/// @param bellPairs by link: raw pairs that it put into its buffer
/// @param backlogRounds rounds that the decoders have yet to decode
public record Supply(int[] magicStates, int[] bellPairs, long backlogRounds) {

    /// Of a machine that has neither factories nor links, and whose decoders keep up.
    public static final Supply NONE = new Supply(new int[0], new int[0], 0);

    public Supply {
        magicStates = magicStates.clone();
        bellPairs = bellPairs.clone();
        boolean negative = backlogRounds < 0;
        for (int states : magicStates) negative |= states < 0;
        for (int pairs : bellPairs) negative |= pairs < 0;
        if (negative)
            throw new IllegalArgumentException("a supply is negative, expected 0 or more");
    }

    /// A copy.
    @Override
    public int[] magicStates() {
        return magicStates.clone();
    }

    /// A copy.
    @Override
    public int[] bellPairs() {
        return bellPairs.clone();
    }

    public int factories() {
        return magicStates.length;
    }

    public int magic(int factory) {
        return magicStates[factory];
    }

    public int links() {
        return bellPairs.length;
    }

    public int pairs(int link) {
        return bellPairs[link];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Supply that
                && Arrays.equals(magicStates, that.magicStates)
                && Arrays.equals(bellPairs, that.bellPairs)
                && backlogRounds == that.backlogRounds;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(magicStates) + Arrays.hashCode(bellPairs))
                + Long.hashCode(backlogRounds);
    }
}
