package org.qmk.kernel.capability;

import java.util.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.*;

/// A place in a tenant's namespace, and the capability in it while it is live.
final class Slot {

    final Tenant home;
    final int index;
    int generation;
    boolean live;

    // What follows is meant while the slot is live.

    Session holder;

    /// The tenant whose limit it counts against.
    Tenant payer;

    Capability kind;

    /// The uses are those that are left.
    Bounds bounds;

    /// Whether an ancestor lies in another tenant, which could revoke this at any time.
    boolean foreign;

    /// Null for a root. The children of a capability are a list linked both ways, null at its ends,
    /// so that one leaves it in constant time.
    private Slot parent;

    private Slot firstChild;
    private Slot previous;
    private Slot next;

    Slot(Tenant home, int index) {
        this.home = home;
        this.index = index;
    }

    CapabilityHandle handle() {
        return new CapabilityHandle(index, generation);
    }

    boolean isNamedBy(CapabilityHandle handle) {
        return live && generation == handle.generation();
    }

    /// Orders the slots of a session by kind and number.
    long key() {
        return (long) kind.ordinal() << Integer.SIZE | index;
    }

    /// Why it does not serve, or nothing if it does.
    ///
    /// @param chosen slots of which one use each is spoken for
    Optional<Refusal> objection(long amount, long epoch, List<Slot> chosen) {
        if (epoch > bounds.lastEpoch()) return Optional.of(Refusal.CAPABILITY_EXPIRED);
        long taken = 0;
        for (Slot other : chosen) if (other == this) taken++;
        if (bounds.uses() <= taken) return Optional.of(Refusal.CAPABILITY_EXHAUSTED);
        boolean small = amount > bounds.amountMax();
        return small ? Optional.of(Refusal.CAPABILITY_TOO_SMALL) : Optional.empty();
    }

    void take(long uses) {
        Invariant.hold(live && bounds.uses() >= uses, "only uses that are left are taken");
        bounds = bounds.less(uses);
    }

    /// Puts a root capability here.
    void fill(Session session, Capability capability, Bounds given) {
        Invariant.hold(!live, "a slot holds one capability");
        live = true;
        holder = session;
        payer = home;
        kind = capability;
        bounds = given;
        foreign = false;
    }

    /// Puts a child of another capability here. A finite number of uses comes out of the parent's.
    void fillFrom(Slot source, Session session, Bounds given) {
        Invariant.hold(source.bounds.contains(given), "no child is wider than its parent");
        fill(session, source.kind, given);
        if (given.uses() < Long.MAX_VALUE) source.take(given.uses());
        payer = source.home;
        foreign = source.foreign || source.home != home;
        parent = source;
        next = source.firstChild;
        if (next != null) next.previous = this;
        source.firstChild = this;
    }

    /// Takes it out of the tree.
    ///
    /// @return it and all that was derived from it, each after its parent
    List<Slot> cut() {
        if (previous != null) previous.next = next;
        else if (parent != null) parent.firstChild = next;
        if (next != null) next.previous = previous;
        List<Slot> subtree = new ArrayList<>(List.of(this));
        for (int i = 0; i < subtree.size(); i++) {
            Slot child = subtree.get(i).firstChild;
            for (; child != null; child = child.next) subtree.add(child);
        }
        return subtree;
    }

    /// Empties the slot; no handle that was ever given names it again.
    void clear() {
        generation++;
        live = false;
        parent = null;
        firstChild = null;
        previous = null;
        next = null;
    }

    void writeTo(ByteWriter out) {
        out.uint(home.number).uint(index).uint(generation).u8(live ? 1 : 0);
        if (!live) return;
        out.uint(holder.number).uint(payer.number).u8(kind.ordinal());
        out.uint(code(bounds.amountMax())).uint(code(bounds.lastEpoch()));
        out.uint(code(bounds.uses()));
        out.u8(bounds.delegable() ? 1 : 0).u8(foreign ? 1 : 0).u8(parent == null ? 0 : 1);
        if (parent != null) out.uint(parent.home.number).uint(parent.index);
    }

    /// A bound with the commonest one, none, in a single byte.
    private static long code(long bound) {
        return bound == Long.MAX_VALUE ? 0 : bound + 1;
    }
}
