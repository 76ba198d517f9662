package org.qmk.server.store;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

    @TempDir private Path folder;

    @Override
    StoreSetting setting(Retention retention) {
        return new StoreSetting(folder, Optional.empty(), retention);
    }
}
