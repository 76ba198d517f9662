package org.qmk.qec.memory;

/// How many shots there were, and how many were predicted wrongly.
///
/// @param seconds spent on sampling and decoding, summed over threads
public record MemoryTally(long shots, long errors, double seconds) {

    public static final MemoryTally NONE = new MemoryTally(0, 0, 0);

    /// Where a rate lies, likely.
    public record Interval(double low, double high) {}

    public MemoryTally {
        if (errors < 0 || shots < errors) {
            throw new IllegalArgumentException(errors + " errors of " + shots + " shots");
        }
    }

    MemoryTally plus(MemoryTally more) {
        return new MemoryTally(shots + more.shots, errors + more.errors, seconds + more.seconds);
    }

    /// The share of wrong shots; 0 of none.
    public double rate() {
        return shots == 0 ? 0 : (double) errors / shots;
    }

    /// The score interval of Wilson, which is sound for no errors too.
    ///
    /// @param deviations half its width in standard deviations: 1.96 for 95 %
    public Interval wilson(double deviations) {
        if (shots == 0) return new Interval(0, 1);
        double square = deviations * deviations;
        double middle = (errors + square / 2) / (shots + square);
        double variance = rate() * (1 - rate()) * shots + square / 4;
        double half = deviations * Math.sqrt(variance) / (shots + square);
        // Rounding must not leave the rate outside.
        double low = errors == 0 ? 0 : Math.min(rate(), middle - half);
        double high = errors == shots ? 1 : Math.max(rate(), middle + half);
        return new Interval(low, high);
    }

    /// The chance that one observable is flipped in a round, if flips of rounds are independent and
    /// make `rate` together.
    public static double perRound(double rate, long rounds) {
        double left = Math.max(0, 1 - 2 * rate);
        return (1 - Math.pow(left, 1.0 / rounds)) / 2;
    }
}
