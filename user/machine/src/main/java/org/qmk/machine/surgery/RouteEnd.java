package org.qmk.machine.surgery;

import java.util.List;

/// Where a route has to end: at one of some tiles, through a side of the right kind.
///
/// @param tiles blocks or ports; any of them will do
/// @param beside whether a route may come from the left or right
/// @param above whether it may come from above or below
public record RouteEnd(List<Integer> tiles, boolean beside, boolean above) {
    public RouteEnd {
        tiles = List.copyOf(tiles);
    }

    /// A patch or port that may be reached from everywhere.
    public static RouteEnd anySide(List<Integer> tiles) {
        return new RouteEnd(tiles, true, true);
    }

    /// Whether a route may come, or leave, in a direction.
    boolean takes(int direction) {
        return TileGrid.isHorizontal(direction) ? beside : above;
    }
}
