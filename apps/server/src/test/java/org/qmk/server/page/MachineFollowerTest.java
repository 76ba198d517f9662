package org.qmk.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.codec.ByteReader;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.machine.FaultMix;
import org.qmk.machine.FaultScript;
import org.qmk.machine.FaultyDevice;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.qvm.Capability;
import org.qmk.runtime.KernelLoop;
import org.qmk.server.engine.JobKey;
import org.qmk.sim.Simulators;

final class MachineFollowerTest {

    private static final int TENANTS = 3;
    private static final int EPOCHS = 400;

    /// What is true of a job, kept in the plainest way.
    private static final class Known {
        final JobKey key;
        final SessionId session;
        JobState state = JobState.QUEUED;
        Placement at = Placement.NOWHERE;
        Placement target = Placement.NOWHERE;

        Known(JobKey key, SessionId session) {
            this.key = key;
            this.session = session;
        }
    }

    private final MachineModel machine = MachineFile.shipped("quad-64");
    private final Kernel kernel = new Kernel(machine.shape(), KernelLimits.DEFAULT);
    private final MachineFollower follower = new MachineFollower(machine.shape(), () -> 0);
    private final TreeMap<JobId, Known> known = new TreeMap<>();
    private final List<SessionId> sessions = new ArrayList<>();
    private final long[] blockEpochs = new long[TENANTS + 1];
    private final long[] tickets = new long[TENANTS + 1];
    private KernelLoop loop;
    private long epoch;
    private int faults;

