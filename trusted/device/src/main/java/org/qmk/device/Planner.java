package org.qmk.device;

import java.util.List;

/// Proposes where a wave goes. The kernel checks the proposal, so a bad planner can delay a job
/// and do no other harm.
public interface Planner {

    /// @param free free blocks, ascending, none touching another
    /// @param blocks number of blocks that are needed
    Placement propose(List<Extent> free, int blocks);
}
