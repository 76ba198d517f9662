package org.qmk.qec.generate;

/// The noise of a memory, as the field's generator has it.
///
/// @param afterClifford depolarization behind each gate
/// @param beforeRound depolarization of data before each round
/// @param beforeMeasure flip before each measurement
/// @param afterReset flip behind each reset
public record MemoryNoise(
        double afterClifford, double beforeRound, double beforeMeasure, double afterReset) {

    public static final MemoryNoise NONE = new MemoryNoise(0, 0, 0, 0);

    public MemoryNoise {
        for (double chance : new double[] {afterClifford, beforeRound, beforeMeasure, afterReset}) {
            if (!(chance >= 0 && chance <= 1)) {
                throw new IllegalArgumentException("chance is " + chance + ", expected 0 to 1");
            }
        }
    }

    /// All four alike.
    public static MemoryNoise uniform(double chance) {
        return new MemoryNoise(chance, chance, chance, chance);
    }
}
