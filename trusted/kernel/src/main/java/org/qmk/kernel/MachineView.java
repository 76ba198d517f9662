package org.qmk.kernel;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.kernel.channel.Partition;
import org.qmk.kernel.epoch.*;
import org.qmk.kernel.mapping.*;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// What the decisions about an epoch see of the machine and of the kernel's other parts.
final class MachineView implements Surroundings {

    /// Rounds that a machine with a drifting module measures more in each epoch.
    private static final int DRIFT_ROUNDS = 2;

    private final MachineShape machine;
    private final KernelLimits limits;
    private final Policy policy;
    private final KernelState state;
    private final long[] capacity;
    private final RouteCheck routeCheck;

    MachineView(MachineShape machine, KernelLimits limits, Policy policy, KernelState state) {
        this.machine = machine;
        this.limits = limits;
        this.policy = policy;
        this.state = state;
        this.routeCheck = new RouteCheck(machine);
        this.capacity = KernelState.capacity(machine, state.stocks());
    }

    private long next() {
        return state.jobs().epoch() + 1;
    }

    long[] capacities() {
        return capacity;
    }

    /// The first block, and the block past the last, that a tenant's waves can be in.
    int from(TenantId tenant) {
        return policy.partitions() == 0 ? 0 : border(part(tenant));
    }

    int to(TenantId tenant) {
        return policy.partitions() == 0 ? machine.blocks() : border(part(tenant) + 1);
    }

    /// Whether a shot of the given width has room in a tenant's part of the machine if all of it is
    /// free, in one module unless no module could hold it, and the decoders keep up with it.
    boolean fits(TenantId tenant, int width) {
        var empty = new BlockMap(machine.modules(), machine.blocksPerModule());
        int modules = machine.modules();
        return width <= decoded() && empty.room(width, from(tenant), to(tenant), modules, 1) > 0;
    }

    private int part(TenantId tenant) {
        return tenant.number() % policy.partitions();
    }

    private int border(int part) {
        return (int) ((long) machine.blocks() * part / policy.partitions());
    }

    /// The part whose epoch is next, whoever is in it.
    private TenantId turn() {
        int parts = Math.max(1, policy.partitions());
        return new TenantId((int) (next() % parts));
    }

    int nextFrom() {
        return from(turn());
    }

    int nextTo() {
        return to(turn());
    }

    @Override
    public int quota(TenantId tenant) {
        return state.capabilities().terms(tenant).quotas().blocks();
    }

    @Override
    public int weight(TenantId tenant) {
        return state.capabilities().terms(tenant).weight();
    }

    @Override
    public boolean suspended(TenantId tenant) {
        return state.capabilities().terms(tenant).suspended();
    }

    @Override
    public boolean mayRun(TenantId tenant) {
        int parts = policy.partitions();
        return parts == 0 || next() % parts == part(tenant);
    }

    @Override
    public int freeBlocks() {
        return free(state.blocks());
    }

    private int free(BlockMap map) {
        if (policy.partitions() == 0) return map.freeCount();
        long free = 0;
        for (Extent extent : map.freeExtents(nextFrom(), nextTo())) free += extent.length();
        return (int) free;
    }

    @Override
    public long room(Job job, long enough) {
        return room(state.blocks(), job.tenant(), job.slots(), modulesMax(job), enough);
    }

    private long room(BlockMap map, TenantId tenant, int slots, int modules, long enough) {
        long rounds = machine.rates().decoderRounds();
        if (rounds < MachineShape.UNLIMITED && slots > 0) {
            // What the decoders could not keep up with does not begin.
            long held = (long) blocks() - free(map);
            enough = Math.min(enough, Math.max(0, (decoded() - held) / slots));
        }
        return map.room(slots, from(tenant), to(tenant), modules, enough);
    }

    /// In how many modules a wave of a job may lie.
    int modulesMax(Job job) {
        return state.jobs().reserved(job) ? (int) job.unitsReserved() : machine.modules();
    }

    @Override
    public List<EpochScheduler.Way> enough(
            List<Job> needy, long shots, List<Job> going, List<EpochScheduler.Way> ways) {
        var map = new BlockMap(state.blocks());
        for (Job job : going) map.release(job.placement());
        List<EpochScheduler.Way> enough = new ArrayList<>();
        for (EpochScheduler.Way way : ways) {
            if (suffices(map, needy, shots)) break;
            enough.add(way);
            release(map, way.job());
        }
        if (!suffices(map, needy, shots)) return List.of();
        // The dearest first, those go on without whom there is room as well.
        for (EpochScheduler.Way way : List.copyOf(enough).reversed()) {
            map.take(way.job().placement());
            map.take(way.job().moving());
            if (suffices(map, needy, shots)) enough.remove(way);
            else release(map, way.job());
        }
        return enough;
    }

