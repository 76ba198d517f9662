package org.qmk.kernel.call;

import java.util.List;

/// What jobs compete for in an epoch, beside blocks.
public enum Resource {
    OPERATIONS,
    LANES,
    MEASUREMENTS,
    MAGIC;

    /// All of them, without a copy each time.
    public static final List<Resource> ALL = List.of(values());

    public static final int COUNT = ALL.size();
}
