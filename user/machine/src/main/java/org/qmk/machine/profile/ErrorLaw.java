package org.qmk.machine.profile;

import java.util.List;
import java.util.OptionalDouble;

/// How the rate of logical errors depends on the rate of physical ones, and on the distance.
public sealed interface ErrorLaw {

    /// `prefactor * d^power * (p / threshold)^((d + 1) / 2)`.
    record Threshold(double prefactor, double threshold, int power) implements ErrorLaw {}

    /// `rate * (p / at)^exponent`, for a code of one distance.
    record PowerLaw(double at, double rate, double exponent) implements ErrorLaw {}

    /// Rates at some physical rates, and between them by straight lines of the logarithms; no rate
    /// outside of them.
    ///
    /// @param points by ascending physical rate, one or more
    record Points(List<Point> points) implements ErrorLaw {

        /// @param physical more than 0
        /// @param logical more than 0
        public record Point(double physical, double logical) {}

        public Points {
            points = List.copyOf(points);
        }

        private OptionalDouble at(double p) {
            for (int i = 0; i < points.size(); i++) {
                Point high = points.get(i);
                if (near(p, high.physical)) return OptionalDouble.of(high.logical);
                if (p < high.physical) {
                    if (i == 0) return OptionalDouble.empty();
                    Point low = points.get(i - 1);
                    double part =
                            Math.log(p / low.physical) / Math.log(high.physical / low.physical);
                    return OptionalDouble.of(
                            low.logical * Math.pow(high.logical / low.logical, part));
                }
            }
            return OptionalDouble.empty();
        }

        private static boolean near(double a, double b) {
            return Math.abs(a - b) <= 1e-9 * b;
        }
    }

    /// Rates of some distances, and of no others.
    ///
    /// @param rows by ascending distance, one or more
    record Table(List<Row> rows) implements ErrorLaw {

        public record Row(int distance, Points points) {}

        public Table {
            rows = List.copyOf(rows);
        }

        private OptionalDouble at(double p, int distance) {
            for (Row row : rows) if (row.distance == distance) return row.points.at(p);
            return OptionalDouble.empty();
        }
    }

    /// Nobody has published or measured a rate.
    record Unknown() implements ErrorLaw {}

    /// The rate in the profile's unit, or nothing where the law says none.
    ///
    /// @param p the physical rate
    default OptionalDouble rate(double p, int distance) {
        return switch (this) {
            case Threshold(double prefactor, double threshold, int power) ->
                    p > threshold
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(
                                    prefactor
                                            * Math.pow(distance, power)
                                            * Math.pow(p / threshold, (distance + 1) / 2));
            case PowerLaw(double at, double rate, double exponent) ->
                    OptionalDouble.of(Math.min(1, rate * Math.pow(p / at, exponent)));
            case Points points -> points.at(p);
            case Table table -> table.at(p, distance);
            case Unknown() -> OptionalDouble.empty();
        };
    }
}
