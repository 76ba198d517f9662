package org.qmk.server.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/// When the last epochs began and ended, as `System.nanoTime` says. One thread tells, any may ask.
final class EpochClock {

    /// Epochs that are remembered; a power of two.
    private static final int EPOCHS = 1 << 16;

    private final AtomicLongArray numbers = new AtomicLongArray(EPOCHS);
    private final AtomicLongArray begins = new AtomicLongArray(EPOCHS);
    private final AtomicLongArray ends = new AtomicLongArray(EPOCHS);

    void closed(long epoch, long begun, long ended) {
        int place = (int) (epoch & EPOCHS - 1);
        numbers.set(place, 0);
        begins.set(place, begun);
        ends.set(place, ended);
        numbers.set(place, epoch);
    }

    /// @param otherwise where the epoch is not remembered
    long begin(long epoch, long otherwise) {
        return time(begins, epoch, otherwise);
    }

    long end(long epoch, long otherwise) {
        return time(ends, epoch, otherwise);
    }

    private long time(AtomicLongArray times, long epoch, long otherwise) {
        int place = (int) (epoch & EPOCHS - 1);
        if (epoch < 1 || numbers.get(place) != epoch) return otherwise;
        long time = times.get(place);
        return numbers.get(place) == epoch ? time : otherwise;
    }
}
