package org.qmk.kernel.capability;

import java.util.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.*;

/// Tenants, their sessions, and the capabilities that sessions hold, in a tree of derivations.
///
/// A capability is a slot of its tenant's namespace and a generation, as a file descriptor is a
/// number in a process: a tenant can neither make one nor widen one, and the numbers it sees do not
/// depend on what others do among themselves. Methods named `check` decide; the methods that they
/// are named after apply what was checked, and cannot fail.
public final class CapabilityTable {

    private final CapabilityLimits limits;
    private final List<Tenant> tenants = new ArrayList<>();

    private final TreeSet<String> names = new TreeSet<>();

    /// The open sessions without gaps, for slices; the last takes the place of one that closes.
    private final List<Session> sessions = new ArrayList<>();

    private final TreeMap<Integer, Session> sessionsByNumber = new TreeMap<>();
    private int sessionsOpened;

    /// The slots of all namespaces, in the order in which they were made.
    private final List<Slot> slots = new ArrayList<>();

    /// Changes whenever a capability or a session goes.
    private long version;

    public CapabilityTable(CapabilityLimits limits) {
        this.limits = limits;
    }

    // Tenants.

    public int tenants() {
        return tenants.size();
    }

    public boolean knows(TenantId tenant) {
        return tenant.number() >= 1 && tenant.number() <= tenants.size();
    }

    public String name(TenantId tenant) {
        return tenant(tenant).name;
    }

    public Terms terms(TenantId tenant) {
        return tenant(tenant).terms;
    }

    public Optional<Notice.Refused> checkAdd(String name) {
        if (names.contains(name)) return refuse(Refusal.TENANT_NAME_TAKEN, "");
        return checkRoom(tenants.size(), limits.tenants(), "tenants");
    }

    public TenantId add(String name, Terms terms) {
        Invariant.hold(names.add(name), "one tenant per name");
        tenants.add(new Tenant(tenants.size() + 1, name, terms));
        return new TenantId(tenants.size());
    }

    public void setTerms(TenantId tenant, Terms terms) {
        tenant(tenant).terms = terms;
    }

    // Sessions.

    /// Whether the session is open.
    public boolean knows(SessionId session) {
        return sessionsByNumber.containsKey(session.number());
    }

    /// The tenant of an open session.
    public TenantId owner(SessionId session) {
        return new TenantId(session(session).tenant.number);
    }

    public Optional<Notice.Refused> checkOpen(TenantId tenant) {
        if (!knows(tenant)) return refuse(Refusal.TENANT_UNKNOWN, "");
        int used = sessionsOpened == Integer.MAX_VALUE ? sessionsOpened : tenant(tenant).sessions;
        return checkRoom(used, limits.sessions(), "the tenant's sessions");
    }

    public SessionId open(TenantId tenant) {
        Session session = new Session(++sessionsOpened, tenant(tenant), sessions.size());
        sessions.add(session);
        sessionsByNumber.put(session.number, session);
        session.tenant.sessions++;
        return new SessionId(session.number);
    }

    /// Closes an open session and revokes all that it holds. Its number is never used again.
    public void close(SessionId id) {
        Session session = session(id);
        while (!session.held.isEmpty()) revoke(session.held.firstEntry().getValue());
        session.open = false;
        version++;
        session.tenant.sessions--;
        sessionsByNumber.remove(session.number);
        Session last = sessions.getLast();
        sessions.set(session.place, last);
        last.place = session.place;
        sessions.removeLast();
    }

    // Capabilities.

    /// What an open session holds, by kind, lowest slot first.
    public List<Held> held(SessionId session) {
        return session(session).held.values().stream()
                .map(slot -> new Held(slot.handle(), slot.kind, slot.bounds))
                .toList();
    }

    public Optional<Notice.Refused> checkGrant(SessionId session) {
        if (!knows(session)) return refuse(Refusal.SESSION_UNKNOWN, "");
        return checkPaid(session(session).tenant);
    }

    /// An operator's gift: a capability without a parent.
    public CapabilityHandle grant(SessionId session, Capability kind, Bounds bounds) {
        Session holder = session(session);
        Slot slot = holder.tenant.vacancy(slots);
        slot.fill(holder, kind, bounds);
        return register(slot);
    }

    /// Checks that a session may derive a capability from one of its own, for itself or for another
    /// session. The receiver comes last: who may not derive learns nothing of other sessions.
    public Optional<Notice.Refused> checkDerive(
            SessionId session, CapabilityHandle parent, SessionId to, Bounds bounds, long epoch) {
        if (!knows(session)) return refuse(Refusal.SESSION_UNKNOWN, "");
        Optional<Slot> found = find(session, parent);
        if (found.isEmpty()) return refuse(Refusal.CAPABILITY_UNKNOWN, "");
        Slot slot = found.get();
        String kind = slot.kind.text();
        Optional<Refusal> objection = slot.objection(0, epoch, List.of());
        if (objection.isPresent()) return refuse(objection.get(), kind);
        Optional<Slot> right = delegateRight(session, epoch);
        if (right.isEmpty()) return refuse(Refusal.DELEGATE_MISSING, "");
        if (!slot.bounds.delegable()) return refuse(Refusal.CAPABILITY_NOT_DELEGABLE, kind);
        // The right itself may be what is derived from.
        Bounds left = slot.bounds.less(right.get() == slot ? 1 : 0);
        if (!left.contains(bounds)) return refuse(Refusal.CAPABILITY_WIDER, kind);
        if (!knows(to)) return refuse(Refusal.SESSION_UNKNOWN, "");
        return checkPaid(slot.home);
    }

