package org.qmk.machine.floor;

import java.util.List;

/// Decides where and when waiting jobs run. A job that is given a place keeps it; the place may
/// begin in the future, and then the tiles are promised from that time on.
public interface FloorPolicy {

    /// Gives places to one job or more, in an order in which the floor can take them. An empty list
    /// waits for the next end of a box; a floor without boxes must not be answered with it.
    ///
    /// @param floor running and promised boxes; not changed
    /// @param visible the waiting jobs that may be looked at, oldest first, at least one; each fits
    ///     an empty floor
    List<FloorBox> place(Floor floor, List<FloorJob> visible);
}
