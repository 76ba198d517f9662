package org.qmk.machine.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FloorTest {

    private static final FloorJob JOB = new FloorJob(0, 3, 2, 10);

    @Test
    void a_box_may_touch_another_and_not_cover_its_tiles() {
        var floor = new Floor(6, 4);
        floor.add(new FloorBox(JOB, 0, 0, false, 0));

        floor.add(new FloorBox(JOB, 3, 0, false, 5));

        assertThrows(
                IllegalArgumentException.class, () -> floor.add(new FloorBox(JOB, 2, 1, false, 9)));
        assertEquals(2, floor.boxes().size());
    }

    @Test
    void a_tile_is_free_again_at_the_end_of_its_box_and_not_before() {
        var floor = new Floor(3, 2);
        floor.add(new FloorBox(JOB, 0, 0, false, 5));

        assertThrows(
                IllegalArgumentException.class,
                () -> floor.add(new FloorBox(JOB, 0, 0, false, 14)));
        floor.add(new FloorBox(JOB, 0, 0, false, 15));
        assertEquals(15, floor.nextEnd());
    }

    @Test
    void a_promised_box_keeps_its_tiles_from_a_job_that_would_run_into_it() {
        var floor = new Floor(3, 2);
        floor.add(new FloorBox(JOB, 0, 0, false, 10));

        floor.add(new FloorBox(JOB, 0, 0, false, 0));

        assertThrows(
                IllegalArgumentException.class,
                () -> new Floor(3, 2).add(new FloorBox(JOB, 0, 1, false, 0)));
        assertEquals(10, floor.nextEnd());
    }

    @Test
    void a_turned_job_stands_upright() {
        var floor = new Floor(2, 3);

        floor.add(new FloorBox(JOB, 0, 0, true, 0));

        assertEquals(0, floor.square(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Floor(2, 3).add(new FloorBox(JOB, 0, 0, false, 0)));
    }

    @Test
    void time_that_passes_takes_the_boxes_that_ended() {
        var floor = new Floor(6, 4);
        floor.add(new FloorBox(JOB, 0, 0, false, 0));
        floor.add(new FloorBox(JOB, 3, 0, false, 5));

        floor.advance(10);

        assertEquals(List.of(new FloorBox(JOB, 3, 0, false, 5)), floor.boxes());
        assertThrows(
                IllegalArgumentException.class, () -> floor.add(new FloorBox(JOB, 0, 0, false, 9)));
        assertThrows(IllegalArgumentException.class, () -> floor.advance(9));
        floor.add(new FloorBox(JOB, 0, 0, false, 10));
    }

    @Test
    void the_largest_free_square_shrinks_with_each_box() {
        var floor = new Floor(6, 4);
        assertEquals(4, floor.square(0));

        floor.add(new FloorBox(JOB, 0, 0, false, 0));

        assertEquals(3, floor.square(0));
        assertEquals(4, floor.square(floor.momentOf(10)));
    }

    @Test
    void a_job_has_sides_and_cycles() {
        assertThrows(IllegalArgumentException.class, () -> new FloorJob(0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new FloorJob(0, 1, 31, 1));
        assertThrows(IllegalArgumentException.class, () -> new FloorJob(0, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Floor(31, 1));
    }
}
