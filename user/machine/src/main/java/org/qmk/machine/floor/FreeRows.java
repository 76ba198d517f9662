package org.qmk.machine.floor;

/// Where rectangles fit among free tiles. A row is an int; bit x is set if tile x is free.
final class FreeRows {

    private FreeRows() {}

    /// Bits x to x + width - 1.
    ///
    /// @param width 1 to 30
    static int mask(int x, int width) {
        return ((1 << width) - 1) << x;
    }

    /// Whether the rectangle fits somewhere.
    static boolean hold(int[] free, int width, int height) {
        for (int y = 0; y + height <= free.length; y++) {
            if (starts(free, y, width, height) != 0) return true;
        }
        return false;
    }

    /// Finds every place of a rectangle.
    ///
    /// @param places overwritten: bit x of row y is set if it fits with its upper left tile there
    /// @return whether there is any
    static boolean places(int[] free, int width, int height, int[] places) {
        boolean any = false;
        for (int y = 0; y < free.length; y++) {
            places[y] = y + height <= free.length ? starts(free, y, width, height) : 0;
            any |= places[y] != 0;
        }
        return any;
    }

    /// Columns where a rectangle fits whose upper row is y.
    private static int starts(int[] free, int y, int width, int height) {
        int open = free[y];
        for (int line = y + 1; line < y + height && open != 0; line++) open &= free[line];
        int reach = 1; // bit x stands for tiles x to x + reach - 1
        while (reach < width && open != 0) {
            int step = Math.min(reach, width - reach);
            open &= open >>> step;
            reach += step;
        }
        return open;
    }

    /// Of the places of row y, those that cannot move left or cannot move right, and cannot move up
    /// or cannot move down.
    static int corners(int[] places, int y) {
        int here = places[y];
        int above = y > 0 ? places[y - 1] : 0;
        int below = y + 1 < places.length ? places[y + 1] : 0;
        return here & (~(here << 1) | ~(here >>> 1)) & (~above | ~below);
    }
}
