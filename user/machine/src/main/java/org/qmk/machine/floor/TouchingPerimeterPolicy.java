package org.qmk.machine.floor;

import java.util.List;

/// QMK's policy for a queue of which a few jobs can be seen: of all places of all visible jobs at
/// all moments, takes the one that touches most, is early, and uses up a large job.
public final class TouchingPerimeterPolicy implements FloorPolicy {

    private static final SnugPlace.Weights WEIGHTS =
            new SnugPlace.Weights(1, 0.3, 0.5, 10_000, 0.01);

    /// What a place loses for a cycle that it is later.
    private static final double LATENESS = 3e-5;

    /// What a job gains per tile.
    private static final double SIZE = 3e-3;

    /// No place without its bonus is worth more: walls and boxes that end with the job all around.
    private static final double TOUCH_MAX = 1;

    /// The policy has no state.
    public TouchingPerimeterPolicy() {}

    @Override
    public List<FloorBox> place(Floor floor, List<FloorJob> visible) {
        var places = new SnugPlace(floor.width(), floor.height(), WEIGHTS);
        int first = firstUse(floor, visible);
        for (FloorBox box : floor.boxes()) {
            if (box.end() <= floor.time(first)) continue;
            places.add(box.x(), box.y(), box.width(), box.height(), box.start(), box.end());
        }
        int[] free = new int[floor.height()];
        FloorJob bestJob = visible.getFirst();
        long bestStart = floor.now();
        places.reset();
        for (FloorJob job : visible) {
            for (int moment = first; moment < floor.moments(); moment++) {
                long start = floor.time(moment);
                double bonus = SIZE * job.area() - LATENESS * (start - floor.time(first));
                if (bonus + TOUCH_MAX < places.best()) break;
                if (floor.square(moment) < job.shortSide()) continue;
                floor.freeUntil(moment, start + job.cycles(), free);
                double before = places.best();
                boolean fits =
                        places.tryAll(
                                free,
                                job.width(),
                                job.height(),
                                start,
                                start + job.cycles(),
                                bonus);
                if (places.best() > before) {
                    bestJob = job;
                    bestStart = start;
                }
                if (fits) break;
            }
        }
        return List.of(
                new FloorBox(
                        bestJob, places.bestX(), places.bestY(), places.bestTurned(), bestStart));
    }

    /// The first moment at which any visible job might fit.
    private static int firstUse(Floor floor, List<FloorJob> visible) {
        int side = Floor.SIDE_MAX;
        for (FloorJob job : visible) side = Math.min(side, job.shortSide());
        int first = 0;
        while (floor.square(first) < side) first++;
        return first;
    }
}
