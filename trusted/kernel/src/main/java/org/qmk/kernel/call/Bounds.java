package org.qmk.kernel.call;

/// How far a capability reaches. `Long.MAX_VALUE` stands for no bound.
///
/// @param amountMax what one use may take: blocks of a shot for `ALLOC`, magic states of a shot for
///     `MAGIC`, Bell pairs of a shot for `LINK` and `TELEPORT`; other kinds take nothing
/// @param lastEpoch the last epoch in which it is good
/// @param uses how many uses it is still good for
/// @param delegable whether others may be derived from it
public record Bounds(long amountMax, long lastEpoch, long uses, boolean delegable) {

    public static final Bounds UNLIMITED =
            new Bounds(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, true);

    public Bounds {
        if (amountMax < 0 || lastEpoch < 0 || uses < 0) {
            throw new IllegalArgumentException(
                    "bounds are amount "
                            + amountMax
                            + ", epoch "
                            + lastEpoch
                            + ", uses "
                            + uses
                            + ", expected 0 or more");
        }
    }

    /// Whether the other is nowhere wider than this.
    public boolean contains(Bounds narrower) {
        return narrower.amountMax <= amountMax
                && narrower.lastEpoch <= lastEpoch
                && narrower.uses <= uses
                && (delegable || !narrower.delegable);
    }

    /// What is left after some uses; of `Long.MAX_VALUE` all are left.
    public Bounds less(long taken) {
        return uses == Long.MAX_VALUE
                ? this
                : new Bounds(amountMax, lastEpoch, uses - taken, delegable);
    }
}
