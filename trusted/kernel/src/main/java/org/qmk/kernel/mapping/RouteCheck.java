package org.qmk.kernel.mapping;

import java.util.*;
import org.qmk.device.*;

/// Says what a route over the floor of tiles has to be, and whether a proposed one is that. Finds
/// none itself.
public final class RouteCheck {

    private final TileFloor floor;
    private final int tiles;
    private final int perModule;
    private final int blocksPerModule;
    private final boolean ports;

    /// By block of a module: its tile in the module.
    private final int[] tileOf;

    public RouteCheck(MachineShape machine) {
        this.floor = machine.floor();
        this.perModule = floor.size();
        this.tiles = machine.modules() * perModule;
        this.blocksPerModule = machine.blocksPerModule();
        this.ports = floor.count(TileFloor.PORT) > 0;
        this.tileOf = new int[floor.count(TileFloor.BLOCK)];
        int block = 0;
        for (int tile = 0; tile < perModule; tile++) {
            if (floor.kind(tile) == TileFloor.BLOCK) tileOf[block++] = tile;
        }
    }

    /// The route that blocks need, if any: to each other, and to a port if magic states or Bell
    /// pairs come in and there are ports.
    ///
    /// @param wish its `port` says whether magic states are consumed
    public Optional<RouteRequest> request(RouteRequest wish) {
        TreeSet<Integer> modules = new TreeSet<>();
        for (int block : wish.blocks()) modules.add(block / blocksPerModule);
        int blocks = wish.blocks().size();
        boolean port = ports && blocks > 0 && (wish.port() || modules.size() > 1);
        if (!port && modules.size() == blocks) return Optional.empty();
        return Optional.of(new RouteRequest(wish.job(), wish.node(), wish.blocks(), port));
    }

    /// Whether the sides of a route are sides of the floor, unused and named once; lead through
    /// lanes only, but for the blocks and one port a module, each entered at one side; and join, in
    /// each module that has some of the blocks, all that is to be joined, and nothing else.
    public boolean isGood(RouteRequest request, Route route, BitSet used) {
        // By tile: another one that it is joined with, or itself.
        TreeMap<Integer, Integer> joined = new TreeMap<>();
        TreeMap<Integer, Integer> first = new TreeMap<>();
        for (int block : request.blocks()) {
            int module = block / blocksPerModule;
            int tile = module * perModule + tileOf[block % blocksPerModule];
            joined.put(tile, tile);
            first.putIfAbsent(module, tile);
        }
        BitSet own = new BitSet();
        TreeSet<Integer> entered = new TreeSet<>();
        TreeSet<Integer> ported = new TreeSet<>();
        for (int side : route.sides()) {
            if (!isSide(side) || used.get(side) || own.get(side)) return false;
            own.set(side);
            int tile = side / 2;
            int next = tile + (side % 2 == 0 ? 1 : floor.columns());
            for (int end : new int[] {tile, next}) {
                char kind = floor.kind(end % perModule);
                boolean lane = kind == TileFloor.LANE;
                boolean port = kind == TileFloor.PORT && request.port();
                if (!lane && !port && !joined.containsKey(end)) return false;
                if (!lane && !entered.add(end)) return false;
                if (port && !ported.add(end / perModule)) return false;
                joined.putIfAbsent(end, end);
            }
            joined.put(root(tile, joined), root(next, joined));
        }
        for (int tile : joined.keySet()) {
            Integer start = first.get(tile / perModule);
            if (start == null || root(tile, joined) != root(start, joined)) return false;
        }
        return !request.port() || ported.size() == first.size();
    }

    /// Whether there is a tile on both sides of it.
    private boolean isSide(int side) {
        int tile = side / 2;
        if (tile >= tiles) return false;
        int columns = floor.columns();
        return side % 2 == 0
                ? tile % columns + 1 < columns
                : tile % perModule + columns < perModule;
    }

    private static int root(int tile, TreeMap<Integer, Integer> joined) {
        int at = tile;
        while (joined.get(at) != at) {
            // Halves the way for whoever asks next.
            int next = joined.get(joined.get(at));
            joined.put(at, next);
            at = next;
        }
        return at;
    }
}
