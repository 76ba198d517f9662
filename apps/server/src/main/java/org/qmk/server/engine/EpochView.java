package org.qmk.server.engine;

import java.util.List;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.KernelLoop;

/// One epoch as those see it who watch the machine.
///
/// @param epochs what was done; none before the first epoch
/// @param blocksHeld by all tenants
/// @param running jobs with a wave
/// @param queued jobs without
public record EpochView(
        long number,
        String digest,
        List<KernelLoop.Epoch> epochs,
        int blocksHeld,
        int running,
        int queued) {

    static final EpochView NONE = new EpochView(0, "", List.of(), 0, 0, 0);

    static EpochView of(KernelLoop.Epoch epoch, int blocksHeld, int running, int queued) {
        for (Notice notice : epoch.notices()) {
            if (notice instanceof Notice.EpochClosed(long number, var digest, _)) {
                return new EpochView(number, digest, List.of(epoch), blocksHeld, running, queued);
            }
        }
        throw new IllegalStateException("an epoch was not closed");
    }
}
