package org.qmk.kernel.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;
import org.qmk.device.TileFloor;

class RouteCheckTest {

    /// Tiles 0 to 8 in module 0, 9 to 17 in module 1; blocks 0 to 4 and 5 to 9.
    private static final TileFloor FLOOR = new TileFloor(List.of("QQQ", "...", "QQP"));

    private static final JobId JOB = new JobId(1);

    private final RouteCheck check =
            new RouteCheck(
                    new MachineShape(
                                    "floor",
                                    2,
                                    5,
                                    7,
                                    new MachineShape.Rates(9, 9, 9, 99),
                                    0,
                                    List.of(),
                                    List.of())
                            .on(FLOOR));

    /// From block 0 down, right twice, up to block 2.
    private static final List<Integer> GOOD = List.of(1, 6, 8, 5);

    @Test
    void a_route_through_lanes_between_the_blocks_is_good_in_any_order() {
        assertTrue(good(request(false, 0, 2), GOOD));
        assertTrue(good(request(false, 2, 0), List.of(5, 1, 8, 6)));
        assertTrue(good(request(false, 0, 3), List.of(1, 7)));
        assertTrue(good(request(false, 0, 1), List.of(0)), "blocks side by side");
        assertTrue(good(request(false, 0, 2, 3), List.of(1, 6, 8, 5, 7)), "a tree");
    }

    @ParameterizedTest
    @CsvSource({
        "'', nothing",
        "1 6 8, does not reach block 2",
        "6 8 5, does not reach block 0",
        "1 8 5, not connected",
        "0 2, through block 1",
        "1 6 3 2, through block 1 at its end",
        "1 6 8 5 9, into a block of others",
        "1 6 8 5 11, into a port that is not asked for",
        "1 6 8 5 8, a side twice",
        "1 6 8 5 0, block 0 entered twice",
        "1 6 8 5 4, no tile to the right of the last column",
        "1 6 8 5 13, no tile below the last row of the module",
        "1 6 8 5 24, lanes of a module that has none of the blocks",
        "1 6 8 5 1000, outside"
    })
    void anything_else_is_not(String sides, String why) {
        List<Integer> list =
                sides.isEmpty()
                        ? List.of()
                        : List.of(sides.split(" ")).stream().map(Integer::valueOf).toList();

        assertFalse(good(request(false, 0, 2), list), why);
    }

    @Test
    void a_side_that_is_used_is_not_used_again() {
        var used = new BitSet();
        used.set(8);

        assertFalse(check.isGood(request(false, 0, 2), new Route(JOB, 0, GOOD), used));
        used.clear(8);
        assertTrue(check.isGood(request(false, 0, 2), new Route(JOB, 0, GOOD), used));
        assertTrue(used.isEmpty(), "a check takes nothing");
    }

    @Test
    void a_route_that_asks_for_a_port_has_one_in_each_module() {
        // Block 2 is above lane 5, which is above the port.
        assertTrue(good(request(true, 2), List.of(5, 11)));
        assertFalse(good(request(true, 2), List.of(5)));
        // Block 7 is block 2 of module 1: 18 sides further on.
        assertTrue(good(request(true, 2, 7), List.of(5, 11, 23, 29)));
        assertFalse(good(request(true, 2, 7), List.of(5, 11)));
        assertFalse(good(request(true, 2, 7), List.of(5, 11, 23)));
    }

    @Test
    void what_brings_nothing_together_needs_no_route() {
        assertEquals(Optional.empty(), check.request(request(false, 0)));
        assertEquals(Optional.empty(), check.request(request(false)));
        assertEquals(Optional.empty(), check.request(request(true)));
        assertEquals(Optional.of(request(true, 0)), check.request(request(true, 0)));
        assertEquals(Optional.of(request(false, 0, 1)), check.request(request(false, 0, 1)));
    }

    @Test
    void blocks_in_two_modules_come_together_at_ports() {
        assertEquals(Optional.of(request(true, 0, 5)), check.request(request(false, 0, 5)));
    }

    private boolean good(RouteRequest request, List<Integer> sides) {
        return check.isGood(request, new Route(JOB, 0, sides), new BitSet());
    }

    private static RouteRequest request(boolean port, Integer... blocks) {
        return new RouteRequest(JOB, 0, List.of(blocks), port);
    }
}
