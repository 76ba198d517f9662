package org.qmk.qec.bp;

import org.qmk.qec.decode.DecodingProblem;

/// Logarithms of ratios of chances as integers, in units of 1/1024.
final class Beliefs {

    static final int FRACTION_BITS = 10;
    static final int ONE = 1 << FRACTION_BITS;

    /// No message is larger, so that sums of a column and products with a factor fit an int.
    static final int MESSAGE_MAX = 1 << 20;

    private static final double CHANCE_MIN = 1e-18;

    private Beliefs() {}

    /// The logarithm of the chance that a mechanism did not happen over that that it did.
    static int[] priors(DecodingProblem problem) {
        int[] priors = new int[problem.mechanisms()];
        for (int i = 0; i < priors.length; i++) {
            double chance = Math.clamp(problem.chance(i), CHANCE_MIN, 1 - CHANCE_MIN);
            priors[i] = (int) Math.rint(ONE * Math.log((1 - chance) / chance));
        }
        return priors;
    }

    /// @param factor from -1 to 1
    static int fixed(double factor) {
        return (int) Math.rint(ONE * factor);
    }

    static void checkFits(DecodingProblem problem) {
        for (int i = 0; i < problem.mechanisms(); i++) {
            int weight = problem.columnStart(i + 1) - problem.columnStart(i);
            if (weight > 512) {
                throw new IllegalArgumentException(
                        "mechanism %d flips %d detectors, expected 512 or fewer"
                                .formatted(i, weight));
            }
        }
    }
}
