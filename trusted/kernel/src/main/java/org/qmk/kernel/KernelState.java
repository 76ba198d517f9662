package org.qmk.kernel;

import org.qmk.kernel.audit.Trail;
import org.qmk.kernel.capability.CapabilityLimits;
import org.qmk.kernel.capability.CapabilityTable;
import org.qmk.kernel.epoch.JobTable;
import org.qmk.kernel.mapping.BlockMap;

/// All that the kernel remembers.
///
/// @param capabilities tenants, sessions and what each session may do
/// @param jobs jobs in flight, and the number of the epoch
/// @param blocks which block belongs to which job
/// @param trail the digest of the last epoch, and what was decided since
record KernelState(CapabilityTable capabilities, JobTable jobs, BlockMap blocks, Trail trail) {

    static KernelState empty(int blocks, KernelLimits limits) {
        var bounds =
                new CapabilityLimits(limits.tenants(), limits.sessions(), limits.capabilities());
        return new KernelState(
                new CapabilityTable(bounds), new JobTable(), new BlockMap(blocks), new Trail());
    }
}
