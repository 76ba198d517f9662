package org.qmk.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/// A copy of the store in a data folder, also while a server writes it.
public final class StoreCopy {

    private static final int WAIT_MILLIS = 30_000;

    private StoreCopy() {}

    /// Copies what is committed now into another folder.
    ///
    /// @return whether the folder has a store; with PostgreSQL it has none
    public static boolean of(Path folder, Path other) throws IOException {
        Path file = folder.resolve(Database.FILE);
        if (!Files.exists(file)) return false;
        var config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(WAIT_MILLIS);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try (var connection = source.getConnection();
                var copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, other.resolve(Database.FILE).toString());
            copy.execute();
            return true;
        } catch (SQLException failed) {
            throw new IOException(file + " cannot be copied: " + failed.getMessage(), failed);
        }
    }
}
