package org.qmk.qec.memory;

import java.util.List;
import java.util.Optional;

/// Where the logical error rates of two sizes of a code are equal: an estimate of the threshold.
///
/// A line is fitted to the logarithm of the ratio of the two rates over the logarithm of the
/// physical rate, each point weighted by the errors counted. The crossing is where it is 0.
///
/// @param chance the physical error rate
/// @param deviation its standard deviation, from the errors counted alone
public record Crossing(double chance, double deviation) {

    /// What was counted at one physical error rate.
    public record Pair(double chance, MemoryTally smaller, MemoryTally larger) {}

    /// Nothing if the fit has no crossing between the least and the largest chance at which both
    /// sizes had errors, or if there are fewer than two such.
    public static Optional<Crossing> of(List<Pair> pairs) {
        double weights = 0;
        double meanX = 0;
        double meanY = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Pair pair : pairs) {
            double weight = weight(pair);
            if (weight == 0) continue;
            weights += weight;
            meanX += weight * Math.log(pair.chance);
            meanY += weight * ratio(pair);
            least = Math.min(least, pair.chance);
            most = Math.max(most, pair.chance);
        }
        if (!(least < most)) return Optional.empty();
        meanX /= weights;
        meanY /= weights;
        double squares = 0;
        double products = 0;
        for (Pair pair : pairs) {
            double weight = weight(pair);
            if (weight == 0) continue;
            double x = Math.log(pair.chance) - meanX;
            squares += weight * x * x;
            products += weight * x * (ratio(pair) - meanY);
        }
        double slope = products / squares;
        double step = -meanY / slope;
        double chance = Math.exp(meanX + step);
        boolean isInside = slope > 0 && chance >= least && chance <= most;
        if (!isInside) return Optional.empty();
        double variance = (1 / weights + step * step / squares) / (slope * slope);
        return Optional.of(new Crossing(chance, chance * Math.sqrt(variance)));
    }

    private static double ratio(Pair pair) {
        return Math.log(pair.larger.rate() / pair.smaller.rate());
    }

    /// The inverse of the ratio's variance; 0 where it has no logarithm.
    private static double weight(Pair pair) {
        if (pair.smaller.errors() == 0 || pair.larger.errors() == 0) return 0;
        return 1 / (variance(pair.smaller) + variance(pair.larger));
    }

    private static double variance(MemoryTally tally) {
        // Where all shots are wrong, one is taken as right: a weight must be finite.
        double right = Math.max(tally.kept() - tally.errors(), 1);
        return right / tally.kept() / tally.errors();
    }
}
