package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.qmk.device.Extent;
import org.qmk.device.Placement;

class FirstFitPlannerTest {

    @Test
    void a_shot_that_fits_into_a_module_does_not_cross_its_border() {
        var planner = new FirstFitPlanner(4);

        Placement placement = planner.propose(List.of(new Extent(2, 6)), 1, 3);

        assertEquals(new Placement(List.of(new Extent(4, 3))), placement);
    }

    @Test
    void a_shot_larger_than_a_module_takes_the_lowest_free_blocks() {
        var planner = new FirstFitPlanner(4);

        Placement placement = planner.propose(List.of(new Extent(1, 2), new Extent(5, 7)), 1, 6);

        assertEquals(new Placement(List.of(new Extent(1, 2), new Extent(5, 4))), placement);
    }

    @Test
    void a_single_shot_goes_where_it_leaves_least_room() {
        var planner = new FirstFitPlanner(8);
        List<Extent> free = List.of(new Extent(0, 8), new Extent(9, 3), new Extent(20, 4));

        Placement placement = planner.propose(free, 1, 3);

        assertEquals(new Placement(List.of(new Extent(9, 3))), placement);
    }

    @Test
    void shots_that_have_no_room_are_not_placed() {
        var planner = new FirstFitPlanner(4);
        List<Extent> free = List.of(new Extent(2, 4));

        assertEquals(Placement.NOWHERE, planner.propose(free, 1, 3));
        assertEquals(Placement.NOWHERE, planner.propose(free, 1, 5));
    }

    @Test
    void whatever_has_room_is_placed_on_free_blocks_and_not_across_borders() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            int perModule = random.nextInt(1, 9);
            int modules = random.nextInt(1, 7);
            var free = new BitSet();
            for (int i = 0; i < modules * perModule; i++) free.set(i, random.nextInt(3) > 0);
            int slots = random.nextInt(1, 12);
            int shots = random.nextInt(1, 5);

            Placement placement =
                    new FirstFitPlanner(perModule).propose(extents(free), shots, slots);

            boolean whole = slots <= perModule;
            int room = whole ? 0 : free.cardinality() / slots;
            for (int m = 0; whole && m < modules; m++) {
                room += free.get(m * perModule, (m + 1) * perModule).cardinality() / slots;
            }
            long expected = room >= shots ? (long) shots * slots : 0;
            assertEquals(expected, placement.blocks(), "seed " + seed);
            for (int place = 0; place < placement.blocks(); place++) {
                int block = placement.block(place);
                assertTrue(free.get(block), "seed " + seed);
                free.clear(block);
                int first = placement.block(place - place % slots);
                assertTrue(!whole || first / perModule == block / perModule, "seed " + seed);
            }
        }
    }

    private static List<Extent> extents(BitSet free) {
        List<Extent> extents = new ArrayList<>();
        for (int start = free.nextSetBit(0); start >= 0; ) {
            int end = free.nextClearBit(start);
            extents.add(new Extent(start, end - start));
            start = free.nextSetBit(end);
        }
        return extents;
    }
}
