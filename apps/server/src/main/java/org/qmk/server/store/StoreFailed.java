package org.qmk.server.store;

import org.jdbi.v3.core.JdbiException;

/// The database did not do what it was asked. It may have happened where the connection broke
/// before the answer; asking again does no harm.
public final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The message of the driver alone: that of Jdbi has the statement's arguments in it.
    StoreFailed(JdbiException failed) {
        super("the database failed: " + reason(failed), failed);
    }

    StoreFailed(String why) {
        super(why);
    }

    static String reason(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) root = root.getCause();
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.strip();
    }
}
