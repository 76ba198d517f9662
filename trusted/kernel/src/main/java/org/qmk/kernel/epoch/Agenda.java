package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.kernel.call.Resource;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Invariant;

/// What is reserved for jobs with deadlines: blocks and rates, from one epoch to another.
///
/// At most half of anything is ever reserved; the other half is for everybody. Where the machine
/// has several modules, whole ones are reserved, since a shot lies in one: so clearing what is not
/// reserved always gives room.
public final class Agenda {

    /// Reservations at once: a search looks at each of them for each of their ends.
    private static final int RESERVATIONS_MAX = 256;

    /// A stretch of epochs and what is kept in each of them.
    ///
    /// @param start first epoch
    /// @param end epoch past the last
    /// @param waveShots shots of each wave
    /// @param units modules, or blocks where there is one module
    /// @param rates by resource: how much of an epoch's
    public record Reservation(long start, long end, int waveShots, long units, long[] rates) {

        /// Of a job without a deadline.
        public static final Reservation NONE = new Reservation(0, 0, 0, 0, new long[0]);

        boolean overlaps(long epoch) {
            // One more epoch, in which others clear what a late job still holds.
            return start <= epoch && epoch <= end;
        }
    }

    /// What may be reserved at once.
    private final long unitsMax;

    private final long[] ratesMax;

    /// Blocks of what is reserved at once.
    private final int unit;

    private final List<Reservation> reservations = new ArrayList<>();

    /// @param blocks those that the decoders keep up with
    /// @param unit blocks of a module, or 1 where there is one module
    public Agenda(long blocks, int unit, long[] capacity) {
        this.unitsMax = blocks / unit / 2;
        this.unit = unit;
        this.ratesMax = new long[capacity.length];
        for (int i = 0; i < capacity.length; i++) ratesMax[i] = capacity[i] / 2;
    }

    /// The earliest reservation for a job, if it could ever have one.
    ///
    /// @param now the epoch that was opened last
    public Optional<Reservation> earliest(
            Layers layers, int slots, long shots, int shotsMax, long now) {
        // Bell pairs, which a shot in several modules takes, are not reserved.
        boolean apart = unit > 1 && slots > unit;
        if (apart || reservations.size() >= RESERVATIONS_MAX) return Optional.empty();
        int perUnit = unit / Math.max(1, slots);
        long most = perUnit == 0 ? unitsMax / slots : unitsMax * perUnit;
        most = slots == 0 ? shotsMax : Math.min(shotsMax, most);
        for (Resource resource : Resource.ALL) {
            int cost = layers.costMax(resource);
            if (cost > 0) most = Math.min(most, ratesMax[resource.ordinal()] / cost);
        }
        int waveShots = (int) Math.min(most, shots);
        if (waveShots < 1) return Optional.empty();
        long[] rates = new long[Resource.COUNT];
        for (int layer = 0; layer < layers.count(); layer++) {
            for (Resource resource : Resource.ALL) {
                int i = resource.ordinal();
                long wanted = layers.layerCost(layer, i) * waveShots;
                rates[i] = Math.max(rates[i], Math.min(wanted, ratesMax[i]));
            }
        }
        long waves = (shots + waveShots - 1) / waveShots;
        // A wave ends with the report of its last epoch; the next one begins in the epoch after.
        long epochs = waves * epochsOf(layers, waveShots, rates);
        long[] starts = new long[reservations.size() + 1];
        // Others need an epoch to make room.
        starts[0] = now + 2;
        for (int i = 1; i < starts.length; i++) {
            starts[i] = Math.max(now + 2, reservations.get(i - 1).end() + 1);
        }
        Arrays.sort(starts);
        long units = (long) waveShots * slots;
        if (perUnit > 0 && slots > 0) units = Math.ceilDiv(waveShots, perUnit);
        for (long start : starts) {
            var candidate = new Reservation(start, start + epochs, waveShots, units, rates);
            if (fits(candidate)) return Optional.of(candidate);
        }
        throw new IllegalStateException("after the last reservation everything is free");
    }

    /// Epochs that a wave takes with the given rates.
    static long epochsOf(Layers layers, int waveShots, long[] rates) {
        long epochs = 0;
        for (int layer = 0; layer < layers.count(); layer++) {
            long[] left = rates.clone();
            epochs++;
            for (int at = layers.layerStart(layer); at < layers.layerEnd(layer); at++) {
                if (take(layers, at, waveShots, left)) continue;
                left = rates.clone();
                epochs++;
                Invariant.hold(take(layers, at, waveShots, left), "one node fits into the rates");
            }
        }
        return Math.max(1, epochs);
    }

    private static boolean take(Layers layers, int position, int waveShots, long[] left) {
        for (Resource resource : Resource.ALL) {
            int cost = layers.cost(position, resource);
            if ((long) cost * waveShots > left[resource.ordinal()]) return false;
        }
        for (Resource resource : Resource.ALL) {
            left[resource.ordinal()] -= (long) layers.cost(position, resource) * waveShots;
        }
        return true;
    }

    private boolean fits(Reservation wanted) {
        // The sum is largest where one of them begins.
        if (!fitsAt(wanted, wanted.start())) return false;
        for (Reservation other : reservations) {
            if (wanted.overlaps(other.start()) && !fitsAt(wanted, other.start())) return false;
        }
        return true;
    }

    private boolean fitsAt(Reservation wanted, long epoch) {
        long units = wanted.units();
        long[] rates = wanted.rates().clone();
        for (Reservation other : reservations) {
            if (!other.overlaps(epoch)) continue;
            units += other.units();
            for (int i = 0; i < rates.length; i++) rates[i] += other.rates()[i];
        }
        boolean fits = units <= unitsMax;
        for (int i = 0; i < rates.length; i++) fits &= rates[i] <= ratesMax[i];
        return fits;
    }

    void add(Reservation reservation) {
        reservations.add(reservation);
    }

    void remove(Reservation reservation) {
        reservations.remove(reservation);
    }

    boolean isEmpty() {
        return reservations.isEmpty();
    }

    void writeTo(ByteWriter out) {
        out.uint(reservations.size());
        for (Reservation reservation : reservations) {
            out.uint(reservation.start()).uint(reservation.end()).uint(reservation.units());
            for (long rate : reservation.rates()) out.uint(rate);
        }
    }
}