    private static void release(BlockMap map, Job job) {
        map.release(job.placement());
        map.release(job.moving());
    }

    private boolean suffices(BlockMap map, List<Job> needy, long shots) {
        Job first = needy.getFirst();
        if (shots > 0) {
            return room(map, first.tenant(), first.slots(), modulesMax(first), shots) >= shots;
        }
        long units = 0;
        for (Job job : needy) units += job.unitsReserved();
        int unit = machine.modules() == 1 ? 1 : machine.blocksPerModule();
        return room(map, first.tenant(), unit, machine.modules(), units) >= units;
    }

    /// Blocks of one part that the decoders keep up with.
    private long decoded() {
        long rounds = machine.rates().decoderRounds();
        if (rounds == MachineShape.UNLIMITED) return rounds;
        return rounds / Math.max(1, policy.partitions()) / machine.roundsPerEpoch();
    }

    @Override
    public int blocks() {
        return nextTo() - nextFrom();
    }

    @Override
    public int waveShotsMax(Verified program) {
        // A node of one shot can always be routed; of several shots at once perhaps never.
        if (routed()) return 1;
        int events = Math.max(1, program.graph().events().size());
        return (int) Math.max(1, Math.min(limits.waveShots(), limits.waveBits() / events));
    }

    @Override
    public long capacity(Resource resource) {
        return capacity[resource.ordinal()];
    }

    @Override
    public long most(Resource resource) {
        return resource == Resource.MAGIC ? state.stocks().magicMax() : capacity(resource);
    }

    @Override
    public long[] left() {
        long[] left = capacity.clone();
        left[Resource.OPERATIONS.ordinal()] -= state.jobs().held();
        left[Resource.MAGIC.ordinal()] = state.stocks().magic(next());
        if (worst(Condition.DECODER) > 0) {
            int i = Resource.MEASUREMENTS.ordinal();
            left[i] = Math.max(1, left[i] / 2);
        }
        return left;
    }

    @Override
    public boolean backlogged() {
        long held = state.blocks().heldCount();
        return state.stocks().backlogRounds() > held * policy.backlogRoundsPerBlock();
    }

    @Override
    public long[] pairs() {
        return state.stocks().pairs(next());
    }

    @Override
    public boolean takePairs(Job job, int position, long[] pairs) {
        Graph graph = job.program().graph();
        int node = job.layers().node(position);
        if (!Layers.joins(graph, node)) return true;
        int qubits = graph.count(node, Operand.Kind.QUBIT);
        long[] have = pairs.clone();
        for (int i = 1; i < qubits; i++) {
            int first = graph.qubit(node, 0);
            int other = graph.qubit(node, i);
            for (int shot = 0; shot < job.waveShots(); shot++) {
                int from = state.blocks().module(job.block(first, shot, position));
                int to = state.blocks().module(job.block(other, shot, position));
                if (!takePair(from, to, have)) return false;
            }
        }
        System.arraycopy(have, 0, pairs, 0, pairs.length);
        return true;
    }

    private boolean takePair(int from, int to, long[] have) {
        return state.routes()
                .take(from, to, have, next(), link -> state.modes().level(Condition.LINK, link));
    }

    @Override
    public boolean routed() {
        return !machine.floor().isNone();
    }

