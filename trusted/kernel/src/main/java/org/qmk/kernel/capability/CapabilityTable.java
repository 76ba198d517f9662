package org.qmk.kernel.capability;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Invariant;

/// Tenants, their sessions, and the capabilities that sessions hold.
///
/// A capability is a slot of this table and a generation, as a file descriptor is a number in a
/// process: a tenant can neither make one nor widen one.
public final class CapabilityTable {

    private record Tenant(String name, Quotas quotas) {}

    private record Slot(int generation, SessionId holder, Capability capability, boolean live) {}

    private final List<Tenant> tenants = new ArrayList<>();
    private final TreeSet<String> names = new TreeSet<>();
    private final List<TenantId> sessions = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    /// Slots that are not live, to be given again, lowest first.
    private final TreeSet<Integer> spare = new TreeSet<>();

    /// By session: a bit for each capability that is held at least once.
    private final List<EnumSet<Capability>> rights = new ArrayList<>();

    public int tenants() {
        return tenants.size();
    }

    public int sessions() {
        return sessions.size();
    }

    /// The number of live capabilities.
    public int live() {
        return slots.size() - spare.size();
    }

    public boolean knows(TenantId tenant) {
        return tenant.number() >= 1 && tenant.number() <= tenants.size();
    }

    public boolean knows(SessionId session) {
        return session.number() >= 1 && session.number() <= sessions.size();
    }

    public boolean isTaken(String name) {
        return names.contains(name);
    }

    public Quotas quotas(TenantId tenant) {
        return tenants.get(tenant.number() - 1).quotas();
    }

    /// The tenant of a session that is known.
    public TenantId owner(SessionId session) {
        return sessions.get(session.number() - 1);
    }

    /// The first of the capabilities that the session does not hold, or nothing if it holds all.
    public Optional<Capability> missing(SessionId session, List<Capability> needed) {
        EnumSet<Capability> held = rights.get(session.number() - 1);
        for (Capability capability : needed) {
            if (!held.contains(capability)) return Optional.of(capability);
        }
        return Optional.empty();
    }

    /// Whether the handle names a live capability of the session. A forged handle, an old one and
    /// another session's give the same answer.
    public boolean holds(SessionId session, CapabilityHandle handle) {
        if (handle.slot() >= slots.size()) return false;
        Slot slot = slots.get(handle.slot());
        return slot.live()
                && slot.generation() == handle.generation()
                && slot.holder().equals(session);
    }

    public TenantId add(String name, Quotas quotas) {
        tenants.add(new Tenant(name, quotas));
        Invariant.hold(names.add(name), "one tenant per name");
        return new TenantId(tenants.size());
    }

    public SessionId open(TenantId tenant) {
        sessions.add(tenant);
        rights.add(EnumSet.noneOf(Capability.class));
        return new SessionId(sessions.size());
    }

    public CapabilityHandle grant(SessionId session, Capability capability) {
        rights.get(session.number() - 1).add(capability);
        Integer reused = spare.pollFirst();
        if (reused == null) {
            slots.add(new Slot(0, session, capability, true));
            return new CapabilityHandle(slots.size() - 1, 0);
        }
        int generation = slots.get(reused).generation() + 1;
        slots.set(reused, new Slot(generation, session, capability, true));
        return new CapabilityHandle(reused, generation);
    }

    public void revoke(CapabilityHandle handle) {
        Slot old = slots.get(handle.slot());
        Invariant.hold(old.live(), "only a live capability is revoked");
        slots.set(handle.slot(), new Slot(old.generation(), old.holder(), old.capability(), false));
        spare.add(handle.slot());
        boolean heldElsewhere = false;
        for (Slot slot : slots) {
            heldElsewhere |=
                    slot.live()
                            && slot.holder().equals(old.holder())
                            && slot.capability() == old.capability();
        }
        if (!heldElsewhere) rights.get(old.holder().number() - 1).remove(old.capability());
    }

    /// Writes all that this table remembers.
    public void writeTo(ByteWriter out) {
        out.uint(tenants.size());
        for (Tenant tenant : tenants) {
            out.text(tenant.name()).uint(tenant.quotas().blocks()).uint(tenant.quotas().jobs());
        }
        out.uint(sessions.size());
        for (TenantId owner : sessions) out.uint(owner.number());
        out.uint(slots.size());
        for (Slot slot : slots) {
            out.uint(slot.generation()).uint(slot.holder().number());
            out.text(slot.capability().text()).u8(slot.live() ? 1 : 0);
        }
    }
}
