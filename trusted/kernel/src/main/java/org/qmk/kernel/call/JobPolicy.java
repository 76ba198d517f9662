package org.qmk.kernel.call;

/// How a job is to be run.
///
/// @param shots number of shots; the kernel refuses none and too many
/// @param seed decides, with the number of a shot, every outcome of that shot
/// @param priority among the jobs of its tenant: higher ones first
/// @param deadlineEpochs epochs from acceptance within which it is to end; 0 for no deadline
public record JobPolicy(long shots, long seed, int priority, long deadlineEpochs) {
    public JobPolicy {
        if (shots < 0 || priority < 0 || deadlineEpochs < 0) {
            throw new IllegalArgumentException(
                    "shots, priority, deadline are "
                            + shots
                            + ", "
                            + priority
                            + ", "
                            + deadlineEpochs
                            + ", expected 0 or more");
        }
    }

    /// Without priority and deadline.
    public JobPolicy(long shots, long seed) {
        this(shots, seed, 0, 0);
    }
}
