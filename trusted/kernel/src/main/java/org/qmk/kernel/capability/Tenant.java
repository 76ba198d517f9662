package org.qmk.kernel.capability;

import java.util.*;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.ByteWriter;

/// What an operator said of a tenant, and the namespace of its capabilities.
final class Tenant {

    final int number;
    final String name;
    Terms terms;

    /// Open sessions.
    int sessions;

    /// Live capabilities that count against this tenant's limit, whoever holds them.
    int paid;

    final List<Slot> slots = new ArrayList<>();

    /// Slots that are not live and may be given again, lowest first.
    private final TreeSet<Integer> spare = new TreeSet<>();

    Tenant(int number, String name, Terms terms) {
        this.number = number;
        this.name = name;
        this.terms = terms;
    }

    /// The lowest slot that is not live.
    ///
    /// @param register gets it if it is new
    Slot vacancy(List<Slot> register) {
        Integer lowest = spare.pollFirst();
        if (lowest != null) return slots.get(lowest);
        Slot slot = new Slot(this, slots.size());
        slots.add(slot);
        register.add(slot);
        return slot;
    }

    /// Takes back a slot that was cleared, unless it has no generation left.
    void vacate(Slot slot) {
        if (slot.generation < Integer.MAX_VALUE) spare.add(slot.index);
    }

    void writeTo(ByteWriter out) {
        out.text(name).uint(terms.weight()).u8(terms.suspended() ? 1 : 0);
        out.uint(terms.quotas().blocks()).uint(terms.quotas().jobs());
        out.uint(sessions).uint(paid);
    }
}
