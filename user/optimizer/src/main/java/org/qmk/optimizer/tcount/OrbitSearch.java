package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Looks for orbits of few points in all that have the third order that is wanted.
///
/// That is the decoding of a linear code by information sets: in a basis of orbits, every choice of
/// at most two others tells which of the basis go with them. The next basis holds most of the
/// orbits of the choice before, so that the search walks among good choices.
final class OrbitSearch {

    /// Steps without a better choice after which the search begins anew.
    private static final int PATIENCE = 1500;

    /// How often the search comes to the best choice, or one as good, until it is taken for done.
    private static final int REPEATS = 4;

    private final PointOrbits orbits;
    private final SplittableRandom random;
    private final int count;
    private final int dimension;
    private final int fewest;

    /// The orbits in coordinates of the basis; those of the largest come first.
    private final long[] low;

    private final long[] high;
    private final int[] basis;
    private final int[] head;
    private final int[] next;

    /// For each number of points the coordinates whose orbits have as many.
    private int[] sizes = new int[0];

    private long[] sizeLow = new long[0];
    private long[] sizeHigh = new long[0];

    private long wantedLow;
    private long wantedHigh;

    private int[] chosen = new int[0];
    private int cost = Integer.MAX_VALUE;
    private int[] best = new int[0];
    private int least = Integer.MAX_VALUE;
    private int idle;

    /// The least cost since the search began anew, and how often that was the least of all.
    private int local = Integer.MAX_VALUE;

    private int repeats;

    /// The best of a step: what of the basis, and at most two other orbits.
    private int foundCost;

    private int ties;
    private long foundLow;
    private long foundHigh;
    private int foundFirst;
    private int foundSecond;

    private long work;

    OrbitSearch(PointOrbits orbits, SplittableRandom random) {
        this.orbits = orbits;
        this.random = random;
        count = orbits.points.length;
        dimension = orbits.dimension;
        low = new long[count];
        high = new long[count];
        basis = new int[dimension];
        head = new int[1 << windowBits()];
        next = new int[count];
        int size = Integer.MAX_VALUE;
        for (int[] points : orbits.points) size = Math.min(size, points.length);
        fewest = size;
    }

    long work() {
        return work;
    }

    /// How many points the best choice has, or the largest int before there is any.
    int least() {
        return least;
    }

    /// The orbits of the best choice.
    List<int[]> best() {
        List<int[]> points = new ArrayList<>();
        for (int orbit : best) points.add(orbits.points[orbit]);
        return points;
    }

    void search(long effort) {
        long until = work + effort;
        while (work < until && !isDone()) step();
    }

    /// Whether more effort is not expected to help.
    boolean isDone() {
        return repeats == REPEATS;
    }

    private void step() {
        changeBasis();
        foundCost = Integer.MAX_VALUE;
        ties = 0;
        choose();
        choosePairs();
        accept();
    }

    private int points(int orbit) {
        return orbits.points[orbit].length;
    }

    /// Draws a basis that holds most of the chosen orbits, and then rather small ones.
    private void changeBasis() {
        var echelon = new Echelon(dimension);
        int dropped = random.nextInt(4) == 0 ? 4 : 2;
        for (int orbit : chosen) {
            if (random.nextInt(64) >= dropped) echelon.add(orbits, orbit);
        }
        while (echelon.size < dimension) {
            int orbit = random.nextInt(count);
            work += 4;
            if (random.nextInt(4) != 0 && random.nextInt(points(orbit)) >= fewest) continue;
            echelon.add(orbits, orbit);
            work += 4L * echelon.size;
        }
        int[] places = places(echelon.members);
        long[][] map = echelon.map(places);
        var tables = new ByteTables(map);
        for (int i = 0; i < count; i++) {
            low[i] = tables.image(0, orbits.low[i], orbits.high[i]);
            high[i] = dimension <= 64 ? 0 : tables.image(1, orbits.low[i], orbits.high[i]);
        }
        wantedLow = tables.image(0, orbits.wantedLow, orbits.wantedHigh);
        wantedHigh = tables.image(1, orbits.wantedLow, orbits.wantedHigh);
        work += (dimension <= 64 ? 2L : 4L) * count * (dimension + 7 >> 3) / 2 + 8192;
    }

    /// Where each member of a basis comes: the largest first, and others of a size at random.
    private int[] places(int[] members) {
        long[] keys = new long[dimension];
        for (int i = 0; i < dimension; i++) {
            keys[i] = (long) -points(members[i]) << 40 | (long) random.nextInt(1 << 20) << 8 | i;
        }
        Arrays.sort(keys);
        int[] places = new int[dimension];
        for (int place = 0; place < dimension; place++) {
            int member = (int) keys[place] & 255;
            places[member] = place;
            basis[place] = members[member];
        }
        sizes = new int[dimension];
        sizeLow = new long[dimension];
        sizeHigh = new long[dimension];
        int classes = 0;
        for (int place = 0; place < dimension; place++) {
            int size = points(basis[place]);
            if (classes == 0 || sizes[classes - 1] != size) sizes[classes++] = size;
            if (place < 64) {
                sizeLow[classes - 1] |= 1L << place;
            } else {
                sizeHigh[classes - 1] |= 1L << place;
            }
        }
        sizes = Arrays.copyOf(sizes, classes);
        return places;
    }

