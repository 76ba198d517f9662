package org.qmk.machine.floor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// List scheduling: whenever a box ends, goes through the jobs in a given order and begins each one
/// that fits, at its snuggest place. Tiles that are promised to others are kept free from now on.
final class EagerSchedule {

    private static final SnugPlace.Weights WEIGHTS = new SnugPlace.Weights(1, 0.3, 1, 5_000, 0.002);

    private final List<FloorJob> jobs;
    private final int[] widths;
    private final int[] heights;
    private final int[] cycles;
    private final Floor floor;
    private final SnugPlace places;
    private final int[] free;
    private final int[] waiting;

    /// By long side: a rectangle with that long side and at least this short side does not fit, in
    /// either way, until the next box ends.
    private final int[] unfitFrom = new int[Floor.SIDE_MAX + 1];

    /// Boxes of the last run in the order of their starts; index of the job and its place.
    private final int[] placed;

    private final int[] placedX;
    private final int[] placedY;
    private final boolean[] placedTurned;
    private final long[] placedStart;
    private int placedCount;

    EagerSchedule(Floor floor, List<FloorJob> jobs) {
        this.floor = floor;
        this.jobs = List.copyOf(jobs);
        int n = jobs.size();
        widths = jobs.stream().mapToInt(FloorJob::width).toArray();
        heights = jobs.stream().mapToInt(FloorJob::height).toArray();
        cycles = jobs.stream().mapToInt(FloorJob::cycles).toArray();
        places = new SnugPlace(floor.width(), floor.height(), WEIGHTS);
        free = new int[floor.height()];
        waiting = new int[n];
        placed = new int[n];
        placedX = new int[n];
        placedY = new int[n];
        placedTurned = new boolean[n];
        placedStart = new long[n];
    }

    /// Makes the schedule of an order.
    ///
    /// @param order every index of the jobs once
    /// @return the end of the last job
    long run(int[] order) {
        start(order);
        long now = floor.now();
        long last = now;
        int left = order.length;
        while (true) {
            Arrays.fill(unfitFrom, largestSquare() + 1);
            int kept = 0;
            for (int i = 0; i < left; i++) {
                int job = waiting[i];
                if (begin(job, now)) last = Math.max(last, now + cycles[job]);
                else waiting[kept++] = job;
            }
            left = kept;
            if (left == 0) return last;
            now = places.nextEnd();
            if (now == Long.MAX_VALUE) throw new IllegalStateException("a job fits no empty floor");
            places.end(now, free);
        }
    }

    private void start(int[] order) {
        System.arraycopy(order, 0, waiting, 0, order.length);
        placedCount = 0;
        places.clear();
        Arrays.fill(free, FreeRows.mask(0, floor.width()));
        for (FloorBox box : floor.boxes()) {
            hold(box.x(), box.y(), box.width(), box.height(), floor.now(), box.end());
        }
    }

    private int largestSquare() {
        int side = Math.min(floor.width(), floor.height());
        while (side > 0 && !FreeRows.hold(free, side, side)) side--;
        return side;
    }

    private boolean begin(int job, long now) {
        int longSide = Math.max(widths[job], heights[job]);
        int shortSide = Math.min(widths[job], heights[job]);
        if (shortSide >= unfitFrom[longSide]) return false;
        places.reset();
        long end = now + cycles[job];
        if (!places.tryAll(free, widths[job], heights[job], now, end, 0)) {
            for (int side = longSide; side <= Floor.SIDE_MAX; side++) {
                unfitFrom[side] = Math.min(unfitFrom[side], shortSide);
            }
            return false;
        }
        boolean turned = places.bestTurned();
        placed[placedCount] = job;
        placedX[placedCount] = places.bestX();
        placedY[placedCount] = places.bestY();
        placedTurned[placedCount] = turned;
        placedStart[placedCount] = now;
        placedCount++;
        int columns = turned ? heights[job] : widths[job];
        int lines = turned ? widths[job] : heights[job];
        hold(places.bestX(), places.bestY(), columns, lines, now, end);
        return true;
    }

    private void hold(int x, int y, int columns, int lines, long start, long end) {
        int mask = FreeRows.mask(x, columns);
        for (int line = y; line < y + lines; line++) free[line] &= ~mask;
        places.add(x, y, columns, lines, start, end);
    }

    /// The boxes of the last run.
    List<FloorBox> boxes() {
        List<FloorBox> boxes = new ArrayList<>(placedCount);
        for (int i = 0; i < placedCount; i++) {
            FloorJob job = jobs.get(placed[i]);
            boxes.add(new FloorBox(job, placedX[i], placedY[i], placedTurned[i], placedStart[i]));
        }
        return boxes;
    }
}
