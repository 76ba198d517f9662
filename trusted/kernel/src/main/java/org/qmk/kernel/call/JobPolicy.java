package org.qmk.kernel.call;

/// How a job is to be run.
///
/// @param shots number of shots; the kernel refuses none and too many
/// @param seed decides, with the number of a shot, every outcome of that shot
public record JobPolicy(long shots, long seed) {
    public JobPolicy {
        if (shots < 0) {
            throw new IllegalArgumentException("shots are " + shots + ", expected 0 or more");
        }
    }
}
