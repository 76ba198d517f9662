package org.qmk.runtime;

import java.util.List;

/// Jain's index of fairness.
public final class Fairness {

    private Fairness() {}

    /// (sum of x)^2 / (n sum of x^2): 1 if all have the same, 1/n if one has all. Nobody, and
    /// nothing for anybody, is fair: 1. Source: R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984.
    ///
    /// @param shares 0 or more each
    public static double jain(List<Double> shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? 1 : sum * sum / (shares.size() * squares);
    }
}
