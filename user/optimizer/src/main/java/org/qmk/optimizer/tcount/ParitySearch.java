package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Looks for a table of fewer parities with the same third order.
///
/// First down: the best of many differences, one after the other, until none helps. Then a walk
/// among tables of about the same size, which goes down wherever it can.
final class ParitySearch {

    private final SplittableRandom random;
    private ParityTable table;
    private final long[] variableHashes;
    private long[] hashes;
    private ParityPlaces places;
    private long work;

    /// What a parity costs that holds a variable of `dear`; any other costs one.
    private final int weight;

    private final long[] dear;

    ParitySearch(ParityTable start, SplittableRandom random) {
        this(start, random, new long[start.words], 1);
    }

    ParitySearch(ParityTable start, SplittableRandom random, long[] dear, int weight) {
        this.dear = dear;
        this.weight = weight;
        this.random = random;
        table = start.copy();
        table.cancel();
        variableHashes = random.longs(start.variables).toArray();
    }

    ParityTable table() {
        return table;
    }

    long work() {
        return work;
    }

    /// Goes down until no difference of two parities, and no parity, helps, or the work is done.
    void descend(long until) {
        boolean better = true;
        while (better && work + eliminationWork() <= until) better = step();
    }

    private long eliminationWork() {
        long variables = table.variables;
        return variables * variables / 128 * table.size() * table.size();
    }

    /// @return whether the table became smaller
    private boolean step() {
        if (table.size() < 2) return false;
        var elimination = new ThirdOrderElimination(table, random);
        index();
        long budget = 2 * elimination.work();
        Change best = null;
        int size = table.size();
        int pairs = size * (size + 1) / 2;
        // all differences, in an order that looks random: a stride without a common divisor
        long stride = stride(pairs);
        long at = random.nextInt(pairs);
        for (int n = 0; n < pairs; n++, at = (at + stride) % pairs) {
            int j = (int) ((Math.sqrt(8.0 * at + 1) - 1) / 2);
            while ((long) j * (j + 1) / 2 > at) j--;
            while ((long) (j + 1) * (j + 2) / 2 <= at) j++;
            int i = (int) (at - (long) j * (j + 1) / 2);
            long[] z = table.parity(j);
            if (i != j) ParityTable.xor(z, table.parity(i));
            Change change = best(elimination, z);
            if (change.gain > 0 && (best == null || change.gain > best.gain)) best = change;
            if (best != null && elimination.work() > budget) break;
        }
        work += elimination.work();
        if (best == null) return false;
        apply(best);
        return true;
    }

