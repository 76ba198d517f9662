package org.qmk.machine.floor;

/// A job that needs a rectangle of tiles for a time. It may be turned by a quarter.
///
/// @param number tells jobs of one queue apart
/// @param width tiles, 1 to `Floor.SIDE_MAX`
/// @param height tiles, 1 to `Floor.SIDE_MAX`
/// @param cycles how long it runs, 1 or more
public record FloorJob(int number, int width, int height, int cycles) {

    public FloorJob {
        boolean shaped = Floor.isSide(width) && Floor.isSide(height);
        if (!shaped || cycles < 1) {
            throw new IllegalArgumentException(
                    ("job of %d x %d tiles for %d cycles, expected sides of 1 to %d"
                                    + " and 1 cycle or more")
                            .formatted(width, height, cycles, Floor.SIDE_MAX));
        }
    }

    /// Tiles it covers.
    public int area() {
        return width * height;
    }

    /// Tiles times cycles.
    public long volume() {
        return (long) area() * cycles;
    }

    /// The shorter of its sides.
    int shortSide() {
        return Math.min(width, height);
    }
}
