package org.qmk.kernel.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GiveWayTest {

    private static final long NEVER = GiveWay.NEVER;

    @Test
    void each_way_is_chosen_where_it_is_the_cheapest() {
        // Two blocks are wanted within 10 epochs; the holder has four.
        assertEquals(GiveWay.RUN_ON, cheapest(holder(1, 50, 3, 3)));
        assertEquals(GiveWay.PARK, cheapest(holder(20, 50, 9, 2)));
        assertEquals(GiveWay.UNCOMPUTE, cheapest(holder(20, 50, 2, 9)));
        assertEquals(GiveWay.RESTART, cheapest(holder(20, 1, 2, 2)));
    }

    @Test
    void a_way_that_takes_longer_than_the_other_can_wait_is_none() {
        assertEquals(GiveWay.RUN_ON, cheapest(holder(10, 500, NEVER, NEVER)));
        assertEquals(GiveWay.RESTART, cheapest(holder(11, 500, NEVER, NEVER)));
        assertEquals(GiveWay.RESTART, cheapest(holder(11, 500, 11, 11)));
        assertEquals(NEVER, GiveWay.PARK.cost(holder(1, 1, 1, 11), 2, 10));
    }

    @Test
    void of_equal_costs_the_first_way_wins() {
        assertEquals(GiveWay.PARK, cheapest(holder(20, 50, 2, 2)));
        // Running on for 2 epochs costs 4 block-epochs, as breaking off one epoch of work does.
        assertEquals(GiveWay.RUN_ON, cheapest(holder(2, 1, NEVER, NEVER)));
        assertEquals(GiveWay.RESTART, cheapest(holder(3, 1, NEVER, NEVER)));
    }

    @Test
    void costs_are_block_epochs() {
        var holder = new GiveWay.Holder(4, 7, 5, 3, 2);

        assertEquals(7 * 2, GiveWay.RUN_ON.cost(holder, 2, 10));
        assertEquals(2 * 2 * 4 + 2 * 2, GiveWay.PARK.cost(holder, 2, 10));
        assertEquals(2 * 3 * 4 + 3 * 2, GiveWay.UNCOMPUTE.cost(holder, 2, 10));
        assertEquals(5 * 4, GiveWay.RESTART.cost(holder, 2, 10));
    }

    private static GiveWay cheapest(GiveWay.Holder holder) {
        return GiveWay.cheapest(holder, 2, 10);
    }

    private static GiveWay.Holder holder(long left, long done, long undo, long move) {
        return new GiveWay.Holder(4, left, done, undo, move);
    }
}
