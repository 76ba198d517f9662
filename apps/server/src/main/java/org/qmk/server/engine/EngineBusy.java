package org.qmk.server.engine;

/// The kernel's queue is full, or it takes no new jobs now. Nothing has happened.
public final class EngineBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineBusy(String why) {
        super(why);
    }
}
