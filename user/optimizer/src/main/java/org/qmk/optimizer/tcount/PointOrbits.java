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

    /// Takes time that grows with the number of all points.
    PointOrbits(ThirdOrderHashes hashes, FieldSymmetry[] symmetries) {
        points = points(hashes.size(), symmetries);
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

    private static int[][] points(int all, FieldSymmetry[] symmetries) {
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
            orbits.add(Arrays.copyOf(orbit, size));
        }
        return orbits.toArray(int[][]::new);
    }
}
