package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sets of points that some symmetries map to themselves, with the third order of each.
///
/// The third orders are coordinates in the space that they span, of at most 120 dimensions: two
/// words each.
final class PointOrbits {

    private static final int DIMENSIONS = 120;

    /// The points of each set.
    final int[][] points;

    final long[] low;
    final long[] high;
    final int dimension;

    /// The third order that is wanted.
    final long wantedLow;

    final long wantedHigh;

    /// Whether there are few dimensions, and some of the sets have the third order that is wanted.
    final boolean reachable;

    private final List<long[]> rows = new ArrayList<>();

    /// @param points the sets, each of which the symmetries map to itself
    PointOrbits(ThirdOrderHashes hashes, int[][] points) {
        this.points = points;
        low = new long[points.length];
        high = new long[points.length];
        for (int i = 0; i < points.length && rows.size() <= DIMENSIONS; i++) {
            long[] sum = hashes.sum(points[i]);
            reduce(sum);
            if ((sum[0] | sum[1]) == 0) continue;
            for (long[] row : rows) {
                if (ParityTable.bit(row, ParityTable.lowest(sum))) ParityTable.xor(row, sum);
            }
            rows.add(sum);
        }
        dimension = rows.size();
        long[] rest = hashes.wanted();
        long[] wanted = reduce(rest);
        wantedLow = wanted[0];
        wantedHigh = wanted[1];
        reachable = dimension <= DIMENSIONS && (rest[0] | rest[1]) == 0;
        for (int i = 0; i < points.length && reachable; i++) {
            long[] coordinates = reduce(hashes.sum(points[i]));
            low[i] = coordinates[0];
            high[i] = coordinates[1];
        }
    }

    /// Leaves what is no sum of rows; returns of which rows the other part is.
    private long[] reduce(long[] hash) {
        long[] coordinates = new long[2];
        for (int k = 0; k < rows.size(); k++) {
            long[] row = rows.get(k);
            if (!ParityTable.bit(hash, ParityTable.lowest(row))) continue;
            ParityTable.xor(hash, row);
            coordinates[k >> 6] |= 1L << k;
        }
        return coordinates;
    }

    /// All orbits of the points 1 to `all` - 1, or none if they are too many. Takes time that grows
    /// with the number of points.
    static int[][] all(int all, FieldSymmetry[] symmetries, int limit) {
        List<int[]> orbits = new ArrayList<>();
        boolean[] seen = new boolean[all];
        int[] orbit = new int[all];
        for (int point = 1; point < all; point++) {
            if (seen[point]) continue;
            int size = 0;
            orbit[size++] = point;
            seen[point] = true;
            for (int i = 0; i < size; i++) {
                for (FieldSymmetry symmetry : symmetries) {
                    int image = symmetry.image(orbit[i]);
                    if (seen[image]) continue;
                    seen[image] = true;
                    orbit[size++] = image;
                }
            }
            if (orbits.size() == limit) return new int[0][];
            orbits.add(Arrays.copyOf(orbit, size));
        }
        return orbits.toArray(int[][]::new);
    }

    /// The orbits but the largest: there are far fewer, and the best choices are often of them.
    static int[][] smaller(int[][] orbits) {
        int largest = 0;
        for (int[] orbit : orbits) largest = Math.max(largest, orbit.length);
        List<int[]> smaller = new ArrayList<>();
        for (int[] orbit : orbits) {
            if (orbit.length < largest) smaller.add(orbit);
        }
        return smaller.toArray(int[][]::new);
    }
}
