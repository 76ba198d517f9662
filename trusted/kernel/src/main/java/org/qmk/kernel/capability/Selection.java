package org.qmk.kernel.capability;

import java.util.List;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Entitlement;

/// The capabilities that meet some needs, one for each need in their order.
public final class Selection implements Availability, Entitlement {

    final List<Slot> slots;

    private final Session session;
    private final List<CapabilityHandle> handles;

    /// The last epoch in which all are good.
    private final long lastEpoch;

    /// The table's version when `live` was looked up last.
    private long version;

    /// Never true again once it is false: a generation does not come back.
    private boolean live = true;

    Selection(Session session, List<Slot> slots, long version) {
        this.session = session;
        this.slots = slots;
        this.handles = slots.stream().map(Slot::handle).toList();
        long earliest = Long.MAX_VALUE;
        for (Slot slot : slots) earliest = Math.min(earliest, slot.bounds.lastEpoch());
        this.lastEpoch = earliest;
        this.version = version;
    }

    /// As the session names them.
    public List<CapabilityHandle> handles() {
        return handles;
    }

    /// The last epoch in which it can be good.
    public long lastEpoch() {
        return lastEpoch;
    }

    /// Two comparisons unless something was revoked since it was asked last.
    boolean isGood(long versionNow, long epoch) {
        if (version != versionNow) {
            live &= session.open;
            for (int i = 0; i < slots.size(); i++) live &= slots.get(i).isNamedBy(handles.get(i));
            version = versionNow;
        }
        return live && epoch <= lastEpoch;
    }
}
