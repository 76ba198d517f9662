package org.qmk.simulation;

import java.util.Arrays;
import java.util.TreeMap;
import org.qmk.device.*;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Resource;

/// What an epoch can give and what it gave, with stores of its own.
///
/// Bell pairs are counted from below: each pair over each link of the shortest way costs one raw
/// pair at the least.
final class SupplyLedger {

    private static final long PAIR = 1000;

    private final MachineShape machine;
    private final Policy policy;
    private final int parts;
    private final long[] magic;
    private final long[] pairs;

    /// By two modules: links of the shortest way between them.
    private final int[][] hops;

    /// Whether a wave ever moved, which takes pairs over several epochs.
    private boolean moved;

    private long backlogRounds;
    private boolean backlogged;
    private boolean fullSupply = true;
    private final int[][] levels = new int[Condition.values().length][];
    private final long[] used = new long[Resource.COUNT];
    private long usedPairs;

    /// By epoch: operations that those of epochs before take.
    private final TreeMap<Long, Long> later = new TreeMap<>();

    SupplyLedger(MachineShape machine, Policy policy) {
        this.machine = machine;
        this.policy = policy;
        this.parts = Math.max(1, policy.partitions());
        this.magic = new long[parts];
        this.pairs = new long[parts];
        this.hops = hops(machine);
        int most = Math.max(machine.modules(), 1 + machine.links().size());
        most = Math.max(most, machine.factories().size());
        for (int i = 0; i < levels.length; i++) levels[i] = new int[most];
    }

    private static int[][] hops(MachineShape machine) {
        int modules = machine.modules();
        int[][] hops = new int[modules][modules];
        for (int[] row : hops) Arrays.fill(row, modules);
        for (int i = 0; i < modules; i++) hops[i][i] = 0;
        for (MachineShape.Link link : machine.links()) {
            hops[link.from()][link.to()] = 1;
            hops[link.to()][link.from()] = 1;
        }
        for (int via = 0; via < modules; via++) {
            for (int i = 0; i < modules; i++) {
                for (int j = 0; j < modules; j++) {
                    hops[i][j] = Math.min(hops[i][j], hops[i][via] + hops[via][j]);
                }
            }
        }
        return hops;
    }

    int level(Condition condition) {
        int worst = 0;
        for (int level : levels[condition.ordinal()]) worst = Math.max(worst, level);
        return worst;
    }

    void changed(Condition condition, int subject, int level) {
        levels[condition.ordinal()][subject] = level;
    }

    /// Whether nothing is wrong that makes jobs wait.
    boolean sound() {
        boolean well = fullSupply && !backlogged && backlogRounds == 0;
        for (Condition condition : Condition.values()) well &= level(condition) == 0;
        return well;
    }

    /// @param epoch the one that begins
    void begin(long held, long epoch) {
        Arrays.fill(used, 0);
        Long goesOn = later.remove(epoch);
        if (goesOn != null) used[Resource.OPERATIONS.ordinal()] = goesOn;
        usedPairs = 0;
        backlogged = backlogRounds > held * policy.backlogRoundsPerBlock();
    }

    void use(JobTrack job, int node, long epoch) {
        int[] costs = job.facts.costs[node];
        for (int i = 1; i < job.facts.epochs[node]; i++) {
            later.merge(epoch + (long) i * parts, (long) job.waveShots, Long::sum);
        }
        for (int i = 0; i < costs.length; i++) used[i] += (long) costs[i] * job.waveShots;
        boolean spans = job.facts.slots > machine.blocksPerModule();
        boolean joins = job.facts.together[node];
        if (spans && joins && job.facts.slotOf.length > 0) usedPairs += crossing(job, node);
    }

    private long crossing(JobTrack job, int node) {
        int[] qubits = job.facts.qubits[node];
        long count = 0;
        for (int shot = 0; shot < job.waveShots; shot++) {
            long first = (long) shot * job.facts.slots;
            int from = module(job.placement.block(first + job.facts.slotOf[qubits[0]]));
            for (int i = 1; i < qubits.length; i++) {
                int to = module(job.placement.block(first + job.facts.slotOf[qubits[i]]));
                count += hops[from][to] * (PAIR + 1);
            }
        }
        return count;
    }

