package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.Extent;
import org.qmk.device.Placement;
import org.qmk.device.Planner;

/// Takes the lowest free blocks.
public final class FirstFitPlanner implements Planner {

    /// The planner has no state.
    public FirstFitPlanner() {}

    @Override
    public Placement propose(List<Extent> free, int blocks) {
        List<Extent> taken = new ArrayList<>();
        int missing = blocks;
        for (Extent extent : free) {
            if (missing == 0) break;
            int length = Math.min(missing, extent.length());
            taken.add(new Extent(extent.start(), length));
            missing -= length;
        }
        return new Placement(taken);
    }
}