    private int cost(long lowBits, long highBits) {
        int sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            sum += sizes[i] * Long.bitCount(lowBits & sizeLow[i]);
        }
        if (highBits == 0) return sum;
        for (int i = 0; i < sizes.length; i++) {
            sum += sizes[i] * Long.bitCount(highBits & sizeHigh[i]);
        }
        return sum;
    }

    private void offer(long lowBits, long highBits, int first, int second, int others) {
        if (others > foundCost) return;
        int sum = others + cost(lowBits, highBits);
        if (sum > foundCost) return;
        ties = sum < foundCost ? 1 : ties + 1;
        foundCost = sum;
        if (random.nextInt(ties) != 0) return;
        foundLow = lowBits;
        foundHigh = highBits;
        foundFirst = first;
        foundSecond = second;
    }

    /// None or one beside the basis.
    private void choose() {
        offer(wantedLow, wantedHigh, -1, -1, 0);
        for (int i = 0; i < count; i++) {
            offer(wantedLow ^ low[i], wantedHigh ^ high[i], i, -1, points(i));
        }
        work += 3L * count;
    }

    private int windowBits() {
        int bits = 31 - Integer.numberOfLeadingZeros(Math.max(2, count)) - 1;
        return Math.min(dimension, bits);
    }

    /// Two beside the basis, of those pairs with which none, or the same, of the largest come.
    private void choosePairs() {
        int mask = head.length - 1;
        Arrays.fill(head, -1);
        int wanted = random.nextBoolean() ? 0 : (int) wantedLow & mask;
        long pairs = 0;
        for (int i = 0; i < count; i++) {
            int window = (int) low[i] & mask;
            for (int j = head[window ^ wanted]; j >= 0; j = next[j]) {
                pairs++;
                offer(
                        wantedLow ^ low[i] ^ low[j],
                        wantedHigh ^ high[i] ^ high[j],
                        i,
                        j,
                        points(i) + points(j));
            }
            next[i] = head[window];
            head[window] = i;
        }
        work += 4L * count + 4 * pairs;
    }

    private void accept() {
        int slack = random.nextInt(16) == 0 ? 2 * points(random.nextInt(count)) : 0;
        idle++;
        if (cost == Integer.MAX_VALUE || foundCost <= cost + slack) {
            cost = foundCost;
            take();
        }
        if (cost < local) {
            local = cost;
            idle = 0;
        }
        if (local < least) {
            least = local;
            best = chosen;
            repeats = 0;
        }
        if (idle <= PATIENCE) return;
        if (local == least) repeats++;
        idle = 0;
        local = Integer.MAX_VALUE;
        cost = Integer.MAX_VALUE;
        chosen = new int[0];
    }

    private void take() {
        int[] taken = new int[dimension + 2];
        int size = 0;
        for (int place = 0; place < dimension; place++) {
            long bits = place < 64 ? foundLow : foundHigh;
            if ((bits >>> place & 1) != 0) taken[size++] = basis[place];
        }
        for (int other : new int[] {foundFirst, foundSecond}) {
            if (other >= 0) taken[size++] = other;
        }
        chosen = Arrays.copyOf(taken, size);
    }

    /// A basis that grows, and which of its members each unit vector is the sum of.
    private static final class Echelon {

        private final long[][] rows;
        private final int[] pivots;
        private final int[] members;
        private int size;

        Echelon(int dimension) {
            rows = new long[dimension][];
            pivots = new int[dimension];
            members = new int[dimension];
        }

        /// A row is a vector and the members it is the sum of, two words each.
        void add(PointOrbits orbits, int orbit) {
            long[] row = {orbits.low[orbit], orbits.high[orbit], 0, 0};
            row[2 + (size >> 6)] |= 1L << size;
            for (int k = 0; k < size; k++) {
                if (ParityTable.bit(row, pivots[k])) ParityTable.xor(row, rows[k]);
            }
            if ((row[0] | row[1]) == 0) return;
            int pivot = ParityTable.lowest(row);
            for (int k = 0; k < size; k++) {
                if (ParityTable.bit(rows[k], pivot)) ParityTable.xor(rows[k], row);
            }
            pivots[size] = pivot;
            members[size] = orbit;
            rows[size++] = row;
        }

        /// The image of each unit vector, where member i becomes the unit vector `places[i]`.
        long[][] map(int[] places) {
            long[][] map = new long[size][2];
            for (int k = 0; k < size; k++) {
                for (int i = 0; i < size; i++) {
                    if ((rows[k][2 + (i >> 6)] >>> i & 1) == 0) continue;
                    map[pivots[k]][places[i] >> 6] |= 1L << places[i];
                }
            }
            return map;
        }
    }

    /// A linear map, by the bytes of a vector.
    private static final class ByteTables {

        private final long[][] words;
        private final int bytes;

        ByteTables(long[][] map) {
            bytes = map.length + 7 >> 3;
            words = new long[2][bytes << 8];
            for (int word = 0; word < 2; word++) {
                for (int i = 0; i < bytes << 8; i++) {
                    int bits = i & 255;
                    if (bits == 0) continue;
                    int bit = (i >> 8 << 3) + Integer.numberOfTrailingZeros(bits);
                    long image = bit < map.length ? map[bit][word] : 0;
                    words[word][i] = words[word][i & i - 1] ^ image;
                }
            }
        }

        /// One word of what a vector becomes.
        long image(int word, long lowBits, long highBits) {
            long[] table = words[word];
            long image = 0;
            for (int b = 0; b < bytes; b++) {
                long bits = b < 8 ? lowBits >>> 8 * b : highBits >>> 8 * b - 64;
                image ^= table[b << 8 | (int) bits & 255];
            }
            return image;
        }
    }
}
