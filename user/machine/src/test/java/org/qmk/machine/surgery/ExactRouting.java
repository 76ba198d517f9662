package org.qmk.machine.surgery;

import java.util.BitSet;
import java.util.List;
import org.qmk.device.TileFloor;

/// The most pairs of ends that can be joined without sharing a side, by trying every way.
final class ExactRouting {

    private final TileGrid grid;
    private final List<Connection> connections;
    private final BitSet taken = new BitSet();
    private int best;

    private ExactRouting(TileGrid grid, List<Connection> connections) {
        this.grid = grid;
        this.connections = connections;
    }

    /// @param connections of two ends of one tile each
    static int most(TileGrid grid, List<Connection> connections) {
        var routing = new ExactRouting(grid, connections);
        routing.place(0, 0);
        return routing.best;
    }

    private void place(int next, int done) {
        best = Math.max(best, done);
        int left = connections.size() - next;
        if (left == 0 || done + left <= best) return;
        Connection connection = connections.get(next);
        int start = connection.ends().getFirst().tiles().getFirst();
        var visited = new BitSet();
        visited.set(start);
        walk(start, visited, connection, next, done);
        place(next + 1, done);
    }

    private void walk(int tile, BitSet visited, Connection connection, int next, int done) {
        if (best == connections.size()) return;
        RouteEnd first = connection.ends().getFirst();
        RouteEnd last = connection.ends().getLast();
        for (int direction = 0; direction < TileGrid.DIRECTIONS; direction++) {
            boolean leaves = grid.kind(tile) == TileFloor.LANE || first.takes(direction);
            int to = grid.neighbour(tile, direction);
            if (!leaves || to < 0 || visited.get(to)) continue;
            int side = grid.side(tile, direction);
            if (taken.get(side)) continue;
            boolean arrives = last.tiles().contains(to) && last.takes(direction);
            if (!arrives && grid.kind(to) != TileFloor.LANE) continue;
            taken.set(side);
            visited.set(to);
            if (arrives) place(next + 1, done + 1);
            else walk(to, visited, connection, next, done);
            visited.clear(to);
            taken.clear(side);
        }
    }
}
