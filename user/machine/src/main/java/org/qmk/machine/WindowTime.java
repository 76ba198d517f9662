package org.qmk.machine;

import java.util.List;

/// How long one decoder takes for one window, in rounds of syndrome extraction.
public sealed interface WindowTime {

    /// The most rounds that any number of a law may be.
    double ROUNDS_MAX = 1e9;

    /// Always the same.
    record Constant(double rounds) implements WindowTime {
        public Constant {
            inRange("rounds", rounds);
        }
    }

    /// At least `least`, and what it takes longer is exponential.
    record Exponential(double least, double mean) implements WindowTime {
        public Exponential {
            inRange("mean", mean);
            if (!(least >= 0 && least <= mean)) {
                throw new IllegalArgumentException(
                        "least is %s, expected 0 to the mean of %s".formatted(least, mean));
            }
        }
    }

    /// Its logarithm is normal.
    ///
    /// @param sigma standard deviation of the natural logarithm, 0 to 4
    record Lognormal(double median, double sigma) implements WindowTime {
        public Lognormal {
            inRange("median", median);
            if (!(sigma >= 0 && sigma <= 4)) {
                throw new IllegalArgumentException("sigma is %s, expected 0 to 4".formatted(sigma));
            }
        }
    }

    /// One of some that were measured, each as likely as the others.
    record Table(List<Double> rounds) implements WindowTime {
        public Table {
            rounds = List.copyOf(rounds);
            if (rounds.isEmpty()) throw new IllegalArgumentException("the table is empty");
            for (double each : rounds) inRange("an entry", each);
        }
    }

    private static void inRange(String what, double rounds) {
        if (rounds > 0 && rounds <= ROUNDS_MAX) return;
        throw new IllegalArgumentException(
                "%s is %s, expected more than 0, at most %s".formatted(what, rounds, ROUNDS_MAX));
    }

    /// The average.
    default double mean() {
        return switch (this) {
            case Constant(double rounds) -> rounds;
            case Exponential(double _, double mean) -> mean;
            case Lognormal(double median, double sigma) ->
                    median * StrictMath.exp(sigma * sigma / 2);
            case Table(var rounds) -> {
                double sum = 0;
                for (double each : rounds) sum += each;
                yield sum / rounds.size();
            }
        };
    }

    /// The time that two independent numbers from [0, 1) stand for.
    default double of(double first, double second) {
        return switch (this) {
            case Constant(double rounds) -> rounds;
            case Exponential(double least, double mean) ->
                    least - (mean - least) * StrictMath.log1p(-first);
            case Lognormal(double median, double sigma) ->
                    median * StrictMath.exp(sigma * normal(first, second));
            case Table(var rounds) -> rounds.get((int) (first * rounds.size()));
        };
    }

    /// Box and Muller, 1958.
    private static double normal(double first, double second) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-first));
        return radius * StrictMath.cos(2 * Math.PI * second);
    }
}
