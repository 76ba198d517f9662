package org.qmk.machine.floor;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// QMK's policy for a queue that can be seen whole: tries orders of list scheduling and keeps the
/// one that ends first. It begins with a few orders by size and moves on by small random changes,
/// which follow from a fixed seed.
public final class OrderSearchPolicy implements FloorPolicy {

    private static final long SEED = 7;
    private static final int CHANGES_MAX = 3;

    /// The search ends with a schedule that is at most this many times the bound.
    private static final double ENOUGH = 1.001;

    /// The first orders: smallest value first.
    private static final List<ToDoubleFunction<FloorJob>> FIRST =
            List.of(
                    job -> -(double) job.area(),
                    job -> -(double) job.volume(),
                    job -> -(double) job.shortSide() * Floor.SIDE_MAX - longSide(job),
                    job -> -(double) longSide(job) * Floor.SIDE_MAX - job.shortSide(),
                    job -> -job.area() * StrictMath.sqrt(job.cycles()));

    private final int tries;

    /// @param tries changed orders to try, 0 or more
    public OrderSearchPolicy(int tries) {
        if (tries < 0) throw new IllegalArgumentException(tries + " tries, expected 0 or more");
        this.tries = tries;
    }

    private static int longSide(FloorJob job) {
        return Math.max(job.width(), job.height());
    }

    @Override
    public List<FloorBox> place(Floor floor, List<FloorJob> visible) {
        var schedule = new EagerSchedule(floor, visible);
        int[] best = new int[0];
        long bestEnd = Long.MAX_VALUE;
        for (ToDoubleFunction<FloorJob> value : FIRST) {
            int[] order = sorted(visible, value);
            long end = schedule.run(order);
            if (end < bestEnd) {
                best = order;
                bestEnd = end;
            }
        }
        var random = new FloorRandom(SEED);
        double enough = floor.now() + ENOUGH * bound(floor, visible);
        for (int i = 0; i < tries && bestEnd > enough; i++) {
            int[] order = changed(best, random);
            long end = schedule.run(order);
            if (end <= bestEnd) {
                best = order;
                bestEnd = end;
            }
        }
        schedule.run(best);
        return schedule.boxes();
    }

    private static double bound(Floor floor, List<FloorJob> jobs) {
        boolean square = floor.width() == floor.height();
        return square ? FloorBound.shape(floor, jobs) : FloorBound.volume(floor, jobs);
    }

    private static int[] sorted(List<FloorJob> jobs, ToDoubleFunction<FloorJob> value) {
        return IntStream.range(0, jobs.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> value.applyAsDouble(jobs.get(i))))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Exchanges two jobs or moves one, up to three times.
    private static int[] changed(int[] order, FloorRandom random) {
        int[] next = order.clone();
        int changes = 1 + random.below(CHANGES_MAX);
        for (int change = 0; change < changes; change++) {
            int from = random.below(next.length);
            int to = random.below(next.length);
            int job = next[from];
            if (random.below(2) == 0) {
                next[from] = next[to];
            } else if (from < to) {
                System.arraycopy(next, from + 1, next, from, to - from);
            } else {
                System.arraycopy(next, to, next, to + 1, from - to);
            }
            next[to] = job;
        }
        return next;
    }
}
