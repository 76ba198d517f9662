package org.qmk.kernel.epoch;

import java.util.Arrays;
import org.qmk.qvm.ByteWriter;

/// What each tenant was given so far, as weighted dominant-resource fair queueing counts it.
///
/// A tenant's virtual time grows, with everything that it is given, by the largest share of any
/// resource that this takes, divided by the tenant's weight. Who has the smallest virtual time
/// comes first. A tenant that wanted nothing for a while does not save up for it: its time is
/// moved up to `CREDIT` below that of those who wanted something.
/// Source: Ghodsi et al., Dominant Resource Fairness (NSDI 2011); Multi-Resource Fair Queueing
/// (SIGCOMM 2012).
final class FairShare {

    /// A share of the whole of a resource for one epoch.
    static final long WHOLE = 1L << 30;

    /// What a tenant can save up: the whole machine for so many epochs.
    private static final long CREDIT = 4 * WHOLE;

    /// Two of them can be added.
    private static final long TIME_MAX = Long.MAX_VALUE / 2;

    private long[] times = new long[16];
    private long system;

    /// @param taken of each resource
    /// @param capacity of each resource in one epoch; one of `Integer.MAX_VALUE` does not count
    static long dominant(long[] taken, long[] capacity) {
        long most = 0;
        for (int i = 0; i < taken.length; i++) {
            if (capacity[i] >= Integer.MAX_VALUE || taken[i] == 0) continue;
            most = Math.max(most, share(taken[i], capacity[i]));
        }
        return most;
    }

    static long share(long taken, long capacity) {
        if (taken <= capacity) return taken * WHOLE / capacity;
        return Math.min(taken / capacity, WHOLE) * WHOLE;
    }

    /// What a share adds to the time of a tenant.
    static long charge(long share, int weight) {
        return share == 0 ? 0 : Math.max(1, share / weight);
    }

    long time(int tenant) {
        return tenant < times.length ? Math.max(times[tenant], system - CREDIT) : system;
    }

    /// A tenant that wanted nothing wants something.
    void enter(int tenant) {
        grow(tenant);
        times[tenant] = Math.max(times[tenant], system);
    }

    void add(int tenant, long charge) {
        grow(tenant);
        times[tenant] = Math.min(TIME_MAX, time(tenant) + charge);
    }

    /// @param least the smallest time of those who want something
    void advance(long least) {
        system = Math.max(system, least);
    }

    private void grow(int tenant) {
        if (tenant >= times.length) times = Arrays.copyOf(times, 2 * tenant);
    }

    void writeSlice(ByteWriter out, int slice, int slices) {
        out.uint(system);
        for (int i = slice; i < times.length; i += slices) {
            if (times[i] > 0) out.uint(i).uint(times[i]);
        }
    }
}
