package org.qmk.kernel.capability;

import java.util.*;
import org.qmk.kernel.call.Refusal;
import org.qmk.qvm.Capability;

/// A session and the capabilities that it holds.
final class Session {

    final int number;
    final Tenant tenant;
    boolean open = true;

    /// Where the table keeps it while it is open.
    int place;

    /// By key, which is by kind and number of the slot.
    final TreeMap<Long, Slot> held = new TreeMap<>();

    Session(int number, Tenant tenant, int place) {
        this.number = number;
        this.tenant = tenant;
        this.place = place;
    }

    /// The capability that serves a need: the lowest slot among those that no other tenant can
    /// revoke, else the lowest.
    ///
    /// @param chosen slots of which one use each is spoken for
    Optional<Slot> find(Need need, long epoch, List<Slot> chosen) {
        Optional<Slot> foreign = Optional.empty();
        for (Slot slot : of(need.kind())) {
            if (slot.objection(need.amount(), epoch, chosen).isPresent()) continue;
            if (!slot.foreign) return Optional.of(slot);
            if (foreign.isEmpty()) foreign = Optional.of(slot);
        }
        return foreign;
    }

    /// Why nothing was found. The rows of `Refusal` go from the farthest objection to the nearest.
    Availability.Lacking lacking(Need need, long epoch, List<Slot> chosen) {
        Refusal nearest = Refusal.CAPABILITY_MISSING;
        for (Slot slot : of(need.kind())) {
            Refusal why = slot.objection(need.amount(), epoch, chosen).orElse(nearest);
            if (why.compareTo(nearest) > 0) nearest = why;
        }
        return new Availability.Lacking(need.kind(), nearest);
    }

    private Collection<Slot> of(Capability kind) {
        long first = (long) kind.ordinal() << Integer.SIZE;
        return held.subMap(first, first + Integer.MAX_VALUE).values();
    }
}
