package org.qmk.server.engine;

/// The kernel takes nothing more: its journal cannot be written, or the server is shutting down.
/// What was asked may or may not have happened; a restart tells.
public final class EngineStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineStopped(Throwable why) {
        super(why.getMessage(), why);
    }

    EngineStopped(String why) {
        super(why);
    }
}
