package org.qmk.machine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.qmk.device.Extent;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.device.Planner;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;
import org.qmk.machine.surgery.TileGrid;
import org.qmk.machine.surgery.TileRouter;

/// Puts each shot into one module if one can hold it, all of them into as few as possible, and
/// takes the lowest free blocks of these.
///
/// The shots that are left for the last module go to the one in which they leave least room. On a
/// floor of tiles it routes with a `TileRouter`.
public final class FirstFitPlanner implements Planner {

    private final int blocksPerModule;

    /// None where there is no floor.
    private final Optional<TileRouter> router;

    /// Free blocks of one module.
    private record Room(List<Extent> extents, int blocks) {}

    public FirstFitPlanner(MachineShape machine) {
        this(
                machine.blocksPerModule(),
                Optional.of(machine)
                        .filter(shape -> !shape.floor().isNone())
                        .map(shape -> new TileGrid(shape.floor(), shape.modules()))
                        .map(TileRouter::new));
    }

    /// For a machine without a floor.
    ///
    /// @param blocksPerModule of the machine, 1 or more
    public FirstFitPlanner(int blocksPerModule) {
        this(blocksPerModule, Optional.empty());
    }

    private FirstFitPlanner(int blocksPerModule, Optional<TileRouter> router) {
        if (blocksPerModule < 1) {
            throw new IllegalArgumentException(
                    "blocksPerModule is " + blocksPerModule + ", expected 1 or more");
        }
        this.blocksPerModule = blocksPerModule;
        this.router = router;
    }

    @Override
    public List<Route> route(List<RouteRequest> requests) {
        return router.isEmpty() ? List.of() : router.get().route(requests);
    }

    @Override
    public Placement propose(List<Extent> free, int shots, int slots) {
        List<Extent> taken = new ArrayList<>();
        if (slots > blocksPerModule) {
            return take(free, (long) shots * slots, taken) == 0
                    ? new Placement(taken)
                    : Placement.NOWHERE;
        }
        List<Room> rooms = rooms(free);
        rooms.removeIf(room -> room.blocks() < slots);
        rooms.sort(Comparator.comparingInt((Room room) -> -(room.blocks() / slots)));
        int left = shots;
        for (int i = 0; i < rooms.size() && left > 0; i++) {
            int most = rooms.get(i).blocks() / slots;
            Room room = most > left ? tightest(rooms, i, left, slots) : rooms.get(i);
            int here = Math.min(left, most);
            take(room.extents(), (long) here * slots, taken);
            left -= here;
        }
        return left == 0 ? new Placement(taken) : Placement.NOWHERE;
    }

    /// Of the rooms from a place on, most spacious first, the last that holds so many shots and has
    /// the fewest blocks.
    private static Room tightest(List<Room> rooms, int from, int shots, int slots) {
        Room best = rooms.get(from);
        for (Room room : rooms.subList(from, rooms.size())) {
            if (room.blocks() / slots < shots) break;
            if (room.blocks() < best.blocks()) best = room;
        }
        return best;
    }

    /// Cuts free extents at the borders of modules.
    private List<Room> rooms(List<Extent> free) {
        List<Room> rooms = new ArrayList<>();
        List<Extent> extents = new ArrayList<>();
        int blocks = 0;
        int module = -1;
        for (Extent extent : free) {
            for (int at = extent.start(); at < extent.end(); ) {
                if (at / blocksPerModule != module) {
                    if (blocks > 0) rooms.add(new Room(extents, blocks));
                    extents = new ArrayList<>();
                    blocks = 0;
                    module = at / blocksPerModule;
                }
                long border = (module + 1L) * blocksPerModule;
                int end = (int) Math.min(extent.end(), border);
                extents.add(new Extent(at, end - at));
                blocks += end - at;
                at = end;
            }
        }
        if (blocks > 0) rooms.add(new Room(extents, blocks));
        return rooms;
    }

    /// Takes the lowest blocks, joining extents that touch, and says how many are missing.
    private static long take(List<Extent> free, long blocks, List<Extent> taken) {
        long missing = blocks;
        for (Extent extent : free) {
            if (missing == 0) break;
            int length = (int) Math.min(missing, extent.length());
            boolean touches = !taken.isEmpty() && taken.getLast().end() == extent.start();
            if (touches) {
                Extent last = taken.removeLast();
                taken.add(new Extent(last.start(), last.length() + length));
            } else {
                taken.add(new Extent(extent.start(), length));
            }
            missing -= length;
        }
        return missing;
    }
}