    void move(Placement from, Placement to) {
        moved = true;
        for (long place = 0; place < from.blocks(); place++) {
            usedPairs += hops[module(from.block(place))][module(to.block(place))] * (PAIR + 1);
        }
    }

    private int module(int block) {
        return block / machine.blocksPerModule();
    }

    long used(Resource resource) {
        return used[resource.ordinal()];
    }

    /// Holds what the epoch gives against what it has, and takes it from the stores.
    void finish(long epoch) {
        int part = (int) (epoch % parts);
        check(Resource.OPERATIONS, machine.rates().operations());
        check(Resource.LANES, machine.rates().lanes());
        long measurements = machine.rates().measurements();
        if (level(Condition.DECODER) > 0) measurements = Math.max(1, measurements / 2);
        check(Resource.MEASUREMENTS, backlogged ? 0 : measurements);
        if (!machine.factories().isEmpty()) {
            check(Resource.MAGIC, magic[part]);
            magic[part] -= used(Resource.MAGIC);
        }
        LawBroken.unless(
                usedPairs <= pairs[part],
                Law.RESOURCES_HELD,
                "pairs: " + usedPairs + " thousandths of " + pairs[part]);
        pairs[part] -= usedPairs;
    }

    private void check(Resource resource, long capacity) {
        LawBroken.unless(
                used(resource) <= capacity,
                Law.RESOURCES_HELD,
                resource + ": " + used(resource) + " of " + capacity);
    }

    /// Takes in what the machine made.
    void report(long epoch, Supply supply) {
        boolean none = supply.factories() == 0 && supply.links() == 0;
        fullSupply = none ? machine.factories().isEmpty() && machine.links().isEmpty() : true;
        if (!possible(supply)) {
            fullSupply = false;
            return;
        }
        backlogRounds = supply.backlogRounds();
        int part = (int) (epoch % parts);
        long buffer = 0;
        for (int i = 0; i < supply.factories(); i++) {
            MachineShape.Factory factory = machine.factories().get(i);
            magic[part] += supply.magic(i);
            buffer += factory.buffer();
            fullSupply &= supply.magic(i) == factory.statesPerEpoch();
        }
        if (supply.factories() > 0) magic[part] = Math.min(magic[part], buffer / parts);
        long most = 0;
        for (int i = 0; i < supply.links(); i++) {
            MachineShape.Link link = machine.links().get(i);
            pairs[part] += supply.pairs(i) * PAIR;
            most += link.buffer() * PAIR / parts;
            fullSupply &= supply.pairs(i) == link.pairsPerEpoch();
        }
        if (supply.links() > 0 && !moved) pairs[part] = Math.min(pairs[part], most);
    }

    boolean possible(Supply supply) {
        if (supply.factories() == 0 && supply.links() == 0) return true;
        if (supply.factories() != machine.factories().size()) return false;
        if (supply.links() != machine.links().size()) return false;
        boolean possible = true;
        for (int i = 0; i < supply.factories(); i++) {
            possible &= supply.magic(i) <= machine.factories().get(i).statesPerEpoch();
        }
        for (int i = 0; i < supply.links(); i++) {
            possible &= supply.pairs(i) <= machine.links().get(i).pairsPerEpoch();
        }
        return possible;
    }

    /// The most magic states that a part can ever have.
    long magicMax() {
        if (machine.factories().isEmpty()) return Integer.MAX_VALUE;
        long buffer = 0;
        for (MachineShape.Factory factory : machine.factories()) buffer += factory.buffer();
        return buffer / parts;
    }

    /// Epochs in which a part's store of magic states fills, if all is well.
    long magicEpochs() {
        if (machine.factories().isEmpty()) return 0;
        long rate = 0;
        for (MachineShape.Factory factory : machine.factories()) rate += factory.statesPerEpoch();
        return (magicMax() + rate - 1) / rate;
    }
}
