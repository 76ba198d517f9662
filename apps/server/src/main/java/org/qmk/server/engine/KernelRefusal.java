package org.qmk.server.engine;

import org.qmk.kernel.call.Notice;

/// The kernel refused what it was asked.
public final class KernelRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Notice.Refused refused;

    KernelRefusal(Notice.Refused refused) {
        super(refused.message(), null, false, false);
        this.refused = refused;
    }

    public Notice.Refused refused() {
        return refused;
    }
}
