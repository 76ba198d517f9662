package org.qmk.machine.floor;

import java.util.Arrays;

/// Finds the place where a job touches most: walls, boxes that run beside it, and among these the
/// ones that end when it ends, so that what they leave free is one piece. A place is tried only
/// where the job cannot slide both ways along a side.
///
/// The touching perimeter is an old rule for packing rectangles (Lodi, Martello and Vigo,
/// "Heuristic and metaheuristic approaches for a class of two-dimensional bin packing problems",
/// 1999).
final class SnugPlace {

    /// What a touch is worth, per tile of a job's perimeter.
    ///
    /// @param wall a wall
    /// @param beside a box that runs beside the job for all of its time, else the share of it
    /// @param together a box that ends with the job; half of it if they end `apart` cycles apart
    /// @param inward what a place loses per tile that it is away from the nearest corner
    record Weights(double wall, double beside, double together, double apart, double inward) {}

    private static final int BOXES_FIRST = 64;

    private final int width;
    private final int height;
    private final Weights weights;
    private final int[] places;

    private int count;
    private int[] lefts = new int[BOXES_FIRST];
    private int[] rights = new int[BOXES_FIRST];
    private int[] tops = new int[BOXES_FIRST];
    private int[] bottoms = new int[BOXES_FIRST];
    private long[] starts = new long[BOXES_FIRST];
    private long[] ends = new long[BOXES_FIRST];

    private double best = Double.NEGATIVE_INFINITY;
    private int bestX;
    private int bestY;
    private boolean bestTurned;

    SnugPlace(int width, int height, Weights weights) {
        this.width = width;
        this.height = height;
        this.weights = weights;
        places = new int[height];
    }

    /// Forgets the boxes.
    void clear() {
        count = 0;
    }

    /// Takes a box that a job may touch.
    void add(int x, int y, int columns, int lines, long start, long end) {
        if (count == ends.length) grow();
        lefts[count] = x;
        rights[count] = x + columns;
        tops[count] = y;
        bottoms[count] = y + lines;
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    private void grow() {
        lefts = Arrays.copyOf(lefts, 2 * count);
        rights = Arrays.copyOf(rights, 2 * count);
        tops = Arrays.copyOf(tops, 2 * count);
        bottoms = Arrays.copyOf(bottoms, 2 * count);
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
    }

    /// The earliest end of a box, or the largest long.
    long nextEnd() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) next = Math.min(next, ends[i]);
        return next;
    }

    /// Forgets the boxes that end at a cycle, and says which tiles the others leave free.
    ///
    /// @param free rows; overwritten
    void end(long cycle, int[] free) {
        Arrays.fill(free, FreeRows.mask(0, width));
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (ends[i] == cycle) continue;
            int mask = FreeRows.mask(lefts[i], rights[i] - lefts[i]);
            for (int y = tops[i]; y < bottoms[i]; y++) free[y] &= ~mask;
            lefts[kept] = lefts[i];
            rights[kept] = rights[i];
            tops[kept] = tops[i];
            bottoms[kept] = bottoms[i];
            starts[kept] = starts[i];
            ends[kept] = ends[i];
            kept++;
        }
        count = kept;
    }

    /// Begins a comparison.
    void reset() {
        best = Double.NEGATIVE_INFINITY;
    }

    /// Worth of the best place since `reset`; negative infinity if there is none.
    double best() {
        return best;
    }

    int bestX() {
        return bestX;
    }

    int bestY() {
        return bestY;
    }

    boolean bestTurned() {
        return bestTurned;
    }

    /// Compares every place of a job with the best one so far.
    ///
    /// @param free tiles that are free for all of the job's time
    /// @param bonus added to what the places are worth
    /// @return whether the job fits anywhere
    boolean tryAll(int[] free, int jobWidth, int jobHeight, long start, long end, double bonus) {
        boolean fits = tryOne(free, jobWidth, jobHeight, false, start, end, bonus);
        if (jobWidth == jobHeight) return fits;
        return tryOne(free, jobHeight, jobWidth, true, start, end, bonus) | fits;
    }

    private boolean tryOne(
            int[] free,
            int columns,
            int lines,
            boolean turned,
            long start,
            long end,
            double bonus) {
        if (!FreeRows.places(free, columns, lines, places)) return false;
        for (int y = 0; y + lines <= height; y++) {
            int corners = places[y] == 0 ? 0 : FreeRows.corners(places, y);
            while (corners != 0) {
                int x = Integer.numberOfTrailingZeros(corners);
                corners &= corners - 1;
                double worth = bonus + worth(x, y, columns, lines, start, end);
                if (worth <= best) continue;
                best = worth;
                bestX = x;
                bestY = y;
                bestTurned = turned;
            }
        }
        return true;
    }

    private double worth(int x, int y, int columns, int lines, long start, long end) {
        int right = x + columns;
        int bottom = y + lines;
        int walls = 0;
        if (x == 0) walls += lines;
        if (right == width) walls += lines;
        if (y == 0) walls += columns;
        if (bottom == height) walls += columns;
        double touch = walls * weights.wall;
        for (int i = 0; i < count; i++) {
            if (starts[i] >= end || ends[i] <= start) continue;
            int shared = 0;
            if (rights[i] == x || lefts[i] == right) {
                shared = Math.min(bottoms[i], bottom) - Math.max(tops[i], y);
            } else if (bottoms[i] == y || tops[i] == bottom) {
                shared = Math.min(rights[i], right) - Math.max(lefts[i], x);
            }
            if (shared <= 0) continue;
            long common = Math.min(end, ends[i]) - Math.max(start, starts[i]);
            double share = common / (double) (end - start);
            double near = weights.apart / (weights.apart + Math.abs(ends[i] - end));
            touch += shared * (weights.beside * share + weights.together * near);
        }
        int inward = Math.min(x, width - right) + Math.min(y, height - bottom);
        return touch / (2 * (columns + lines)) - weights.inward * inward;
    }
}
