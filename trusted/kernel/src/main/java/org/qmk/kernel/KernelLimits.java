package org.qmk.kernel;

/// The bounds of the kernel's tables, as data.
///
/// @param tenants tenants at once
/// @param sessions sessions of one tenant at once
/// @param capabilities live capabilities that one tenant's are, or were derived from
/// @param channels brokered channels of one tenant at once
/// @param jobs jobs in flight at once
/// @param shots shots of one job
/// @param waveShots shots of one wave
/// @param waveBits events times shots of one wave
public record KernelLimits(
        int tenants,
        int sessions,
        int capabilities,
        int channels,
        int jobs,
        long shots,
        int waveShots,
        long waveBits) {

    /// What a kernel allows unless a machine says less.
    public static final KernelLimits DEFAULT =
            new KernelLimits(
                    1 << 16, 1 << 16, 1 << 20, 1 << 10, 1 << 16, 1L << 40, 1 << 20, 1L << 28);
}
