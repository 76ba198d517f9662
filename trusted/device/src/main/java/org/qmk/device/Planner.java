package org.qmk.device;

import java.util.List;

/// Proposes where a wave goes, and which ways its nodes take. The kernel checks each proposal, so a
/// bad planner can delay a job and do no other harm.
public interface Planner {

    /// @param free blocks that may be taken, ascending, none touching another
    /// @param shots shots to be placed, 1 or more
    /// @param slots blocks of each shot, 1 or more; a shot that fits in one module lies in one
    /// @return shots times slots blocks, or another number of them if the planner knows no place;
    ///     in as few modules as can be, since a wave with reserved time may lie in so many only
    Placement propose(List<Extent> free, int shots, int slots);

    /// Routes for the next epoch, on a machine with a floor of tiles.
    ///
    /// @param requests nodes that may happen in it if they have a route, the most urgent
    ///     first
    /// @return routes for some of them that share no side of a tile; none from a planner that
    ///     knows no floor
    default List<Route> route(List<RouteRequest> requests) {
        return List.of();
    }
}
