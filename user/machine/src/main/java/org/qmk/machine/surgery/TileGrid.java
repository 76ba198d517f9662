package org.qmk.machine.surgery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.qmk.device.TileFloor;

/// The tiles of all modules of a machine and how they touch. Numbers of tiles and sides are those
/// of `TileFloor`.
public final class TileGrid {

    /// Right, left, below, above.
    static final int DIRECTIONS = 4;

    private final TileFloor floor;
    private final int columns;
    private final int perModule;
    private final int blocksPerModule;
    private final char[] kinds;

    /// By module's block: its tile in the module.
    private final int[] blockTiles;

    private final List<List<Integer>> ports = new ArrayList<>();

    /// @param modules 1 or more
    public TileGrid(TileFloor floor, int modules) {
        this.floor = floor;
        this.columns = floor.columns();
        this.perModule = floor.size();
        this.blocksPerModule = floor.count(TileFloor.BLOCK);
        this.blockTiles = new int[blocksPerModule];
        this.kinds = new char[Math.multiplyExact(modules, perModule)];
        int block = 0;
        for (int tile = 0; tile < perModule; tile++) {
            char kind = floor.kind(tile);
            if (kind == TileFloor.BLOCK) blockTiles[block++] = tile;
            for (int module = 0; module < modules; module++) {
                kinds[module * perModule + tile] = kind;
            }
        }
        for (int module = 0; module < modules; module++) {
            List<Integer> tiles = new ArrayList<>();
            for (int tile = 0; tile < perModule; tile++) {
                if (floor.kind(tile) == TileFloor.PORT) tiles.add(module * perModule + tile);
            }
            ports.add(List.copyOf(tiles));
        }
    }

    public TileFloor floor() {
        return floor;
    }

    /// Places for tiles in all modules.
    public int size() {
        return kinds.length;
    }

    /// The tile of a block of the machine.
    public int tileOf(int block) {
        return module(block) * perModule + blockTiles[block % blocksPerModule];
    }

    /// The module of a block of the machine.
    public int module(int block) {
        return block / blocksPerModule;
    }

    /// The ports of a module.
    public List<Integer> ports(int module) {
        return ports.get(module);
    }

    /// Whether all lanes of a module hang together and every block and port touches one: then each
    /// node that comes alone has a route.
    public boolean isJoined() {
        var reached = new boolean[perModule];
        var stack = new ArrayDeque<Integer>();
        int lane = 0;
        while (lane < perModule && kinds[lane] != TileFloor.LANE) lane++;
        if (lane == perModule) return false;
        reached[lane] = true;
        stack.push(lane);
        while (!stack.isEmpty()) {
            int tile = stack.pop();
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                int next = neighbour(tile, direction);
                if (next < 0 || reached[next]) continue;
                reached[next] = true;
                if (kinds[next] == TileFloor.LANE) stack.push(next);
            }
        }
        for (int tile = 0; tile < perModule; tile++) {
            if (!reached[tile] && kinds[tile] != TileFloor.NOTHING) return false;
        }
        return true;
    }

    char kind(int tile) {
        return kinds[tile];
    }

    static boolean isHorizontal(int direction) {
        return direction < 2;
    }

    /// The tile in a direction, or -1 where the module ends.
    int neighbour(int tile, int direction) {
        int column = tile % columns;
        int inModule = tile % perModule;
        return switch (direction) {
            case 0 -> column + 1 < columns ? tile + 1 : -1;
            case 1 -> column > 0 ? tile - 1 : -1;
            case 2 -> inModule + columns < perModule ? tile + columns : -1;
            default -> inModule >= columns ? tile - columns : -1;
        };
    }

    /// The side of a tile in a direction in which it has a neighbour.
    int side(int tile, int direction) {
        return switch (direction) {
            case 0 -> 2 * tile;
            case 1 -> 2 * (tile - 1);
            case 2 -> 2 * tile + 1;
            default -> 2 * (tile - columns) + 1;
        };
    }

    /// The two tiles of a side.
    public List<Integer> ends(int side) {
        int tile = side / 2;
        return List.of(tile, side % 2 == 0 ? tile + 1 : tile + columns);
    }
}
