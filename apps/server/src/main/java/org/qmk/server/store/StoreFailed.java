package org.qmk.server.store;

import java.nio.file.FileSystemException;
import java.sql.SQLException;
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

    /// What went wrong, in the words of the driver or of the file system.
    static String reason(Throwable failed) {
        Throwable found = failed;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException || !(found instanceof SQLException)) found = cause;
        }
        String message =
                found instanceof FileSystemException file ? file.getReason() : found.getMessage();
        return message == null ? found.getClass().getSimpleName() : message.strip();
    }
}
