package org.qmk.runtime;

/// Epochs from one to another, both included.
public record EpochRange(long from, long to) {

    /// Every epoch.
    public static final EpochRange ALL = new EpochRange(1, Long.MAX_VALUE);

    public EpochRange {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException(
                    "epochs are " + from + " to " + to + ", expected 1 or more, ascending");
        }
    }

    public boolean contains(long epoch) {
        return from <= epoch && epoch <= to;
    }
}
