package org.qmk.plot;

import java.util.List;

/// Points that are joined by lines.
///
/// @param name what the legend says, at most 28 characters
/// @param hue curves with the same one have the same colour, 0 to 4
/// @param points in the order of their x, one or more
public record Curve(String name, int hue, Line line, List<Point> points) {

    /// The legend has room for so many.
    private static final int NAME_MAX = 28;

    /// How the points are joined.
    public enum Line {
        SOLID,
        DASHED
    }

    /// A point, with a bar that tells how sure its height is.
    ///
    /// @param x more than 0, and finite
    /// @param y more than 0, and finite
    /// @param low where the bar begins: more than 0, at most y
    /// @param high where it ends: y or more, and finite
    public record Point(double x, double y, double low, double high) {
        public Point {
            if (!(x > 0 && y > 0 && Double.isFinite(x) && Double.isFinite(y))) {
                throw new IllegalArgumentException(
                        "a point is at %s, %s, expected finite numbers above 0".formatted(x, y));
            }
            if (!(low > 0 && low <= y && y <= high && Double.isFinite(high))) {
                throw new IllegalArgumentException(
                        "a bar is from %s to %s, expected around %s".formatted(low, high, y));
            }
        }

        /// A point without a bar.
        public Point(double x, double y) {
            this(x, y, y, y);
        }
    }

    public Curve {
        points = List.copyOf(points);
        if (points.isEmpty()) throw new IllegalArgumentException("a curve has no points");
        if (name.length() > NAME_MAX) {
            throw new IllegalArgumentException(
                    "the name '%s' has %d characters, expected at most %d"
                            .formatted(name, name.length(), NAME_MAX));
        }
        if (hue < 0 || hue >= LogPlot.HUES) {
            throw new IllegalArgumentException(
                    "hue is %d, expected 0 to %d".formatted(hue, LogPlot.HUES - 1));
        }
    }
}
