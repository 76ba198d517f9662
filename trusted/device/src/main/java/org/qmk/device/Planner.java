package org.qmk.device;

import java.util.List;

/// Proposes where a wave goes. The kernel checks the proposal, so a bad planner can delay a job
/// and do no other harm.
public interface Planner {

    /// @param free blocks that may be taken, ascending, none touching another
    /// @param shots shots to be placed, 1 or more
    /// @param slots blocks of each shot, 1 or more; a shot that fits in one module lies in one
    /// @return shots times slots blocks, or another number of them if the planner knows no place;
    ///     in as few modules as can be, since a wave with reserved time may lie in so many only
    Placement propose(List<Extent> free, int shots, int slots);
}