    private long stride(int pairs) {
        long stride = 1L + random.nextInt(pairs);
        while (divisor(stride, pairs) != 1) stride++;
        return stride;
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private void index() {
        int size = table.size();
        hashes = new long[size];
        places = new ParityPlaces(size);
        for (int i = 0; i < size; i++) {
            hashes[i] = hash(table.parity(i));
            places.put(hashes[i], i);
        }
    }

    private long hash(long[] parity) {
        long hash = 0;
        for (int v : ThirdOrderElimination.members(parity)) hash ^= variableHashes[v];
        return hash;
    }

    /// What to add to which parities, and how many fewer there are then.
    private record Change(long[] z, long[] set, int gain) {}

    /// The best change by z: each pair of parities that differ by z wants one of them in the set.
    private Change best(ThirdOrderElimination elimination, long[] z) {
        long hash = hash(z);
        int itself = places.get(hash);
        List<long[]> wanted = new ArrayList<>();
        int size = table.size();
        int words = Math.max(1, size + 63 >> 6);
        for (int i = 0; i < size; i++) {
            int j = places.get(hashes[i] ^ hash);
            if (j > i) {
                long[] pair = new long[words];
                pair[i >> 6] |= 1L << i;
                pair[j >> 6] |= 1L << j;
                wanted.add(pair);
            }
        }
        int pairs = wanted.size();
        int worthless = pairs == 1 ? 1 : 0;
        if (itself >= 0 && pairs == 0) worthless++;
        List<long[]> sets = new ArrayList<>(elimination.free());
        sets.addAll(elimination.setsFor(z, worthless));
        if (sets.isEmpty()) return new Change(z, new long[words], 0);
        long[] odd = new long[words];
        for (int i = 0; i < size; i++) odd[i >> 6] |= 1L << i;
        if (itself >= 0) odd[itself >> 6] ^= 1L << itself;
        return choose(z, sets, wanted, odd, itself >= 0);
    }

    private Change choose(
            long[] z, List<long[]> sets, List<long[]> wanted, long[] odd, boolean wantOdd) {
        long[] set = new long[sets.get(0).length];
        List<long[]> basis = new ArrayList<>(sets);
        for (long[] pair : wanted) force(basis, set, pair, true);
        force(basis, set, odd, wantOdd);
        return new Change(z, set, gain(z, set));
    }

    /// Makes the set meet a test in an odd (or even) number of places if what is left of the basis
    /// lets it, and leaves of the basis what no longer changes that.
    private static void force(List<long[]> basis, long[] set, long[] test, boolean wantOdd) {
        int pivot = -1;
        for (int k = 0; k < basis.size() && pivot < 0; k++) {
            if (ParityTable.odd(basis.get(k), test)) pivot = k;
        }
        if (pivot < 0) return;
        long[] row = basis.remove(pivot);
        for (int k = pivot; k < basis.size(); k++) {
            if (ParityTable.odd(basis.get(k), test)) {
                long[] changed = basis.get(k).clone();
                ParityTable.xor(changed, row);
                basis.set(k, changed);
            }
        }
        if (ParityTable.odd(set, test) != wantOdd) ParityTable.xor(set, row);
    }

    private void apply(Change change) {
        int[] members = ThirdOrderElimination.members(change.set);
        for (int i : members) table.toggle(i, change.z);
        if ((members.length & 1) != 0) table.add(change.z);
        table.cancel();
    }

    /// Walks until the work is done, and keeps the best table.
    ///
    /// @param until the work, from the start of the search, to stop at
    void walk(long until) {
        ParityTable best = table.copy();
        int least = cost();
        int slack = 2 + 2 * weight;
        while (work + eliminationWork() <= until && table.size() > 1) {
            index();
            for (int n = 0; n < FLATS; n++) flat();
            wander();
            int now = cost();
            if (now < least) {
                best = table.copy();
                least = now;
            } else if (now > least + slack) {
                table = best.copy();
            }
        }
        table = best;
    }

    int cost() {
        int cost = 0;
        for (int i = 0; i < table.size(); i++) cost += weight(table.parity(i));
        return cost;
    }

    private int weight(long[] parity) {
        for (int w = 0; w < parity.length; w++) {
            if ((parity[w] & dear[w]) != 0) return weight;
        }
        return 1;
    }

    /// Exchanges the parities of a flat of four dimensions that the table has for those that it
    /// has not: a flat without a third order.
    private void flat() {
        int size = table.size();
        boolean affine = random.nextBoolean();
        long[] origin = new long[table.words];
        if (affine) origin = table.parity(random.nextInt(size));
        long[][] points = new long[16][];
        points[0] = origin;
        for (int k = 0; k < 4; k++) {
            long[] direction = table.parity(random.nextInt(size));
            if (affine) ParityTable.xor(direction, origin);
            for (int i = 0; i < 1 << k; i++) {
                long[] point = points[i].clone();
                ParityTable.xor(point, direction);
                points[1 << k | i] = point;
            }
        }
        int gain = 0;
        for (long[] point : points) {
            if (ParityTable.lowest(point) < 0) continue;
            gain += places.get(hash(point)) >= 0 ? weight(point) : -weight(point);
        }
        work += STEP / 8;
        if (gain < 0 || gain == 0 && random.nextInt(4) != 0) {
            if (gain < -3 || random.nextInt(1000) != 0) return;
        }
        for (long[] point : points) table.add(point);
        table.cancel();
        index();
        work += 10L * table.size() + STEP;
    }

    /// What a step costs beside what it combines, as much as this many words.
    private static final int STEP = 4096;

    private static final int FLATS = 128;
    private static final int TRIES = 24;

    /// One step to a table that is no larger, if a few differences give one.
    private void wander() {
        var elimination = new ThirdOrderElimination(table, random);
        int size = table.size();
        for (int n = 0; n < TRIES; n++) {
            long[] z = table.parity(random.nextInt(size));
            for (int more = random.nextInt(4); more > 0; more--) {
                ParityTable.xor(z, table.parity(random.nextInt(size)));
            }
            if (ParityTable.lowest(z) < 0) continue;
            work += STEP;
            Change change = drift(elimination, z);
            if (change == null) continue;
            int slack = random.nextInt(64) == 0 ? 2 : 0;
            if (change.gain + slack < 0) continue;
            apply(change);
            break;
        }
        work += elimination.work() + STEP;
    }

    private Change drift(ThirdOrderElimination elimination, long[] z) {
        Change change = best(elimination, z);
        if (change.gain > 0) return change;
        List<long[]> sets = new ArrayList<>(elimination.free());
        sets.addAll(elimination.setsFor(z, 0));
        if (sets.isEmpty()) return null;
        long[] set = new long[sets.get(0).length];
        for (long[] one : sets) {
            if (random.nextBoolean()) ParityTable.xor(set, one);
        }
        return new Change(z, set, gain(z, set));
    }

    /// How much less the table costs once a set is changed by z.
    private int gain(long[] z, long[] set) {
        long hash = hash(z);
        int gain = 0;
        int[] members = ThirdOrderElimination.members(set);
        for (int i : members) {
            long[] parity = table.parity(i);
            int before = weight(parity);
            int j = places.get(hashes[i] ^ hash);
            if (j >= 0) {
                if (!ParityTable.bit(set, j)) gain += before + weight(table.parity(j));
                continue;
            }
            ParityTable.xor(parity, z);
            gain += before;
            if (ParityTable.lowest(parity) >= 0) gain -= weight(parity);
        }
        if ((members.length & 1) == 0) return gain;
        int itself = places.get(hash);
        boolean stays = itself >= 0 && !ParityTable.bit(set, itself);
        return stays ? gain + weight(z) : gain - weight(z);
    }

    /// Where each parity is, by its hash.
    private static final class ParityPlaces {

        private final long[] keys;
        private final int[] values;
        private final int mask;

        ParityPlaces(int size) {
            int capacity = Integer.highestOneBit(Math.max(4, size)) * 4;
            keys = new long[capacity];
            values = new int[capacity];
            Arrays.fill(values, -1);
            mask = capacity - 1;
        }

        void put(long key, int value) {
            int at = (int) key & mask;
            while (values[at] >= 0) at = at + 1 & mask;
            keys[at] = key;
            values[at] = value;
        }

        int get(long key) {
            for (int at = (int) key & mask; values[at] >= 0; at = at + 1 & mask) {
                if (keys[at] == key) return values[at];
            }
            return -1;
        }
    }
}
