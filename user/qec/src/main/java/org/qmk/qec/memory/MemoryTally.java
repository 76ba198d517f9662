package org.qmk.qec.memory;

/// How many shots there were, how many were predicted wrongly, and how many were discarded.
///
/// @param seconds spent on sampling and decoding, summed over threads
public record MemoryTally(long shots, long errors, long discards, double seconds) {

    public static final MemoryTally NONE = new MemoryTally(0, 0, 0, 0);

    /// Where a rate lies, likely.
    public record Interval(double low, double high) {}

    public MemoryTally {
        if (errors < 0 || discards < 0 || shots < errors + discards) {
            throw new IllegalArgumentException(
                    "%d errors and %d discards of %d shots".formatted(errors, discards, shots));
        }
    }

    /// Nothing is discarded.
    public MemoryTally(long shots, long errors, double seconds) {
        this(shots, errors, 0, seconds);
    }

    MemoryTally plus(MemoryTally more) {
        return new MemoryTally(
                shots + more.shots,
                errors + more.errors,
                discards + more.discards,
                seconds + more.seconds);
    }

    /// The shots that were not discarded.
    public long kept() {
        return shots - discards;
    }

    /// The share of wrong shots among those kept; 0 of none.
    public double rate() {
        return kept() == 0 ? 0 : (double) errors / kept();
    }

    /// The score interval of Wilson, which is sound for no errors too.
    ///
    /// @param deviations half its width in standard deviations: 1.96 for 95 %
    public Interval wilson(double deviations) {
        if (kept() == 0) return new Interval(0, 1);
        double square = deviations * deviations;
        double middle = (errors + square / 2) / (kept() + square);
        double variance = rate() * (1 - rate()) * kept() + square / 4;
        double half = deviations * Math.sqrt(variance) / (kept() + square);
        // Rounding must not leave the rate outside.
        double low = errors == 0 ? 0 : Math.min(rate(), middle - half);
        double high = errors == kept() ? 1 : Math.max(rate(), middle + half);
        return new Interval(low, high);
    }

    /// The chance that one observable is flipped in a round, if flips of rounds are independent and
    /// make `rate` together.
    public static double perRound(double rate, long rounds) {
        double left = Math.max(0, 1 - 2 * rate);
        return (1 - Math.pow(left, 1.0 / rounds)) / 2;
    }
}
