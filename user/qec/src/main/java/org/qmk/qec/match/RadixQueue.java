package org.qmk.qec.match;

import java.util.Arrays;

/// A monotone priority queue of events: a time in the upper half of a long, a subject in the lower.
/// Nothing earlier than the last event taken may be put in. An event lies in the bucket of the
/// highest bit in which its time differs from the time of the last event taken.
final class RadixQueue {

    private static final int BUCKETS = 33;

    /// What an empty queue gives.
    static final long EMPTY = -1;

    private final long[][] buckets = new long[BUCKETS][16];
    private final int[] sizes = new int[BUCKETS];

    /// Bit i: bucket i is not empty.
    private long filled;

    private int last;

    void put(int time, int subject) {
        put((long) time << 32 | subject & 0xffffffffL);
    }

    private void put(long event) {
        int bucket = 32 - Integer.numberOfLeadingZeros((int) (event >>> 32) ^ last);
        int size = sizes[bucket];
        long[] events = buckets[bucket];
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
            buckets[bucket] = events;
        }
        events[size] = event;
        sizes[bucket] = size + 1;
        filled |= 1L << bucket;
    }

    /// Takes an event of the least time, or `EMPTY`.
    long take() {
        if (filled == 0) return EMPTY;
        int bucket = Long.numberOfTrailingZeros(filled);
        long[] events = buckets[bucket];
        int size = sizes[bucket];
        if (bucket == 0) {
            if (size == 1) filled &= ~1L;
            sizes[0] = size - 1;
            return events[size - 1];
        }
        int least = 0;
        for (int i = 1; i < size; i++) {
            if (events[i] >>> 32 < events[least] >>> 32) least = i;
        }
        long taken = events[least];
        events[least] = events[size - 1];
        sizes[bucket] = 0;
        filled &= ~(1L << bucket);
        last = (int) (taken >>> 32);
        for (int i = 0; i < size - 1; i++) put(events[i]);
        return taken;
    }

    /// Forgets all events and starts at time 0 again.
    void clear() {
        while (filled != 0) {
            sizes[Long.numberOfTrailingZeros(filled)] = 0;
            filled &= filled - 1;
        }
        last = 0;
    }
}
