package org.qmk.machine.floor;

import java.util.List;
import java.util.function.LongConsumer;

/// Speed-ups over running one job at a time, as geometric means over instances.
public final class FloorComparison {

    /// A policy, and how much of the queue it sees.
    public enum Contender {
        CORNER_GREEDY("corner greedy", FloorClass.WINDOW, new CornerGreedyPolicy()),
        TOUCHING_PERIMETER("touching perimeter", FloorClass.WINDOW, new TouchingPerimeterPolicy()),
        AREA_FIRST("area first", Integer.MAX_VALUE, new AreaFirstPolicy()),
        ORDER_SEARCH("order search", Integer.MAX_VALUE, new OrderSearchPolicy(200));

        private final String title;
        private final int window;
        private final FloorPolicy policy;

        Contender(String title, int window, FloorPolicy policy) {
            this.title = title;
            this.window = window;
            this.policy = policy;
        }

        /// What a table calls it.
        public String title() {
            return title;
        }

        /// Waiting jobs that it sees; the largest int for all.
        public int window() {
            return window;
        }

        /// What decides.
        public FloorPolicy policy() {
            return policy;
        }

        /// The speed-up of one instance.
        public double speedUp(FloorClass queues, long seed) {
            List<FloorJob> queue = queues.queue(seed);
            FloorRun run = FloorRun.of(FloorClass.floor(), queue, window, policy);
            return serial(queue) / run.makespan();
        }

        /// The geometric mean over instances.
        ///
        /// @param seed the first instance's; the others have the numbers after it
        /// @param instances 1 or more
        /// @param done told the number of instances that are done
        public double speedUp(FloorClass queues, long seed, int instances, LongConsumer done) {
            double logs = 0;
            for (int i = 0; i < instances; i++) {
                logs += StrictMath.log(speedUp(queues, seed + i));
                done.accept(i + 1);
            }
            return StrictMath.exp(logs / instances);
        }
    }

    /// A bound on the speed-up of any schedule.
    public enum Bound {
        VOLUME("volume bound"),
        SHAPE("shape bound");

        private final String title;

        Bound(String title) {
            this.title = title;
        }

        /// What a table calls it.
        public String title() {
            return title;
        }

        /// The bound of one queue.
        public double speedUp(List<FloorJob> queue) {
            Floor floor = FloorClass.floor();
            double end =
                    switch (this) {
                        case VOLUME -> FloorBound.volume(floor, queue);
                        case SHAPE -> FloorBound.shape(floor, queue);
                    };
            return serial(queue) / end;
        }

        /// The geometric mean over instances.
        ///
        /// @param seed the first instance's; the others have the numbers after it
        /// @param instances 1 or more
        public double speedUp(FloorClass queues, long seed, int instances) {
            double logs = 0;
            for (int i = 0; i < instances; i++) {
                logs += StrictMath.log(speedUp(queues.queue(seed + i)));
            }
            return StrictMath.exp(logs / instances);
        }
    }

    private FloorComparison() {}

    /// The mean over classes that the authors print: the geometric one.
    public static double mean(double[] speedUps) {
        double logs = 0;
        for (double speedUp : speedUps) logs += StrictMath.log(speedUp);
        return StrictMath.exp(logs / speedUps.length);
    }

    /// Cycles of all jobs one after another.
    private static double serial(List<FloorJob> queue) {
        long cycles = 0;
        for (FloorJob job : queue) cycles += job.cycles();
        return cycles;
    }
}
