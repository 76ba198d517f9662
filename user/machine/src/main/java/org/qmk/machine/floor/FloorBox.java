package org.qmk.machine.floor;

/// A job with its place and time on a floor.
///
/// @param x column of its left tiles
/// @param y row of its upper tiles
/// @param turned whether width and height of the job are exchanged
/// @param start first cycle
public record FloorBox(FloorJob job, int x, int y, boolean turned, long start) {

    /// Columns it covers.
    public int width() {
        return turned ? job.height() : job.width();
    }

    /// Rows it covers.
    public int height() {
        return turned ? job.width() : job.height();
    }

    /// The cycle after its last.
    public long end() {
        return start + job.cycles();
    }

    /// Whether both cover one tile in one cycle.
    public boolean overlaps(FloorBox other) {
        return x < other.x + other.width()
                && other.x < x + width()
                && y < other.y + other.height()
                && other.y < y + height()
                && start < other.end()
                && other.start < end();
    }
}