    private void start(long seed) throws IOException {
        var simulated = new SimulatedDevice(Simulators::choose, machine, seed);
        var script = new FaultScript(seed, FaultMix.HEAVY, machine.shape());
        loop =
                new KernelLoop(
                        kernel,
                        new FaultyDevice(simulated, machine.shape(), script),
                        new FirstFitPlanner(machine.shape().blocksPerModule()),
                        Optional.empty(),
                        Optional.empty(),
                        this::took);
        for (int i = 1; i <= TENANTS; i++) {
            var quotas = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);
            loop.call(new Input.AddTenant("tenant " + i, quotas));
            var opened = loop.call(new Input.OpenSession(new TenantId(i))).getFirst();
            SessionId session = ((Notice.SessionOpened) opened).session();
            sessions.add(session);
            for (Capability capability : Capability.values()) {
                loop.call(new Input.Grant(session, capability));
            }
        }
    }

    /// Told of the same as the follower, and remembers it without any shortcut.
    private void took(Input input, List<Notice> notices) {
        follower.took(input, notices);
        boolean refused = !notices.isEmpty() && notices.getFirst() instanceof Notice.Refused;
        if (refused) return;
        if (input instanceof Input.Propose(var job, var placement)) {
            Known placed = known.get(job);
            if (placed.at.blocks() == 0) placed.at = placement;
            else placed.target = placement;
        }
        if (input instanceof Input.Report(var report)) faults += report.faults().size();
        for (Notice notice : notices) {
            switch (notice) {
                case Notice.Accepted(var job, long ticket) -> {
                    int tenant = sessions.indexOf(input.session()) + 1;
                    assertEquals(++tickets[tenant], ticket);
                    var key = new JobKey(new TenantId(tenant), ticket);
                    known.put(job, new Known(key, input.session()));
                }
                case Notice.Planned(var plan) -> {
                    for (var move : plan.moves()) {
                        Known moved = known.get(move.job());
                        assertEquals(move.from(), moved.at);
                        assertEquals(move.to(), moved.target);
                        moved.at = move.to();
                        moved.target = Placement.NOWHERE;
                    }
                }
                case Notice.JobChanged(var job, var state, var _) -> {
                    Known changed = known.get(job);
                    changed.state = state;
                    boolean over = state == JobState.QUEUED || state.isFinal();
                    if (!over || !(input instanceof Input.Report)) continue;
                    changed.at = Placement.NOWHERE;
                    changed.target = Placement.NOWHERE;
                }
                case Notice.EpochClosed closed -> epoch = closed.epoch();
                default -> {}
            }
        }
        if (input instanceof Input.Begin) countHeld();
    }

    /// Counts the blocks that are held while an epoch is open.
    private void countHeld() {
        for (Known job : known.values()) {
            blockEpochs[job.key.tenant().number()] += job.at.blocks() + job.target.blocks();
        }
    }

    /// The holder of each block as it follows from what is known: tenant and ticket.
    private long[][] blocks() {
        long[][] blocks = new long[machine.shape().blocks()][2];
        for (Known job : known.values()) {
            for (Placement placement : List.of(job.at, job.target)) {
                for (Extent extent : placement.extents()) {
                    for (int block = extent.start(); block < extent.end(); block++) {
                        assertEquals(0, blocks[block][0], "a block has one holder");
                        blocks[block][0] = job.key.tenant().number();
                        blocks[block][1] = job.key.ticket();
                    }
                }
            }
        }
        return blocks;
    }

    private static long[][] blocks(BlockRuns runs, int count) {
        long[][] blocks = new long[count][2];
        for (int run = 0; run < runs.size(); run++) {
            for (int i = 0; i < runs.length(run); i++) {
                blocks[runs.start(run) + i][0] = runs.tenant(run);
                blocks[runs.start(run) + i][1] = runs.ticket(run);
            }
        }
        return blocks;
    }

    private void act(Random random) throws IOException {
        int tenant = random.nextInt(TENANTS);
        SessionId session = sessions.get(tenant);
        List<Map.Entry<JobId, Known>> own =
                known.entrySet().stream()
                        .filter(entry -> entry.getValue().session.equals(session))
                        .filter(entry -> !entry.getValue().state.isFinal())
                        .toList();
        int what = random.nextInt(12);
        if (what < 3 && own.size() < 8) {
            var program = PageServer.ghz(2 + random.nextInt(8), 1 + random.nextInt(4));
            var policy = new JobPolicy(1 + random.nextInt(30), random.nextLong());
            loop.call(new Input.Submit(session, program, policy));
        }
        if (own.isEmpty()) return;
        JobId job = own.get(random.nextInt(own.size())).getKey();
        if (what == 3) loop.call(new Input.Cancel(session, job));
        if (what == 4) loop.call(new Input.Checkpoint(session, job));
        if (what == 5 || what == 6) loop.call(new Input.Restore(session, job));
        if (what == 7 || what == 8) loop.call(new Input.Migrate(session, job, random.nextInt(4)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void the_picture_is_what_a_naive_model_says(long seed) throws Exception {
        start(seed);
        var random = new Random(seed);
        int moved = 0;

        for (int i = 0; i < EPOCHS; i++) {
            for (int calls = random.nextInt(4); calls > 0; calls--) act(random);
            var done = loop.epoch();
            follower.take();
            moved += done.plan().moves().size();
            MachinePicture picture = follower.picture();
            long[][] expected = blocks();
            assertEquals(epoch, picture.epoch());
            assertTrue(
                    Arrays.deepEquals(expected, blocks(picture.blocks(), expected.length)),
                    "the blocks of epoch " + epoch);
            long held = Arrays.stream(expected).filter(block -> block[0] != 0).count();
            assertEquals(held, picture.held());
            assertEquals(held, heldByKernel(done), "what the kernel itself says is held");
            for (int tenant = 1; tenant <= TENANTS; tenant++) {
                int number = tenant;
                long own = Arrays.stream(expected).filter(block -> block[0] == number).count();
                MachinePicture.Load load =
                        picture.load(new TenantId(tenant))
                                .orElse(MachinePicture.Load.none(new TenantId(tenant)));
                assertEquals(own, load.held());
                assertEquals(blockEpochs[tenant], load.blockEpochs());
                assertEquals(count(tenant, JobState.QUEUED), load.queued());
                assertEquals(count(tenant, JobState.RUNNING), load.running());
                assertEquals(count(tenant, JobState.PARKED), load.parked());
            }
        }

        assertTrue(moved > 0, "something moved");
        assertTrue(faults > 0, "something went wrong");
        assertEquals(Math.min(faults, 64), follower.picture().mishaps().size());
    }

    private long count(int tenant, JobState state) {
        return known.values().stream()
                .filter(job -> job.key.tenant().number() == tenant && job.state == state)
                .count();
    }

    /// The blocks held at the end of the epoch, as the audit log has them.
    private static long heldByKernel(KernelLoop.Epoch epoch) throws ByteReader.Malformed {
        for (Notice notice : epoch.notices()) {
            if (!(notice instanceof Notice.EpochClosed(long _, var _, var record))) continue;
            var in = new ByteReader(record.shared());
            in.uint(Long.MAX_VALUE);
            in.raw(3 * 32);
            in.uint(Long.MAX_VALUE);
            in.uint(Long.MAX_VALUE);
            return in.uint(Long.MAX_VALUE);
        }
        throw new AssertionError("no epoch was closed");
    }
}
