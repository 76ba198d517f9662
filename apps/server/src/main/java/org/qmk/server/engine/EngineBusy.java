package org.qmk.server.engine;

/// The kernel's queue is full, or it takes no new jobs now. Nothing has happened.
public final class EngineBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What there is not enough of.
    public enum Lack {
        QUEUE,
        DISK,
        /// The server ends its jobs and takes no new ones.
        DRAINING
    }

    private final Lack lack;

    EngineBusy(Lack lack, String why) {
        super(why, null, false, false);
        this.lack = lack;
    }

    public Lack lack() {
        return lack;
    }
}
