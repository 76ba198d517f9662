package org.qmk.kernel.call;

/// What jobs compete for in an epoch, beside blocks.
public enum Resource {
    OPERATIONS,
    LANES,
    MEASUREMENTS,
    MAGIC;

    /// The number of resources.
    public static final int COUNT = values().length;
}
