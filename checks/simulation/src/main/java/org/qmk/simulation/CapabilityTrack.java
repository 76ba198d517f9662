package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Refusal;
import org.qmk.qvm.Capability;

/// A capability as the world knows it.
final class CapabilityTrack {

    final CapabilityHandle handle;
    final TenantTrack home;
    final int session;
    final TenantTrack payer;
    final Capability kind;

    /// Whether an ancestor lies with another tenant.
    final boolean foreign;

    final List<CapabilityTrack> children = new ArrayList<>();

    /// The uses are those that are left.
    Bounds bounds;

    boolean live = true;

    CapabilityTrack(
            CapabilityHandle handle,
            TenantTrack home,
            int session,
            TenantTrack payer,
            Capability kind,
            boolean foreign,
            Bounds bounds) {
        this.handle = handle;
        this.home = home;
        this.session = session;
        this.payer = payer;
        this.kind = kind;
        this.foreign = foreign;
        this.bounds = bounds;
    }

    Optional<Refusal> objection(long amount, long epoch, List<CapabilityTrack> chosen) {
        if (epoch > bounds.lastEpoch()) return Optional.of(Refusal.CAPABILITY_EXPIRED);
        long spoken = chosen.stream().filter(other -> other == this).count();
        if (bounds.uses() <= spoken) return Optional.of(Refusal.CAPABILITY_EXHAUSTED);
        boolean small = amount > bounds.amountMax();
        return small ? Optional.of(Refusal.CAPABILITY_TOO_SMALL) : Optional.empty();
    }

    void take(long uses) {
        if (bounds.uses() == Long.MAX_VALUE) return;
        bounds =
                new Bounds(
                        bounds.amountMax(),
                        bounds.lastEpoch(),
                        bounds.uses() - uses,
                        bounds.delegable());
    }
}
