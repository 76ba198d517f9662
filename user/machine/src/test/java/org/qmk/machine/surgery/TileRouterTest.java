package org.qmk.machine.surgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.qmk.device.JobId;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;
import org.qmk.device.TileFloor;

class TileRouterTest {

    private static final TileFloor SMALL =
            new TileFloor(List.of("QQQQQ", "Q...Q", "Q...Q", "Q...Q", "QQQQQ"));

    private static final TileFloor CORRIDOR = new TileFloor(List.of("QQQQ", "....", "QQQQ"));

    @Test
    void routes_of_random_questions_are_whole_and_share_no_side() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            BlockLayout block = BlockLayout.values()[random.nextInt(3)];
            int qubits = 4 + random.nextInt(40);
            var grid = new TileGrid(block.floor(qubits), 1);
            List<Connection> asked = random(grid, qubits, 1 + random.nextInt(6), 4, seed);

            List<List<Integer>> routes = new TileRouter(grid).connect(asked, 1);

            TreeSet<Integer> all = new TreeSet<>();
            for (int i = 0; i < asked.size(); i++) {
                for (int side : routes.get(i)) assertTrue(all.add(side), "seed " + seed);
                if (!routes.get(i).isEmpty()) checkWhole(grid, asked.get(i), routes.get(i));
            }
            assertFalse(routes.getFirst().isEmpty(), "the first is never without, seed " + seed);
        }
    }

    /// Against every way that there is: never more, and nearly as many.
    @Test
    void few_pairs_are_lost_to_an_exact_search() {
        var grid = new TileGrid(SMALL, 1);
        var router = new TileRouter(grid);
        int exactSum = 0;
        int ourSum = 0;
        int equal = 0;
        int cases = 150;
        for (long seed = 0; seed < cases; seed++) {
            List<Connection> asked = random(grid, 16, 5, 2, seed);
            int ours = 0;
            for (List<Integer> route : router.connect(asked, 1)) if (!route.isEmpty()) ours++;

            int exact = ExactRouting.most(grid, asked);

            assertTrue(ours <= exact, "seed " + seed);
            exactSum += exact;
            ourSum += ours;
            if (ours == exact) equal++;
        }
        assertTrue(ourSum >= 0.97 * exactSum, ourSum + " of " + exactSum);
        assertTrue(equal >= 0.85 * cases, equal + " of " + cases);
    }

    @Test
    void one_that_finds_no_way_gets_one_that_others_can_spare() {
        // The short route through the middle would cut the long one off.
        var floor = new TileFloor(List.of("Q...Q", "#Q.Q#", "##.##"));
        var grid = new TileGrid(floor, 1);
        var asked = List.of(pair(grid, 0, 1), pair(grid, 2, 3));

        List<List<Integer>> routes = new TileRouter(grid).connect(asked, 0);

        assertEquals(4, routes.get(0).size());
        assertEquals(2, routes.get(1).size());
    }

    @Test
    void a_route_enters_a_patch_at_a_boundary_of_the_right_kind() {
        var grid = new TileGrid(new TileFloor(List.of("...", ".Q.", "...", ".Q.", "...")), 1);
        RouteEnd control = PatchOrientation.Z_BESIDE.end(grid.tileOf(0), Boundary.Z);
        RouteEnd target = PatchOrientation.Z_BESIDE.end(grid.tileOf(1), Boundary.X);
        var turned = PatchOrientation.Z_BESIDE.rotated().end(grid.tileOf(0), Boundary.Z);

        var router = new TileRouter(grid);
        var both = List.of(new Connection(List.of(control, target)));
        var short2 = List.of(new Connection(List.of(turned, target)));

        assertEquals(4, router.connect(both, 1).getFirst().size());
        assertEquals(2, router.connect(short2, 1).getFirst().size());
    }

    @Test
    void a_joint_measurement_of_many_is_one_tree() {
        var grid = new TileGrid(CORRIDOR, 1);
        var request = new RouteRequest(new JobId(1), 7, List.of(0, 3, 5, 6), false);

        List<Route> routes = new TileRouter(grid).route(List.of(request));

        assertEquals(1, routes.size());
        assertEquals(7, routes.getFirst().node());
        // Three sides of the corridor, and one into each of four patches.
        assertEquals(7, routes.getFirst().sides().size());
    }

    @Test
    void a_request_over_two_modules_leads_to_a_port_in_each() {
        var floor = new TileFloor(List.of("Q.P", "Q.#"));
        var grid = new TileGrid(floor, 2);
        var request = new RouteRequest(new JobId(1), 0, List.of(1, 2), true);

        List<Route> routes = new TileRouter(grid).route(List.of(request));

        // Up and right in the first module, right and right in the second.
        assertEquals(List.of(1L), routes.stream().map(route -> route.job().number()).toList());
        assertEquals(5, routes.getFirst().sides().size());
    }

    @Test
    void what_has_no_way_at_all_is_left_out() {
        var grid = new TileGrid(new TileFloor(List.of("Q.#.Q", "Q.#.Q")), 1);
        var apart = new RouteRequest(new JobId(1), 0, List.of(0, 1), false);
        var near = new RouteRequest(new JobId(2), 0, List.of(0, 2), false);

        List<Route> routes = new TileRouter(grid).route(List.of(apart, near));

        assertEquals(List.of(new JobId(2)), routes.stream().map(Route::job).toList());
        assertEquals(1, routes.getFirst().sides().size());
    }

    private static Connection pair(TileGrid grid, int a, int b) {
        return new Connection(
                List.of(
                        RouteEnd.anySide(List.of(grid.tileOf(a))),
                        RouteEnd.anySide(List.of(grid.tileOf(b)))));
    }

    private static List<Connection> random(
            TileGrid grid, int blocks, int count, int endsMax, long seed) {
        var random = new SplittableRandom(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < blocks; i++) order.add(i);
        Collections.shuffle(order, new Random(seed));
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count && order.size() >= endsMax; i++) {
            List<RouteEnd> ends = new ArrayList<>();
            int wanted = endsMax == 2 ? 2 : random.nextInt(2, endsMax + 1);
            for (int end = 0; end < wanted; end++) {
                ends.add(RouteEnd.anySide(List.of(grid.tileOf(order.removeLast()))));
            }
            connections.add(new Connection(ends));
        }
        return connections;
    }

    /// The sides are connected, reach every end once, and lead through lanes alone.
    private static void checkWhole(TileGrid grid, Connection connection, List<Integer> sides) {
        TreeSet<Integer> reached = new TreeSet<>();
        reached.add(grid.ends(sides.getFirst()).getFirst());
        boolean grows = true;
        while (grows) {
            grows = false;
            for (int side : sides) {
                var ends = grid.ends(side);
                if (!reached.contains(ends.getFirst()) && !reached.contains(ends.getLast())) {
                    continue;
                }
                grows |= reached.addAll(ends);
            }
        }
        TreeSet<Integer> ends = new TreeSet<>();
        for (RouteEnd end : connection.ends()) ends.addAll(end.tiles());
        assertTrue(reached.containsAll(ends));
        for (int side : sides) assertTrue(reached.containsAll(grid.ends(side)));
        for (int tile : reached) {
            if (!ends.contains(tile)) assertEquals(TileFloor.LANE, grid.kind(tile));
            long degree = sides.stream().filter(side -> grid.ends(side).contains(tile)).count();
            if (ends.contains(tile)) assertEquals(1, degree);
        }
    }
}
