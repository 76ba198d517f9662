package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShotOutcomesTest {

    @Test
    void bits_past_the_last_shot_are_cleared() {
        var outcomes = ShotOutcomes.of(65, new long[][] {{-1, -1}, {4, 0}});

        assertArrayEquals(new long[] {-1, 1}, outcomes.plane(0));
        assertEquals(65, outcomes.ones(0));
        assertEquals(true, outcomes.bit(1, 2));
        assertEquals(false, outcomes.bit(1, 64));
        assertThrows(IndexOutOfBoundsException.class, () -> outcomes.bit(0, 65));
    }

    @Test
    void a_plane_of_the_wrong_length_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> ShotOutcomes.of(65, new long[][] {{0}}));
        assertEquals(0, ShotOutcomes.of(0, new long[][] {{}}).ones(0));
    }

    @Test
    void changing_what_went_in_or_came_out_changes_nothing() {
        long[][] planes = {{1}};
        var outcomes = ShotOutcomes.of(1, planes);

        planes[0][0] = 0;
        outcomes.plane(0)[0] = 0;

        assertEquals(true, outcomes.bit(0, 0));
    }

    @Test
    void shots_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Shots(0, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Shots(0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Shots(0, Long.MAX_VALUE, 1));
    }
}
