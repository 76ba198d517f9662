package org.qmk.kernel.call;

/// How far a capability reaches. A derived one reaches no farther than what it came from.
///
/// @param amountMax what one use may take: blocks of a shot for ALLOC, magic states of a shot for
///     MAGIC, Bell pairs of a shot for LINK and TELEPORT; without meaning for the others
/// @param lastEpoch the last epoch in which it is good
/// @param uses how often it can be used
/// @param delegable whether others may be derived from it
public record Bounds(long amountMax, long lastEpoch, long uses, boolean delegable) {

    public static final Bounds UNLIMITED =
            new Bounds(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, true);

    public Bounds {
        if (amountMax < 0 || lastEpoch < 0 || uses < 0) {
            throw new IllegalArgumentException(
                    "bounds are " + amountMax + ", " + lastEpoch + ", " + uses
                            + ", expected 0 or more");
        }
    }

    /// Whether the other reaches no farther in anything.
    public boolean contains(Bounds other) {
        return other.amountMax <= amountMax
                && other.lastEpoch <= lastEpoch
                && other.uses <= uses
                && (delegable || !other.delegable);
    }
}
