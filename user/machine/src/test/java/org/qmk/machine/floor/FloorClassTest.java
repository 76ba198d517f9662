package org.qmk.machine.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.machine.floor.FloorComparison.Bound;

final class FloorClassTest {

    @ParameterizedTest
    @EnumSource
    void a_queue_has_300_jobs_of_the_stated_kinds(FloorClass queues) {
        List<FloorJob> queue = queues.queue(1);

        assertEquals(300, queue.size());
        for (FloorJob job : queue) {
            boolean small = job.area() <= 100;
            int min = small ? 5 : 10;
            int max = small ? 10 : 20;
            assertTrue(job.width() >= min && job.width() <= max, job.toString());
            assertTrue(job.height() >= min && job.height() <= max, job.toString());
            assertTrue(job.area() >= 25 && job.area() <= 200, job.toString());
            assertTrue(job.cycles() >= 10_000 && job.cycles() <= 100_000, job.toString());
        }
        assertNotEquals(queue, queues.queue(2));
        assertEquals(queue, queues.queue(1));
    }

    /// The volume bounds that were computed apart from this program over other instances.
    @Test
    void the_volume_bounds_are_those_of_the_published_recipe() {
        double[] known = {4.28, 5.13, 5.62, 3.16, 2.84, 2.71, 3.65, 5.93, 2.63};

        for (FloorClass queues : FloorClass.values()) {
            double bound = Bound.VOLUME.speedUp(queues, 1, 50);
            double expected = known[queues.ordinal()];
            assertEquals(expected, bound, 0.02 * expected, queues.toString());
        }
    }

    @Test
    void the_mean_is_the_geometric_one_which_gives_the_printed_figure() {
        double[] printed = new double[FloorClass.values().length];
        for (FloorClass queues : FloorClass.values()) {
            printed[queues.ordinal()] = queues.publishedGreedy();
        }

        assertEquals(2.381, FloorComparison.mean(printed), 0.0025);
    }
}
