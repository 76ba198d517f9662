package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.qmk.device.EpochPlan;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;
import org.qmk.device.TileFloor;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.verifier.Verified;

class FloorTilesTest {

    private static final int COLUMNS = 5;

    /// Four blocks over a corridor, and a port at its end.
    private static final TileFloor FLOOR = new TileFloor(List.of("QQQQ#", "....P"));

    private final Desk desk = desk();

    @Test
    void a_node_without_a_route_waits_and_the_nodes_before_it_do_not() {
        SessionId session = desk.session();
        JobId job = desk.submit(session, Programs.bell(), 1);
        for (int i = 0; i < 5; i++) desk.epoch();

        var status = desk.kernel.status(session, job).orElseThrow();
        assertEquals(JobState.RUNNING, status.state());
        assertEquals(WaitCause.ROUTES, status.waitCause());
        // Allocated, and H done.
        assertEquals(2, status.issued());

        desk.route(FloorTilesTest::corridor);
        desk.run();
        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void shots_are_run_one_after_another() {
        desk.route(FloorTilesTest::corridor);
        JobId job = desk.submit(desk.session(), Programs.bell(), 3);
        desk.run();

        List<Integer> shots = new ArrayList<>();
        for (EpochPlan plan : desk.plans) plan.starts().forEach(start -> shots.add(start.shots()));
        assertEquals(List.of(1, 1, 1), shots);
        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void bad_routes_delay_nobody_but_the_job_that_they_are_for() {
        SessionId victim = desk.session();
        JobId delayed = desk.submit(victim, Programs.bell(), 1);
        JobId other = desk.submit(desk.session(), Programs.bell(), 1);
        List<List<Integer>> bad =
                List.of(List.of(), List.of(1), List.of(999_999), List.of(0, 0), List.of(3, 5, 12));
        int[] turn = {0};
        desk.route(
                requests -> {
                    List<Route> routes = new ArrayList<>();
                    for (Route route : corridor(requests)) {
                        boolean hit = route.job().equals(delayed);
                        List<Integer> sides = bad.get(turn[0]++ % bad.size());
                        routes.add(hit ? new Route(delayed, route.node(), sides) : route);
                    }
                    return routes;
                });
        for (int i = 0; i < 12; i++) desk.epoch();

        assertEquals(JobState.COMPLETED, desk.changes(other).getLast().state());
        var status = desk.kernel.status(victim, delayed).orElseThrow();
        assertEquals(WaitCause.ROUTES, status.waitCause());
    }

    @Test
    void of_two_routes_that_share_a_side_one_waits() {
        desk.route(FloorTilesTest::corridor);
        JobId wide = desk.submit(desk.session(), spread(), 1);
        desk.run();

        // Blocks 0 with 2 and 1 with 3 both take the middle of the corridor.
        for (EpochPlan plan : desk.plans) {
            TreeSet<Integer> sides = new TreeSet<>();
            for (Route route : plan.routes()) {
                for (int side : route.sides()) assertTrue(sides.add(side), "side " + side);
            }
            assertTrue(plan.routes().size() <= 1);
        }
        assertEquals(2, desk.plans.stream().mapToInt(plan -> plan.routes().size()).sum());
        assertEquals(JobState.COMPLETED, desk.changes(wide).getLast().state());
    }

    @Test
    void what_consumes_magic_states_is_routed_to_a_port() {
        List<RouteRequest> asked = new ArrayList<>();
        desk.route(
                requests -> {
                    asked.addAll(requests);
                    return corridor(requests);
                });
        SessionId session = desk.session();
        desk.grant(session, Capability.MAGIC);
        JobId job = desk.submit(session, magic(), 1);
        desk.run();

        assertEquals(List.of(new RouteRequest(job, 1, List.of(0), true)), asked);
        assertEquals(JobState.COMPLETED, desk.changes(job).getLast().state());
    }

    @Test
    void what_is_allocated_in_the_same_epoch_is_routed_from_its_block() {
        var free = new OperationTimes(0, 0, 1);
        var rates = new MachineShape.Rates(16, 16, 16, MachineShape.UNLIMITED);
        var shape = new MachineShape("free", 1, 4, 7, rates, 0, List.of(), List.of(), free);
        var other = new Desk(shape.on(FLOOR), Policy.DEFAULT);
        List<RouteRequest> asked = new ArrayList<>();
        other.route(
                requests -> {
                    asked.addAll(requests);
                    return corridor(requests);
                });
        SessionId session = other.session();
        other.grant(session, Capability.MAGIC);
        JobId job = other.submit(session, again(), 1);
        other.run();

        // The second qubit has the block of the first, which is released in the same epoch.
        var first = new RouteRequest(job, 2, List.of(1), true);
        var second = new RouteRequest(job, 5, List.of(1), true);
        assertEquals(List.of(first, second), asked);
        assertEquals(JobState.COMPLETED, other.changes(job).getLast().state());
    }

    @Test
    void the_digest_covers_the_routes() {
        List<String> digests = new ArrayList<>();
        for (boolean detour : List.of(false, false, true)) {
            Desk other = desk();
            other.route(
                    requests -> {
                        List<Route> routes = new ArrayList<>();
                        for (Route route : corridor(requests)) {
                            // A piece of corridor that leads nowhere does no harm.
                            List<Integer> sides = new ArrayList<>(route.sides());
                            if (detour) sides.add(2 * (COLUMNS + 1));
                            routes.add(new Route(route.job(), route.node(), sides));
                        }
                        return routes;
                    });
            other.submit(other.session(), near(), 1);
            other.run();
            digests.add(other.digests().getLast());
        }

        assertEquals(digests.get(0), digests.get(1));
        assertNotEquals(digests.get(0), digests.get(2));
    }

    /// Whatever is proposed, what is issued has a route along the corridor that nobody else uses.
    @Test
    void no_proposal_makes_two_nodes_use_one_side() {
        int routed = 0;
        for (long seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            Desk other = desk();
            List<RouteRequest> asked = new ArrayList<>();
            other.route(
                    requests -> {
                        asked.clear();
                        asked.addAll(requests);
                        return spoiled(corridor(requests), random);
                    });
            other.submit(other.session(), near(), 1);
            other.submit(other.session(), Programs.bell(), 2);
            for (int i = 0; i < 30; i++) {
                other.epoch();
                TreeSet<Integer> used = new TreeSet<>();
                for (Route route : other.plans.getLast().routes()) {
                    for (int side : route.sides()) assertTrue(used.add(side), "seed " + seed);
                    Route least =
                            corridor(asked).stream()
                                    .filter(wanted -> same(wanted, route))
                                    .findFirst()
                                    .orElseThrow();
                    assertTrue(route.sides().containsAll(least.sides()), "seed " + seed);
                    routed++;
                }
            }
            other.route(FloorTilesTest::corridor);
            other.run();
        }
        assertTrue(routed > 60, "some proposals are good: " + routed);
    }

    private static boolean same(Route one, Route other) {
        return one.job().equals(other.job()) && one.node() == other.node();
    }

    /// Adds, drops, doubles and swaps sides and whole routes.
    private static List<Route> spoiled(List<Route> routes, SplittableRandom random) {
        List<Route> spoiled = new ArrayList<>();
        for (Route route : routes) {
            List<Integer> sides = new ArrayList<>(route.sides());
            for (int change = random.nextInt(3); change > 0; change--) {
                int at = random.nextInt(sides.size() + 1);
                if (random.nextBoolean() || at == sides.size()) sides.add(at, random.nextInt(24));
                else sides.remove(at);
            }
            int job = random.nextInt(8) == 0 ? random.nextInt(4) : (int) route.job().number();
            int copies = random.nextInt(8) == 0 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                spoiled.add(new Route(new JobId(job), route.node(), sides));
            }
        }
        return spoiled;
    }

    @Test
    void without_a_floor_nobody_is_asked() {
        var plain = new Desk(8, 8);
        plain.route(
                requests -> {
                    assertEquals(List.of(), requests);
                    return List.of();
                });
        plain.submit(plain.session(), Programs.bell(), 4);
        plain.run();
    }

    private static Desk desk() {
        var rates = new MachineShape.Rates(16, 16, 16, MachineShape.UNLIMITED);
        var shape = new MachineShape("floor", 1, 4, 7, rates, 0, List.of(), List.of());
        return new Desk(shape.on(FLOOR), Policy.DEFAULT);
    }

    /// Down from each block, and along the corridor between the outermost.
    private static List<Route> corridor(List<RouteRequest> requests) {
        List<Route> routes = new ArrayList<>();
        for (RouteRequest request : requests) {
            int from = request.blocks().stream().mapToInt(i -> i).min().orElseThrow();
            int to = request.blocks().stream().mapToInt(i -> i).max().orElseThrow();
            if (request.port()) to = 4;
            List<Integer> sides = new ArrayList<>();
            for (int block : request.blocks()) sides.add(2 * block + 1);
            for (int column = from; column < to; column++) sides.add(2 * (COLUMNS + column));
            routes.add(new Route(request.job(), request.node(), sides));
        }
        return routes;
    }

    /// Two CNOTs in one layer, over crossing pairs of four qubits.
    private static Verified spread() {
        return pairs(4, new int[][] {{0, 2}, {1, 3}});
    }

    /// One CNOT of two neighbours.
    private static Verified near() {
        return pairs(2, new int[][] {{0, 1}});
    }

    private static Verified pairs(int qubits, int[][] pairs) {
        var builder = new GraphBuilder();
        int[] handles = new int[qubits];
        for (int i = 0; i < qubits; i++) handles[i] = builder.declareQubit("q" + i);
        var any = new Argument.Profile("logical");
        builder.node(Opcode.ALLOC_LQ).qubits(handles).argument(any);
        for (int[] pair : pairs) {
            builder.node(Opcode.APPLY_CNOT).qubits(handles[pair[0]], handles[pair[1]]);
        }
        builder.node(Opcode.FREE_LQ).qubits(handles);
        return Programs.verified(builder.requireWhatIsUsed().build());
    }

    /// A T gate on the second of two blocks, again after that was released.
    private static Verified again() {
        var builder = new GraphBuilder();
        var any = new Argument.Profile("logical");
        int keeps = builder.declareQubit("keeps");
        int goes = builder.declareQubit("goes");
        int comes = builder.declareQubit("comes");
        builder.node(Opcode.ALLOC_LQ).qubit(keeps).argument(any);
        builder.node(Opcode.ALLOC_LQ).qubit(goes).argument(any);
        builder.node(Opcode.APPLY_T).qubit(goes);
        builder.node(Opcode.FREE_LQ).qubit(goes);
        builder.node(Opcode.ALLOC_LQ).qubit(comes).argument(any);
        builder.node(Opcode.APPLY_T).qubit(comes);
        builder.node(Opcode.FREE_LQ).qubits(keeps, comes);
        return Programs.verified(builder.requireWhatIsUsed().build());
    }

    private static Verified magic() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_T).qubit(q);
        builder.node(Opcode.FREE_LQ).qubit(q);
        return Programs.verified(builder.requireWhatIsUsed().build());
    }
}
