package org.qmk.server.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

    @TempDir private Path folder;

    @Override
    StoreSetting setting(Retention retention) {
        return new StoreSetting(folder, Optional.empty(), retention);
    }

    @Override
    void makeForeignTable() throws SQLException {
        execute("jdbc:sqlite:" + folder.resolve(Database.FILE), "CREATE TABLE notes (a TEXT)");
    }
}
