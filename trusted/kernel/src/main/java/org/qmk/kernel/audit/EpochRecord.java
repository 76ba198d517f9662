package org.qmk.kernel.audit;

import java.util.List;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Invariant;

/// What the audit log keeps of a closed epoch. Whoever makes one gives its arrays away.
///
/// @param shared what everyone may see, at most `SHARED_BYTES_MAX` bytes
/// @param parts what one tenant alone may see: at most one part each, by tenant number
public record EpochRecord(long epoch, byte[] shared, List<Part> parts) {

    /// With the fields around it, an entry of 65,535 bytes: the longest that a log may have.
    public static final int SHARED_BYTES_MAX = 65_472;

    /// What was decided for one tenant.
    public record Part(TenantId tenant, byte[] bytes) {}

    public EpochRecord {
        parts = List.copyOf(parts);
        Invariant.hold(epoch >= 0, "an epoch has a number of 0 or more");
        Invariant.hold(shared.length <= SHARED_BYTES_MAX, "the shared bytes fit an audit entry");
        for (int i = 1; i < parts.size(); i++) {
            boolean rising = parts.get(i - 1).tenant().number() < parts.get(i).tenant().number();
            Invariant.hold(rising, "parts are in the order of tenants, one each");
        }
    }
}