    @Override
    public Optional<RouteRequest> routeRequest(Job job, int position) {
        if (!routed()) return Optional.empty();
        boolean joins = job.layers().cost(position, Resource.LANES) > 0;
        boolean magic = job.layers().cost(position, Resource.MAGIC) > 0;
        if (!joins && !magic) return Optional.empty();
        int node = job.layers().node(position);
        Graph graph = job.program().graph();
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < graph.count(node, Operand.Kind.QUBIT); i++) {
            blocks.add(job.block(graph.qubit(node, i), 0, position));
        }
        return routeCheck.request(new RouteRequest(job.id(), node, blocks, magic));
    }

    @Override
    public boolean isGood(RouteRequest request, Route route, BitSet used) {
        return routeCheck.isGood(request, route, used);
    }

    @Override
    public long takeMovePairs(Job job, long[] pairs) {
        long left = job.movePairs();
        long place = job.placement().blocks() - left;
        for (; left > 0; left--, place++) {
            int from = state.blocks().module(job.placement().block(place));
            int to = state.blocks().module(job.moving().block(place));
            if (!takePair(from, to, pairs)) break;
        }
        return left;
    }

    @Override
    public int level(Condition condition, Job job) {
        if (worst(condition) == 0) return 0;
        int level = 0;
        BitSet modules = state.blocks().modules(job.placement());
        for (int i = modules.nextSetBit(0); i >= 0; i = modules.nextSetBit(i + 1)) {
            level = Math.max(level, state.modes().level(condition, i));
        }
        return level;
    }

    @Override
    public int worst(Condition condition) {
        return state.modes().worst(condition);
    }

    @Override
    public boolean foreign(Job job) {
        if (!state.partition().isShared()) return false;
        Graph graph = job.program().graph();
        for (int position = job.issued(); position < job.layerEnd(); position++) {
            int node = job.layers().node(position);
            if (!Layers.joins(graph, node)) continue;
            int qubits = graph.count(node, Operand.Kind.QUBIT);
            for (int i = 1; i < qubits; i++) {
                int a = job.cellOf[graph.qubit(node, 0)];
                int b = job.cellOf[graph.qubit(node, i)];
                if (a >= 0 && b >= 0 && state.partition().foreign(a, b)) return true;
            }
        }
        return false;
    }

    @Override
    public BitSet foreign(int[] ends) {
        var foreign = new BitSet();
        if (!state.partition().isShared()) return foreign;
        List<Job> running = state.jobs().running();
        var trial = new Partition(state.partition());
        for (int place = 0; place < ends.length; place++) {
            Job job = running.get(place);
            if (foreign.get(place) || ends[place] <= job.issued()) continue;
            if (fence(job, ends[place], job.cellOf.clone(), trial)) continue;
            // Once more without it.
            foreign.set(place);
            trial = new Partition(state.partition());
            place = -1;
        }
        return foreign;
    }

    /// Keeps a partition of entangled qubits up to date with nodes that are issued. What is taken
    /// back changes nothing: the partition may say more than there is.
    ///
    /// @param cellOf by qubit of the program: its name in the partition, -1 while it is not live
    /// @return whether all of it stays within the firewall; else it ends before what does not
    static boolean fence(Job job, int end, int[] cellOf, Partition partition) {
        Layers layers = job.layers();
        int last = layers.cellSteps(end);
        for (int step = layers.cellSteps(job.issued()); step < last; step++) {
            int qubit = layers.cellQubit(step);
            int cell = cellOf[qubit];
            switch (layers.cellOther(step)) {
                case Layers.TAKEN -> {
                    if (cell < 0) cellOf[qubit] = partition.open(job.tenant().number());
                }
                case Layers.GIVEN -> {
                    if (cell >= 0) partition.close(cell);
                    cellOf[qubit] = -1;
                }
                case Layers.ALONE -> partition.release(cell);
                default -> {
                    int other = cellOf[layers.cellOther(step)];
                    boolean foreign = partition.isShared() && partition.foreign(cell, other);
                    if (foreign) return false;
                    partition.join(cell, other);
                }
            }
        }
        return true;
    }

    @Override
    public int rounds() {
        int rounds = machine.roundsPerEpoch();
        if (worst(Condition.DRIFT) > 0) rounds += DRIFT_ROUNDS;
        return worst(Condition.DECODER) > 1 ? 2 * rounds : rounds;
    }

    @Override
    public long moveEpochs(Job job) {
        if (machine.links().isEmpty() || policy.partitions() > 0) return GiveWay.NEVER;
        long blocks = job.placement().blocks();
        if (room(job, job.waveShots()) < job.waveShots()) return GiveWay.NEVER;
        long perEpoch = Long.MAX_VALUE;
        for (MachineShape.Link link : machine.links()) {
            perEpoch = Math.min(perEpoch, link.pairsPerEpoch());
        }
        // An epoch to come to a fence, and one until the move is proposed.
        long pairs = blocks * state.routes().cost(0, 0) / (perEpoch * Stocks.PAIR);
        return 2 + laneEpochs(blocks) + pairs;
    }

    /// The free blocks that a move may end in.
    ///
    /// @param module the only one, or -1 for every module that is not hot
    List<Extent> freeForMove(int module) {
        List<Extent> free = new ArrayList<>();
        int size = machine.blocksPerModule();
        for (int i = 0; i < machine.modules(); i++) {
            if (!takes(i, module)) continue;
            free.addAll(state.blocks().freeExtents(i * size, (i + 1) * size));
        }
        return free;
    }

    /// Whether a module takes in a move.
    ///
    /// @param asked the only one that may, or -1 for every one that is not hot
    boolean takes(int module, int asked) {
        return asked < 0 ? state.modes().level(Condition.HOT_MODULE, module) == 0 : module == asked;
    }

    /// Epochs that the routing lanes need to bring blocks to another place.
    long laneEpochs(long blocks) {
        return Math.ceilDiv(blocks, machine.rates().lanes());
    }

    /// The places of a placement whose module changes in a move, or -1 where there is no route.
    long modulesChanged(Placement from, Placement to) {
        long changed = 0;
        for (long place = 0; place < from.blocks(); place++) {
            int before = state.blocks().module(from.block(place));
            int after = state.blocks().module(to.block(place));
            if (before == after) continue;
            if (!state.routes().joined(before, after)) return -1;
            changed++;
        }
        return changed;
    }
}
