package org.qmk.server.edge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.qmk.kernel.call.TenantId;

/// Token buckets: a tenant may call so often a second, and a second's worth at once.
final class RateLimits {

    private static final class Bucket {
        private double tokens;
        private long filled;

        Bucket(double tokens, long filled) {
            this.tokens = tokens;
            this.filled = filled;
        }

        synchronized boolean take(int rate, long now) {
            // Another thread may have looked at the clock later, and been here before.
            long passed = Math.max(0, now - filled);
            tokens = Math.min(rate, tokens + passed * 1e-9 * rate);
            filled += passed;
            if (tokens < 1) return false;
            tokens--;
            return true;
        }
    }

    private final Map<TenantId, Bucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /// @param nanoTime a clock that never goes back
    RateLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Whether the tenant may call now.
    ///
    /// @param rate calls a second
    boolean take(TenantId tenant, int rate) {
        long now = nanoTime.getAsLong();
        return buckets.computeIfAbsent(tenant, _ -> new Bucket(rate, now)).take(rate, now);
    }
}