    /// Derives a capability. It takes one use of the session's right to delegate, and as many uses
    /// of a parent with finitely many as the child gets; revoking the child gives none back.
    ///
    /// @return good for the receiver; the giver is not to see it, since it tells of a namespace
    public CapabilityHandle derive(
            SessionId session, CapabilityHandle parent, SessionId to, Bounds bounds, long epoch) {
        Slot source = find(session, parent).orElseThrow();
        delegateRight(session, epoch).orElseThrow().take(1);
        Session holder = session(to);
        Slot slot = holder.tenant.vacancy(slots);
        slot.fillFrom(source, holder, bounds);
        return register(slot);
    }

    public Optional<Notice.Refused> checkRevoke(SessionId session, CapabilityHandle handle) {
        if (!knows(session)) return refuse(Refusal.SESSION_UNKNOWN, "");
        boolean named = find(session, handle).isPresent();
        return named ? Optional.empty() : refuse(Refusal.CAPABILITY_UNKNOWN, "");
    }

    /// Revokes a capability and all that was derived from it, in whatever tenant.
    public void revoke(SessionId session, CapabilityHandle handle) {
        revoke(find(session, handle).orElseThrow());
    }

    /// The capabilities of an open session that meet the needs: for each the lowest slot that
    /// serves; what another tenant could revoke is chosen only where nothing else serves.
    public Availability select(SessionId id, List<Need> needs, long epoch) {
        Session session = session(id);
        List<Slot> chosen = new ArrayList<>(needs.size());
        for (Need need : needs) {
            Optional<Slot> slot = session.find(need, epoch, chosen);
            if (slot.isEmpty()) return session.lacking(need, epoch, chosen);
            chosen.add(slot.get());
        }
        return new Selection(session, chosen, version);
    }

    /// Takes one use of each; only in the step in which they were selected.
    public void consume(Selection selection) {
        for (Slot slot : selection.slots) slot.take(1);
    }

    /// Whether the session is open and what was selected neither revoked nor expired.
    public boolean isGood(Selection selection, long epoch) {
        return selection.isGood(version, epoch);
    }

    // The digest.

    /// Writes the counters, and of each table the entries whose number leaves the given remainder.
    /// All slices together tell all that this table remembers.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        out.uint(tenants.size()).uint(sessions.size()).uint(sessionsOpened);
        out.uint(slots.size()).uint(version);
        for (int i = slice; i < tenants.size(); i += slices) tenants.get(i).writeTo(out);
        for (int i = slice; i < sessions.size(); i += slices) {
            out.uint(sessions.get(i).number).uint(sessions.get(i).tenant.number);
        }
        for (int i = slice; i < slots.size(); i += slices) slots.get(i).writeTo(out);
    }

    private Tenant tenant(TenantId tenant) {
        return tenants.get(tenant.number() - 1);
    }

    private Session session(SessionId id) {
        Session session = sessionsByNumber.get(id.number());
        Invariant.hold(session != null, "the session is open");
        return session;
    }

    /// What a handle names; another session's gives the same as a forged one.
    private Optional<Slot> find(SessionId id, CapabilityHandle handle) {
        Session session = session(id);
        if (handle.slot() >= session.tenant.slots.size()) return Optional.empty();
        Slot slot = session.tenant.slots.get(handle.slot());
        boolean named = slot.isNamedBy(handle) && slot.holder == session;
        return named ? Optional.of(slot) : Optional.empty();
    }

    private Optional<Slot> delegateRight(SessionId session, long epoch) {
        return session(session).find(new Need(Capability.DELEGATE, 0), epoch, List.of());
    }

    private Optional<Notice.Refused> checkPaid(Tenant payer) {
        return checkRoom(payer.paid, limits.capabilities(), "the tenant's capabilities");
    }

    private static Optional<Notice.Refused> checkRoom(int used, int max, String what) {
        return used < max ? Optional.empty() : refuse(Refusal.TABLE_FULL, what);
    }

    private CapabilityHandle register(Slot slot) {
        slot.holder.held.put(slot.key(), slot);
        slot.payer.paid++;
        return slot.handle();
    }

    private void revoke(Slot root) {
        for (Slot slot : root.cut()) {
            slot.holder.held.remove(slot.key());
            slot.payer.paid--;
            slot.clear();
            slot.home.vacate(slot);
        }
        version++;
    }

    private static Optional<Notice.Refused> refuse(Refusal refusal, String fact) {
        return Optional.of(new Notice.Refused(refusal, fact));
    }
}
