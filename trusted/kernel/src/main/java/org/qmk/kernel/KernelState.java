package org.qmk.kernel;

import org.qmk.device.MachineShape;
import org.qmk.kernel.audit.Trail;
import org.qmk.kernel.call.*;
import org.qmk.kernel.capability.*;
import org.qmk.kernel.channel.*;
import org.qmk.kernel.epoch.*;
import org.qmk.kernel.health.DegradedModes;
import org.qmk.kernel.mapping.*;

/// All that the kernel remembers.
///
/// @param capabilities tenants, sessions and what each session may do
/// @param jobs jobs in flight, and the number of the epoch
/// @param blocks which blocks are free
/// @param stocks magic states, Bell pairs, and how far the decoders are behind
/// @param routes how the pairs of each link are purified
/// @param channels brokered channels between tenants
/// @param partition which live qubits may be entangled
/// @param modes conditions of the machine that are taken seriously
/// @param trail the digest of the last epoch, and what was decided since
record KernelState(
        CapabilityTable capabilities,
        JobTable jobs,
        BlockMap blocks,
        Stocks stocks,
        Routes routes,
        ChannelTable channels,
        Partition partition,
        DegradedModes modes,
        Trail trail) {

    static KernelState empty(MachineShape machine, KernelLimits limits, Policy policy) {
        var stocks = new Stocks(machine, policy.partitions());
        int tenants =
                policy.partitions() == 0
                        ? limits.tenants()
                        : Math.min(policy.partitions(), limits.tenants());
        return new KernelState(
                new CapabilityTable(
                        new CapabilityLimits(tenants, limits.sessions(), limits.capabilities())),
                new JobTable(
                        agenda(machine, capacity(machine, stocks)),
                        policy.partitions(),
                        machine.times().ccz()),
                new BlockMap(machine.modules(), machine.blocksPerModule()),
                stocks,
                new Routes(machine),
                new ChannelTable(limits.channels()),
                new Partition(16),
                new DegradedModes(
                        machine.modules(), machine.links().size(), machine.factories().size()),
                new Trail());
    }

    private static Agenda agenda(MachineShape machine, long[] capacity) {
        int decoded = machine.rates().decoderRounds() / machine.roundsPerEpoch();
        int unit = machine.modules() == 1 ? 1 : machine.blocksPerModule();
        return new Agenda(Math.min(machine.blocks(), decoded), unit, capacity);
    }

    /// By resource: what an epoch gives if nothing is wrong.
    static long[] capacity(MachineShape machine, Stocks stocks) {
        long[] capacity = new long[Resource.COUNT];
        for (Resource resource : Resource.ALL) {
            capacity[resource.ordinal()] =
                    switch (resource) {
                        case OPERATIONS -> machine.rates().operations();
                        case LANES -> machine.rates().lanes();
                        case MEASUREMENTS -> machine.rates().measurements();
                        case MAGIC -> stocks.magicRate();
                    };
        }
        return capacity;
    }
}
