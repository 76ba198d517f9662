package org.qmk.machine.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.Extent;
import org.qmk.device.Placement;

final class FloorPlannerTest {

    private static final FloorPlanner PLANNER = new FloorPlanner(10, 10);

    @Test
    void twelve_blocks_are_three_rows_of_four_in_a_corner() {
        Placement placement = PLANNER.propose(List.of(new Extent(0, 100)), 1, 12);

        assertEquals(rows(0, 4, 3), placement.extents());
    }

    @Test
    void a_prime_number_of_blocks_leaves_the_last_row_short() {
        Placement placement = PLANNER.propose(List.of(new Extent(0, 100)), 1, 7);

        assertEquals(List.of(new Extent(0, 4), new Extent(10, 3)), placement.extents());
    }

    @Test
    void whole_rows_are_one_extent() {
        Placement placement = PLANNER.propose(List.of(new Extent(50, 50)), 1, 50);

        assertEquals(List.of(new Extent(50, 50)), placement.extents());
    }

    @Test
    void the_rectangle_goes_where_it_touches_taken_blocks() {
        List<Extent> free = free(100, rows(0, 3, 3));

        Placement placement = PLANNER.propose(free, 1, 9);

        assertTrue(
                List.of(rows(3, 3, 3), rows(30, 3, 3)).contains(placement.extents())
                        || placement.extents().equals(rows(7, 3, 3)),
                placement.toString());
    }

    @Test
    void the_fullest_module_that_has_a_rectangle_is_taken() {
        List<Extent> free = List.of(new Extent(0, 100), new Extent(150, 50));

        Placement placement = PLANNER.propose(free, 1, 12);

        assertEquals(rows(150, 4, 3), placement.extents());
    }

    @Test
    void scattered_blocks_are_taken_lowest_first() {
        List<Extent> free = new ArrayList<>();
        for (int block = 0; block < 100; block += 2) free.add(new Extent(block, 1));

        Placement placement = PLANNER.propose(free, 1, 12);

        assertEquals(free.subList(0, 12), placement.extents());
    }

    @Test
    void more_than_a_module_are_the_lowest_blocks() {
        Placement placement = PLANNER.propose(List.of(new Extent(0, 300)), 1, 120);

        assertEquals(List.of(new Extent(0, 120)), placement.extents());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_proposal_is_as_many_free_blocks_as_were_asked_for(long seed) {
        var random = new FloorRandom(seed);
        for (int round = 0; round < 200; round++) {
            boolean[] open = new boolean[250];
            int count = 0;
            for (int block = 0; block < open.length; block++) {
                open[block] = random.below(4) > 0;
                if (open[block]) count++;
            }
            int blocks = 1 + random.below(count);

            Placement placement = new FloorPlanner(10, 10).propose(extents(open), blocks, 1);

            assertEquals(blocks, placement.blocks());
            for (Extent extent : placement.extents()) {
                for (int block = extent.start(); block < extent.end(); block++) {
                    assertTrue(open[block], placement.toString());
                    open[block] = false;
                }
            }
        }
    }

    @Test
    void a_module_has_sides() {
        assertThrows(IllegalArgumentException.class, () -> new FloorPlanner(0, 10));
        assertThrows(IllegalArgumentException.class, () -> new FloorPlanner(10, 31));
    }

    private static List<Extent> rows(int start, int columns, int lines) {
        List<Extent> extents = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            extents.add(new Extent(start + 10 * line, columns));
        }
        return extents;
    }

    /// All blocks but those taken.
    private static List<Extent> free(int blocks, List<Extent> taken) {
        boolean[] open = new boolean[blocks];
        Arrays.fill(open, true);
        for (Extent extent : taken) {
            for (int block = extent.start(); block < extent.end(); block++) open[block] = false;
        }
        return extents(open);
    }

    private static List<Extent> extents(boolean[] open) {
        List<Extent> extents = new ArrayList<>();
        int start = -1;
        for (int block = 0; block <= open.length; block++) {
            boolean free = block < open.length && open[block];
            if (free && start < 0) start = block;
            if (!free && start >= 0) {
                extents.add(new Extent(start, block - start));
                start = -1;
            }
        }
        return extents;
    }
}
