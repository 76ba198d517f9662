package org.qmk.runtime.client;

import java.time.Duration;

/// A point in time up to which somebody waits.
///
/// @param nanos of `System.nanoTime`
record Deadline(long nanos) {

    /// More than anybody waits, and far from where the clock's numbers wrap.
    private static final Duration FAR = Duration.ofDays(36_500);

    static Deadline after(Duration time) {
        Duration most = time.compareTo(FAR) > 0 ? FAR : time;
        return new Deadline(System.nanoTime() + most.toNanos());
    }

    boolean isOver() {
        return left() <= 0;
    }

    /// What is left, at least a millisecond and at most so much.
    Duration leftUpTo(Duration most) {
        long nanos = Math.clamp(left(), 1_000_000, most.toNanos());
        return Duration.ofNanos(nanos);
    }

    private long left() {
        return nanos - System.nanoTime();
    }
}
