package org.qmk.machine.floor;

import java.util.ArrayList;
import java.util.List;

/// The published corner greedy (arXiv 2505.06741, and the `corner_greedy_scheduler` of its authors'
/// program): takes the visible jobs as they come, and gives each the earliest place at a corner of
/// a box; among those of one time the one nearest to the upper left of the floor. Jobs may be
/// turned.
///
/// The corners of a box are the upper left tile right of it, below it and after it, and that of the
/// whole floor after it.
public final class CornerGreedyPolicy implements FloorPolicy {

    /// A tile and the cycle from which a job could have it.
    private record Corner(int x, int y, long start) {

        private boolean isBetterThan(Corner other) {
            if (start != other.start) return start < other.start;
            return x + y < other.x + other.y;
        }
    }

    /// The policy has no state.
    public CornerGreedyPolicy() {}

    @Override
    public List<FloorBox> place(Floor floor, List<FloorJob> visible) {
        FloorJob job = visible.getFirst();
        FloorBox best = null;
        Corner bestCorner = null;
        for (Corner corner : corners(floor)) {
            if (bestCorner != null && !corner.isBetterThan(bestCorner)) continue;
            for (boolean turned : new boolean[] {false, true}) {
                var box = new FloorBox(job, corner.x, corner.y, turned, corner.start);
                if (!isFree(floor, box)) continue;
                best = box;
                bestCorner = corner;
                break;
            }
        }
        if (best == null) throw new IllegalStateException(job + " fits no corner of the floor");
        return List.of(best);
    }

    private static List<Corner> corners(Floor floor) {
        List<Corner> corners = new ArrayList<>();
        corners.add(new Corner(0, 0, floor.now()));
        for (FloorBox box : floor.boxes()) {
            long start = Math.max(box.start(), floor.now());
            corners.add(new Corner(box.x() + box.width(), box.y(), start));
            corners.add(new Corner(box.x(), box.y() + box.height(), start));
            corners.add(new Corner(box.x(), box.y(), box.end()));
            corners.add(new Corner(0, 0, box.end()));
        }
        return corners;
    }

    private static boolean isFree(Floor floor, FloorBox box) {
        if (box.x() + box.width() > floor.width()) return false;
        if (box.y() + box.height() > floor.height()) return false;
        int moment = floor.momentOf(box.start());
        return floor.isFree(moment, box.x(), box.y())
                && floor.isFree(moment, box.end(), box.x(), box.y(), box.width(), box.height());
    }
}
