package org.qmk.server.edge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.qmk.kernel.call.TenantId;

/// Counts what is taken at one time: bytes of all, or calls of each tenant.
final class Quota {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Quota(long most) {
        this.most = most;
    }

    /// Whether there is so much left, which is then taken.
    boolean take(long amount) {
        if (taken.addAndGet(amount) <= most) return true;
        taken.addAndGet(-amount);
        return false;
    }

    void give(long amount) {
        taken.addAndGet(-amount);
    }

    long taken() {
        return taken.get();
    }

    /// A quota for each tenant.
    static final class PerTenant {
        private final long most;
        private final Map<TenantId, Quota> quotas = new ConcurrentHashMap<>();

        PerTenant(long most) {
            this.most = most;
        }

        Quota of(TenantId tenant) {
            return quotas.computeIfAbsent(tenant, _ -> new Quota(most));
        }
    }
}
