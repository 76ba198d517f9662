package org.qmk.runtime.client;

import java.time.Duration;

/// How often a submission is sent, and how long the client rests in between: each time twice as
/// long, by chance up to half less, so that many clients do not come back at once.
///
/// @param attempts in all, 1 or more
/// @param first the first rest
/// @param longest no rest is longer
public record Retry(int attempts, Duration first, Duration longest) {

    public static final Retry DEFAULT = new Retry(4, Duration.ofMillis(100), Duration.ofSeconds(2));

    public Retry {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "%d attempts, rests of %s to %s".formatted(attempts, first, longest));
        }
    }

    /// The rest after so many attempts that failed, from 1.
    ///
    /// @param chance from 0 to 1
    Duration rest(int failed, double chance) {
        double nanos = first.toNanos() * Math.pow(2, failed - 1);
        return Duration.ofNanos((long) (Math.min(nanos, longest.toNanos()) * (1 - 0.5 * chance)));
    }
}
