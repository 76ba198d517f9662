package org.qmk.machine.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.device.TileFloor;

/// Looks for one route: the shortest for two ends; for more, the nearest end is joined to
/// what is there, one after another (Takahashi and Matsuyama 1980: at most twice the least).
final class SideSearch {

    /// Stands for nobody, and for no side.
    static final int NONE = -1;

    /// What a side costs that another route has; a free one costs 1.
    private static final int TAKEN_COST = 8;

    private static final class TileList {
        private int[] tiles = new int[64];
        private int size;

        void add(int tile) {
            if (size == tiles.length) tiles = Arrays.copyOf(tiles, 2 * size);
            tiles[size++] = tile;
        }
    }

    private final TileGrid grid;

    /// The number of the present search: what an earlier one wrote does not count.
    private int search;

    private final int[] searches;
    private final int[] costs;

    /// By tile: the side through which it is reached, and from which tile.
    private final int[] through;

    private final int[] from;

    /// By tile: 1 + the place of the open end that it belongs to, or 0.
    private final int[] endOf;

    /// By cost, modulo their number: tiles to look at.
    private final List<TileList> buckets = new ArrayList<>();

    private int waiting;

    SideSearch(TileGrid grid) {
        this.grid = grid;
        this.searches = new int[grid.size()];
        this.costs = new int[grid.size()];
        this.through = new int[grid.size()];
        this.from = new int[grid.size()];
        this.endOf = new int[grid.size()];
        for (int i = 0; i <= TAKEN_COST; i++) buckets.add(new TileList());
    }

    /// The sides of a route, or none if there is no way.
    ///
    /// @param owners by side: who has it, or `NONE`
    /// @param force whether sides that others have may be used where that saves a long way round
    List<Integer> find(Connection connection, int[] owners, boolean force) {
        List<RouteEnd> open = new ArrayList<>(connection.ends());
        RouteEnd first = open.removeFirst();
        List<Integer> sides = new ArrayList<>();
        List<Integer> seeds = first.tiles();
        // Only a lane can part into several ways.
        boolean direct = open.size() == 1;
        while (!open.isEmpty()) {
            int reached = reach(seeds, first, open, owners, force, direct);
            if (reached == NONE) return List.of();
            if (sides.isEmpty()) seeds = new ArrayList<>();
            for (int tile = reached; through[tile] != NONE; tile = from[tile]) {
                sides.add(through[tile]);
                if (grid.kind(tile) == TileFloor.LANE) seeds.add(tile);
            }
            open.removeIf(end -> end.tiles().contains(reached));
        }
        return sides;
    }

    /// The nearest tile of an open end.
    private int reach(
            List<Integer> seeds,
            RouteEnd first,
            List<RouteEnd> open,
            int[] owners,
            boolean force,
            boolean direct) {
        mark(open, true);
        search++;
        for (TileList bucket : buckets) bucket.size = 0;
        waiting = 0;
        for (int seed : seeds) put(seed, 0, NONE, NONE);
        int found = NONE;
        for (int cost = 0; waiting > 0 && found == NONE; cost++) {
            TileList bucket = buckets.get(cost % buckets.size());
            for (int i = 0; i < bucket.size && found == NONE; i++) {
                int tile = bucket.tiles[i];
                if (costs[tile] != cost) continue;
                if (endOf[tile] > 0) found = tile;
                else expand(tile, first, open, owners, force, direct);
            }
            waiting -= bucket.size;
            bucket.size = 0;
        }
        mark(open, false);
        return found;
    }

    private void mark(List<RouteEnd> open, boolean on) {
        for (int i = 0; i < open.size(); i++) {
            for (int tile : open.get(i).tiles()) endOf[tile] = on ? i + 1 : 0;
        }
    }

    private void expand(
            int tile,
            RouteEnd first,
            List<RouteEnd> open,
            int[] owners,
            boolean force,
            boolean direct) {
        boolean lane = grid.kind(tile) == TileFloor.LANE;
        for (int direction = 0; direction < TileGrid.DIRECTIONS; direction++) {
            if (!lane && !first.takes(direction)) continue;
            int next = grid.neighbour(tile, direction);
            if (next == NONE) continue;
            int end = endOf[next];
            boolean takes = end > 0 && open.get(end - 1).takes(direction);
            boolean goesOn = grid.kind(next) == TileFloor.LANE || takes && (lane || direct);
            if (!goesOn) continue;
            int side = grid.side(tile, direction);
            boolean free = owners[side] == NONE;
            if (!free && !force) continue;
            put(next, costs[tile] + (free ? 1 : TAKEN_COST), side, tile);
        }
    }

    private void put(int tile, int cost, int side, int before) {
        if (searches[tile] == search && costs[tile] <= cost) return;
        searches[tile] = search;
        costs[tile] = cost;
        through[tile] = side;
        from[tile] = before;
        buckets.get(cost % buckets.size()).add(tile);
        waiting++;
    }
}
