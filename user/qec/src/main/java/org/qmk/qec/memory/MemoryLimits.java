package org.qmk.qec.memory;

/// When an experiment ends. It is looked at behind each batch, in the order of batches: there may
/// be more errors than asked for.
///
/// @param shotsMax the most shots
/// @param errorsMax no batch is counted once there are so many errors
public record MemoryLimits(long shotsMax, long errorsMax) {

    public MemoryLimits {
        if (shotsMax < 1 || errorsMax < 1) {
            throw new IllegalArgumentException(
                    "%d shots and %d errors, expected 1 or more".formatted(shotsMax, errorsMax));
        }
    }

    boolean isReached(MemoryTally tally) {
        return tally.shots() >= shotsMax || tally.errors() >= errorsMax;
    }
}
