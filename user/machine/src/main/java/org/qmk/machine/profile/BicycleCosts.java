package org.qmk.machine.profile;

import java.util.List;
import java.util.Optional;

/// What the instructions of a bicycle module cost, in steps of the machine, and how often they
/// fail.
///
/// @param points what fails, at some physical rates
public record BicycleCosts(Steps steps, List<Point> points) {

    /// Durations. An automorphism is two shifts, in error and in time.
    public record Steps(int idle, int shift, int inModule, int interModule) {}

    /// Error rates at one physical rate.
    ///
    /// @param tInjection of a magic state, which takes `tInjectionSteps`
    public record Point(
            double physical,
            double idle,
            double shift,
            double inModule,
            double interModule,
            double tInjection,
            int tInjectionSteps) {}

    public BicycleCosts {
        points = List.copyOf(points);
    }

    /// The costs at a physical rate that was evaluated; there is nothing between the rates.
    public Optional<Point> at(double physical) {
        for (Point point : points) {
            if (Math.abs(point.physical - physical) <= 1e-9 * physical) return Optional.of(point);
        }
        return Optional.empty();
    }

    /// How often a module that does nothing fails within a time.
    public double idling(Point point, long steps) {
        return Math.ceilDiv(steps, steps().idle()) * point.idle;
    }

    public double automorphism(Point point) {
        return 2 * point.shift;
    }

    public int automorphismSteps() {
        return 2 * steps.shift;
    }
}
