package org.qmk.machine.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.machine.floor.FloorComparison.Bound;
import org.qmk.machine.floor.FloorComparison.Contender;

final class FloorRunTest {

    private static final FloorJob WIDE = new FloorJob(0, 20, 11, 10);

    @ParameterizedTest
    @EnumSource
    void every_job_runs_once_inside_the_floor_and_over_no_other(Contender contender) {
        for (FloorClass queues : List.of(FloorClass.A, FloorClass.G)) {
            List<FloorJob> queue = queues.queue(3);

            var run =
                    FloorRun.of(FloorClass.floor(), queue, contender.window(), contender.policy());

            assertEquals(queue.size(), run.boxes().size());
            var jobs = new HashSet<FloorJob>();
            for (FloorBox box : run.boxes()) jobs.add(box.job());
            assertEquals(new HashSet<>(queue), jobs);
            long last = 0;
            for (int i = 0; i < run.boxes().size(); i++) {
                FloorBox box = run.boxes().get(i);
                last = Math.max(last, box.end());
                assertTrue(box.x() >= 0 && box.x() + box.width() <= 20, box.toString());
                assertTrue(box.y() >= 0 && box.y() + box.height() <= 20, box.toString());
                for (FloorBox other : run.boxes().subList(0, i)) {
                    assertFalse(box.overlaps(other), box + " over " + other);
                }
            }
            assertEquals(last, run.makespan());
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_policy_is_faster_than_the_bounds(FloorClass queues) {
        double volume = Bound.VOLUME.speedUp(queues.queue(11));
        double shape = Bound.SHAPE.speedUp(queues.queue(11));

        assertTrue(shape <= volume, queues + ": " + shape + " > " + volume);
        for (Contender contender : Contender.values()) {
            double speedUp = contender.speedUp(queues, 11);
            assertTrue(speedUp <= shape, contender + ": " + speedUp + " > " + shape);
            assertTrue(speedUp > 1, contender + " is no faster than one job at a time");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"B", "H"})
    void qmk_beats_the_published_best_where_small_jobs_rule(String name) {
        FloorClass queues = FloorClass.valueOf(name);

        double greedy = Contender.CORNER_GREEDY.speedUp(queues, 1, 5, _ -> {});
        double touching = Contender.TOUCHING_PERIMETER.speedUp(queues, 1, 5, _ -> {});
        double searched = Contender.ORDER_SEARCH.speedUp(queues, 1, 5, _ -> {});

        assertEquals(queues.publishedGreedy(), greedy, 0.02 * queues.publishedGreedy());
        assertTrue(touching > 1.05 * queues.publishedBest(), "touching: " + touching);
        assertTrue(searched > 1.1 * queues.publishedBest(), "searched: " + searched);
    }

    @Test
    void the_corner_greedy_is_within_a_hundredth_of_the_published_row_in_every_class() {
        for (FloorClass queues : FloorClass.values()) {
            double greedy = Contender.CORNER_GREEDY.speedUp(queues, 1, 50, _ -> {});

            double published = queues.publishedGreedy();
            assertEquals(published, greedy, 0.01 * published, queues.toString());
        }
    }

    @Test
    void a_run_is_the_same_each_time() {
        List<FloorJob> queue = FloorClass.I.queue(5);

        for (Contender contender : Contender.values()) {
            var first =
                    FloorRun.of(FloorClass.floor(), queue, contender.window(), contender.policy());
            var second =
                    FloorRun.of(FloorClass.floor(), queue, contender.window(), contender.policy());
            assertEquals(first, second);
        }
    }

    @Test
    void a_policy_sees_no_job_beyond_its_window() {
        List<FloorJob> queue = FloorClass.H.queue(1);
        var greedy = new CornerGreedyPolicy();

        FloorRun.of(
                FloorClass.floor(),
                queue,
                5,
                (floor, visible) -> {
                    assertTrue(visible.size() <= 5, visible.size() + " jobs");
                    return greedy.place(floor, visible);
                });

        assertThrows(
                IllegalStateException.class,
                () ->
                        FloorRun.of(
                                FloorClass.floor(),
                                queue,
                                5,
                                (floor, _) -> greedy.place(floor, queue.subList(5, 6))));
    }

    @Test
    void a_policy_that_waits_on_an_empty_floor_is_found_out() {
        assertThrows(
                IllegalStateException.class,
                () -> FloorRun.of(FloorClass.floor(), List.of(WIDE), 5, (_, _) -> List.of()));
    }

    @Test
    void a_policy_may_wait_for_the_next_end() {
        var second = new FloorJob(1, 20, 11, 10);

        var run =
                FloorRun.of(
                        FloorClass.floor(),
                        List.of(WIDE, second),
                        1,
                        (floor, visible) ->
                                floor.boxes().isEmpty()
                                        ? List.of(
                                                new FloorBox(
                                                        visible.getFirst(),
                                                        0,
                                                        0,
                                                        false,
                                                        floor.now()))
                                        : List.of());

        assertEquals(20, run.makespan());
    }

    @Test
    void a_job_that_fits_no_floor_is_refused() {
        var tall = new FloorJob(0, 5, 21, 10);

        assertThrows(
                IllegalArgumentException.class,
                () -> FloorRun.of(FloorClass.floor(), List.of(tall), 5, new CornerGreedyPolicy()));
    }

    @ParameterizedTest
    @EnumSource(names = {"AREA_FIRST", "ORDER_SEARCH", "TOUCHING_PERIMETER", "CORNER_GREEDY"})
    void a_policy_can_begin_on_a_floor_in_use(Contender contender) {
        Floor floor = FloorClass.floor();
        List<FloorJob> old = FloorClass.C.queue(2).subList(0, 20);
        FloorRun.of(floor, old, 5, new CornerGreedyPolicy());
        floor.advance(floor.nextEnd());
        int before = floor.boxes().size();
        List<FloorJob> queue = FloorClass.H.queue(2).subList(0, 40);

        var run = FloorRun.of(floor, queue, contender.window(), contender.policy());

        assertEquals(40, run.boxes().size());
        assertEquals(before + 40, floor.boxes().size());
    }
}
