package org.qmk.server.page;

import java.util.List;
import java.util.Optional;
import org.qmk.device.Condition;
import org.qmk.device.EpochReport;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.JobKey;

/// The machine at the end of one epoch. Immutable. Counters run from the beginning of the journal:
/// who wants rates takes the difference of two pictures.
///
/// @param epoch the one that was closed last; 0 before the first
/// @param digest of the kernel, in hexadecimal; empty before the first epoch
/// @param nanos when it was taken, on a clock that only goes on
/// @param rounds of stabilizer measurement in the epoch
/// @param loads tenants that had a job, by their numbers
/// @param recent the jobs that were accepted last, the youngest first
record MachinePicture(
        long epoch,
        String digest,
        long nanos,
        int rounds,
        BlockRuns blocks,
        long held,
        List<Load> loads,
        Supplies supplies,
        List<Mode> modes,
        List<Mishap> mishaps,
        List<JobKey> recent) {

    /// What a tenant has and had.
    ///
    /// @param held blocks
    /// @param queued jobs without a wave
    /// @param running jobs with one
    /// @param parked jobs that are parked
    /// @param blockEpochs blocks times the epochs for which they were held
    /// @param operations of the machine, one for each shot
    /// @param states magic states
    record Load(
            TenantId tenant,
            long held,
            int queued,
            int running,
            int parked,
            long blockEpochs,
            long operations,
            long states) {

        static Load none(TenantId tenant) {
            return new Load(tenant, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    /// What the machine's sources made.
    ///
    /// @param magic by factory: magic states
    /// @param pairs by link: raw Bell pairs
    /// @param backlogRounds that the decoders have yet to decode
    record Supplies(List<Long> magic, List<Long> pairs, long backlogRounds) {
        Supplies {
            magic = List.copyOf(magic);
            pairs = List.copyOf(pairs);
        }
    }

    /// A degraded mode above level 0.
    record Mode(Condition condition, int subject, int level, long since) {}

    /// A wave that went wrong.
    record Mishap(long epoch, JobKey job, EpochReport.Fault.Kind kind, String cause) {}

    MachinePicture {
        loads = List.copyOf(loads);
        modes = List.copyOf(modes);
        mishaps = List.copyOf(mishaps);
        recent = List.copyOf(recent);
    }

    Optional<Load> load(TenantId tenant) {
        return loads.stream().filter(load -> load.tenant().equals(tenant)).findFirst();
    }
}
