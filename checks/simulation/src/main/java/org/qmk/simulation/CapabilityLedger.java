package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;

/// Who may do what, as the specification says it follows from what was granted, derived and
/// revoked.
final class CapabilityLedger {

    private final KernelLimits limits;
    final List<TenantTrack> tenants = new ArrayList<>();

    /// Open sessions and whose each is.
    final TreeMap<Integer, TenantTrack> sessions = new TreeMap<>();

    CapabilityLedger(KernelLimits limits) {
        this.limits = limits;
    }

    TenantTrack tenant(TenantId id) {
        return tenants.get(id.number() - 1);
    }

    boolean knows(TenantId id) {
        return id.number() >= 1 && id.number() <= tenants.size();
    }

    /// What an open session holds, by slot.
    TreeMap<Integer, CapabilityTrack> held(int session) {
        return sessions.get(session).sessions.get(session);
    }

    Optional<CapabilityTrack> find(int session, CapabilityHandle handle) {
        CapabilityTrack found = held(session).get(handle.slot());
        boolean named = found != null && found.handle.equals(handle);
        return named ? Optional.of(found) : Optional.empty();
    }

    void open(int session, TenantTrack tenant) {
        sessions.put(session, tenant);
        tenant.sessions.put(session, new TreeMap<>());
    }

    void close(int session) {
        for (CapabilityTrack held : List.copyOf(held(session).values())) cut(held);
        sessions.remove(session).sessions.remove(session);
    }

    /// The capabilities that meet some needs, or why there are none.
    record Choice(List<CapabilityTrack> chosen, Optional<Refusal> lacking) {}

    Choice select(int session, Map<Capability, Long> needs, long epoch) {
        List<CapabilityTrack> chosen = new ArrayList<>();
        for (var need : needs.entrySet()) {
            Optional<CapabilityTrack> best = Optional.empty();
            Refusal nearest = Refusal.CAPABILITY_MISSING;
            for (CapabilityTrack held : held(session).values()) {
                if (held.kind != need.getKey()) continue;
                Optional<Refusal> objection = held.objection(need.getValue(), epoch, chosen);
                if (objection.isPresent()) {
                    if (objection.get().compareTo(nearest) > 0) nearest = objection.get();
                } else if (best.isEmpty() || best.get().foreign && !held.foreign) {
                    best = Optional.of(held);
                }
            }
            if (best.isEmpty()) return new Choice(chosen, Optional.of(nearest));
            chosen.add(best.get());
        }
        return new Choice(chosen, Optional.empty());
    }

    boolean holds(int session, Capability kind, long epoch) {
        return select(session, Map.of(kind, 0L), epoch).lacking().isEmpty();
    }

    Optional<Refusal> objectionToGrant(int session) {
        if (!sessions.containsKey(session)) return Optional.of(Refusal.SESSION_UNKNOWN);
        return room(sessions.get(session));
    }

    Optional<Refusal> objectionToDerive(Input.Derive asked, long epoch) {
        int session = asked.session().number();
        if (!sessions.containsKey(session)) return Optional.of(Refusal.SESSION_UNKNOWN);
        Optional<CapabilityTrack> found = find(session, asked.from());
        if (found.isEmpty()) return Optional.of(Refusal.CAPABILITY_UNKNOWN);
        CapabilityTrack parent = found.get();
        Optional<Refusal> objection = parent.objection(0, epoch, List.of());
        if (objection.isPresent()) return objection;
        Choice right = select(session, Map.of(Capability.DELEGATE, 0L), epoch);
        if (right.lacking().isPresent()) return Optional.of(Refusal.DELEGATE_MISSING);
        if (!parent.bounds.delegable()) return Optional.of(Refusal.CAPABILITY_NOT_DELEGABLE);
        long uses = parent.bounds.uses();
        if (right.chosen().getFirst() == parent && uses != Long.MAX_VALUE) uses--;
        Bounds bounds = asked.bounds();
        boolean wider =
                bounds.amountMax() > parent.bounds.amountMax()
                        || bounds.lastEpoch() > parent.bounds.lastEpoch()
                        || bounds.uses() > uses;
        if (wider) return Optional.of(Refusal.CAPABILITY_WIDER);
        if (!sessions.containsKey(asked.to().number())) return Optional.of(Refusal.SESSION_UNKNOWN);
        return room(parent.home);
    }

    private Optional<Refusal> room(TenantTrack payer) {
        boolean full = payer.paid >= limits.capabilities();
        return full ? Optional.of(Refusal.TABLE_FULL) : Optional.empty();
    }

    void granted(int session, Capability kind, Bounds bounds, CapabilityHandle handle) {
        TenantTrack home = sessions.get(session);
        add(new CapabilityTrack(handle, home, session, home, kind, false, bounds));
    }

    void derived(Input.Derive asked, CapabilityHandle handle, long epoch) {
        int session = asked.session().number();
        CapabilityTrack parent = find(session, asked.from()).orElseThrow();
        Choice right = select(session, Map.of(Capability.DELEGATE, 0L), epoch);
        right.chosen().getFirst().take(1);
        Bounds bounds = asked.bounds();
        if (bounds.uses() != Long.MAX_VALUE) parent.take(bounds.uses());
        LawBroken.unless(
                parent.bounds.uses() >= 0,
                Law.CAPABILITIES_MONOTONE,
                "a child took more uses than its parent had");
        int to = asked.to().number();
        TenantTrack home = sessions.get(to);
        boolean foreign = parent.foreign || parent.home != home;
        var child =
                new CapabilityTrack(handle, home, to, parent.home, parent.kind, foreign, bounds);
        parent.children.add(child);
        add(child);
    }

    private void add(CapabilityTrack made) {
        int slot = made.handle.slot();
        List<Integer> given = made.home.generations;
        while (given.size() <= slot) given.add(-1);
        boolean fresh = made.handle.generation() > given.get(slot);
        boolean empty = true;
        for (var held : made.home.sessions.values()) empty &= !held.containsKey(slot);
        LawBroken.unless(
                fresh && empty,
                Law.HANDLES_FRESH,
                "tenant " + made.home.number + " was given " + made.handle + " again");
        given.set(slot, made.handle.generation());
        made.payer.paid++;
        held(made.session).put(slot, made);
    }

    /// Takes a capability and all below it out.
    void cut(CapabilityTrack root) {
        if (!root.live) return;
        root.live = false;
        root.payer.paid--;
        root.home.sessions.get(root.session).remove(root.handle.slot());
        for (CapabilityTrack child : root.children) cut(child);
    }

    /// Holds what the kernel shows a session against what it should have.
    void compare(int session, List<Held> shown) {
        var held = held(session);
        boolean same = held.size() == shown.size();
        for (Held one : shown) {
            CapabilityTrack own = held.get(one.handle().slot());
            same &=
                    own != null
                            && own.handle.equals(one.handle())
                            && own.kind == one.kind()
                            && own.bounds.equals(one.bounds());
        }
        LawBroken.unless(
                same,
                Law.CAPABILITIES_MONOTONE,
                "session " + session + " holds " + shown + ", expected " + tell(held));
    }

    private static List<String> tell(TreeMap<Integer, CapabilityTrack> held) {
        return held.values().stream().map(own -> own.handle + " " + own.bounds).toList();
    }
}
