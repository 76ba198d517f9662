package org.qmk.kernel.call;

/// How the kernel shares the machine. The same inputs under another policy give other decisions.
///
/// @param order who comes first
/// @param partitions 0 for sharing; else tenants are kept apart: each has a fixed part of the
///     blocks, and every `partitions`-th epoch for itself
/// @param window waiting jobs that a planner may choose from
/// @param passesMax waves that may overtake the first waiting job
/// @param patienceEpochs epochs that a job waits before it is starved, and comes first
/// @param retries rollbacks of one job before it fails
/// @param latenessMax epochs that an outcome may stay undecoded
/// @param backlogRoundsPerBlock undecoded rounds for each held block above which nothing is
///     measured
public record Policy(
        Order order,
        int partitions,
        int window,
        int passesMax,
        int patienceEpochs,
        int retries,
        int latenessMax,
        int backlogRoundsPerBlock) {

    /// Who comes first.
    public enum Order {
        /// In the order of acceptance.
        FIFO,
        /// One after another.
        ROUND_ROBIN,
        /// The tenant with the smallest weighted dominant share of what it was given so far.
        FAIR
    }

    /// What a kernel does unless it is told otherwise.
    public static final Policy DEFAULT = new Policy(Order.FAIR, 0, 5, 16, 64, 3, 64, 32);

    public Policy {
        if (partitions < 0
                || window < 1
                || passesMax < 0
                || patienceEpochs < 1
                || retries < 0
                || latenessMax < 0
                || backlogRoundsPerBlock < 1) {
            throw new IllegalArgumentException("a bound of the policy is below its least value");
        }
    }

    /// The default with another order.
    public Policy with(Order other) {
        return new Policy(
                other,
                partitions,
                window,
                passesMax,
                patienceEpochs,
                retries,
                latenessMax,
                backlogRoundsPerBlock);
    }

    /// The default with tenants kept apart.
    public Policy strict(int parts) {
        return new Policy(
                order,
                parts,
                window,
                passesMax,
                patienceEpochs,
                retries,
                latenessMax,
                backlogRoundsPerBlock);
    }
}
