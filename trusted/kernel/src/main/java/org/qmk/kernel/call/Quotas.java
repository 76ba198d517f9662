package org.qmk.kernel.call;

/// What a tenant may use at once.
///
/// @param blocks blocks held by running jobs
/// @param jobs jobs queued or running
public record Quotas(int blocks, int jobs) {
    public Quotas {
        if (blocks < 0 || jobs < 0) {
            throw new IllegalArgumentException(
                    "quotas are " + blocks + " blocks, " + jobs + " jobs, expected 0 or more");
        }
    }
}
