package org.qmk.machine.floor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// A floor of tiles with what runs on it and what is promised.
///
/// Which tiles are free changes only at moments: now, and the starts and ends of boxes. A row of
/// tiles is an int; bit x is set if tile x is free.
public final class Floor {

    /// Tiles of the longest side.
    public static final int SIDE_MAX = 30;

    private static final int MOMENTS_FIRST = 64;

    private final int width;
    private final int height;
    private final List<FloorBox> boxes = new ArrayList<>();

    /// Ascending; the first is now.
    private long[] times = new long[MOMENTS_FIRST];

    /// Rows by moment: what is free from that moment to the next.
    private int[][] rows = new int[MOMENTS_FIRST][];

    /// Side of the largest free square by moment.
    private int[] squares = new int[MOMENTS_FIRST];

    private int moments = 1;

    /// An empty floor at cycle 0.
    public Floor(int width, int height) {
        if (!isSide(width) || !isSide(height)) {
            throw new IllegalArgumentException(
                    "floor of %d x %d tiles, expected sides of 1 to %d"
                            .formatted(width, height, SIDE_MAX));
        }
        this.width = width;
        this.height = height;
        rows[0] = new int[height];
        Arrays.fill(rows[0], (1 << width) - 1);
        squares[0] = Math.min(width, height);
    }

    static boolean isSide(int tiles) {
        return tiles >= 1 && tiles <= SIDE_MAX;
    }

    /// Columns.
    public int width() {
        return width;
    }

    /// Rows.
    public int height() {
        return height;
    }

    public long now() {
        return times[0];
    }

    /// Boxes that have not ended, in the order in which they were added.
    public List<FloorBox> boxes() {
        return Collections.unmodifiableList(boxes);
    }

    /// Whether the job fits a floor of this size.
    public boolean holds(FloorJob job) {
        return job.width() <= width && job.height() <= height
                || job.height() <= width && job.width() <= height;
    }

    /// Takes a box that runs now or later.
    ///
    /// @throws IllegalArgumentException if it is outside, in the past, or over another box
    public void add(FloorBox box) {
        boolean inside =
                box.x() >= 0
                        && box.y() >= 0
                        && box.x() + box.width() <= width
                        && box.y() + box.height() <= height;
        if (!inside) throw new IllegalArgumentException(box + " is not inside the floor");
        if (box.start() < now())
            throw new IllegalArgumentException(box + " begins before " + now());
        int first = insert(box.start());
        int after = insert(box.end());
        int mask = FreeRows.mask(box.x(), box.width());
        for (int moment = first; moment < after; moment++) {
            for (int y = box.y(); y < box.y() + box.height(); y++) {
                if ((rows[moment][y] & mask) != mask) {
                    throw new IllegalArgumentException(box + " is over another box");
                }
            }
        }
        for (int moment = first; moment < after; moment++) cover(moment, box, mask);
        boxes.add(box);
    }

    private void cover(int moment, FloorBox box, int mask) {
        for (int y = box.y(); y < box.y() + box.height(); y++) rows[moment][y] &= ~mask;
        while (squares[moment] > 0
                && !FreeRows.hold(rows[moment], squares[moment], squares[moment])) {
            squares[moment]--;
        }
    }

    /// Lets time pass. Boxes that have ended by then are gone.
    ///
    /// @throws IllegalArgumentException if the time is past
    public void advance(long time) {
        if (time < now()) throw new IllegalArgumentException(time + " is before " + now());
        int first = insert(time);
        moments -= first;
        System.arraycopy(times, first, times, 0, moments);
        System.arraycopy(rows, first, rows, 0, moments);
        System.arraycopy(squares, first, squares, 0, moments);
        boxes.removeIf(box -> box.end() <= time);
    }

    /// The earliest end of a box.
    ///
    /// @throws IllegalStateException if there is no box
    public long nextEnd() {
        if (boxes.isEmpty()) throw new IllegalStateException("no box on the floor");
        long next = Long.MAX_VALUE;
        for (FloorBox box : boxes) next = Math.min(next, box.end());
        return next;
    }

    /// Makes a time a moment, and says which.
    private int insert(long time) {
        int found = Arrays.binarySearch(times, 0, moments, time);
        if (found >= 0) return found;
        int at = -found - 1;
        if (moments == times.length) {
            times = Arrays.copyOf(times, 2 * moments);
            rows = Arrays.copyOf(rows, 2 * moments);
            squares = Arrays.copyOf(squares, 2 * moments);
        }
        System.arraycopy(times, at, times, at + 1, moments - at);
        System.arraycopy(rows, at, rows, at + 1, moments - at);
        System.arraycopy(squares, at, squares, at + 1, moments - at);
        times[at] = time;
        rows[at] = rows[at - 1].clone();
        squares[at] = squares[at - 1];
        moments++;
        return at;
    }

    /// Number of moments.
    int moments() {
        return moments;
    }

    /// The cycle of a moment.
    long time(int moment) {
        return times[moment];
    }

    /// The moment that is, or was last before, a cycle from now on.
    int momentOf(long time) {
        int found = Arrays.binarySearch(times, 0, moments, time);
        return found >= 0 ? found : -found - 2;
    }

    /// Side of the largest free square at a moment.
    int square(int moment) {
        return squares[moment];
    }

    /// Whether a tile is free at a moment.
    boolean isFree(int moment, int x, int y) {
        return (rows[moment][y] >>> x & 1) != 0;
    }

    /// Tiles that are free from a moment until an end.
    ///
    /// @param free rows; overwritten
    void freeUntil(int moment, long end, int[] free) {
        System.arraycopy(rows[moment], 0, free, 0, height);
        for (int next = moment + 1; next < moments && times[next] < end; next++) {
            int[] then = rows[next];
            for (int y = 0; y < height; y++) free[y] &= then[y];
        }
    }

    /// Whether a rectangle inside the floor is free from a moment until an end.
    boolean isFree(int moment, long end, int x, int y, int columns, int lines) {
        int mask = FreeRows.mask(x, columns);
        for (int next = moment; next < moments && times[next] < end; next++) {
            for (int line = y; line < y + lines; line++) {
                if ((rows[next][line] & mask) != mask) return false;
            }
        }
        return true;
    }
}
