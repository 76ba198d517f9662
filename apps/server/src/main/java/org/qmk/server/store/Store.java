package org.qmk.server.store;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What a server keeps beside its journal: in a file of its data folder, or in PostgreSQL.
public final class Store implements AutoCloseable {

    private final Database database;
    private final ApiKeys keys;
    private final TenantSettings tenants;
    private final Allowances allowances;
    private final Archive archive;

    /// Opens the store of a journal, and makes it where there is none.
    ///
    /// @param journal what tells this journal from every other. A store that began with one journal
    ///     is refused to another: the same numbers of tenants and jobs mean others there
    /// @throws IOException if it cannot be opened, is of a newer version or belongs to another
    ///     journal
    public static Store open(StoreSetting setting, String journal, InstantSource clock)
            throws IOException {
        Database database = Database.open(setting);
        try {
            String owner = database.durably(handle -> owner(handle, journal));
            if (!owner.equals(journal)) {
                throw new IOException(
                        ("the database belongs to the journal %s, and this one is %s; name another"
                                        + " database, or the folder of that journal")
                                .formatted(owner, journal));
            }
            return new Store(database, clock, setting.retention());
        } catch (StoreFailed failed) {
            database.close();
            throw new IOException(failed.getMessage(), failed);
        } catch (IOException | RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /// Whose the database is; from now on the journal's, if it was nobody's.
    private static String owner(Handle handle, String journal) {
        Optional<String> owner =
                handle.createQuery("SELECT journal FROM belongs").mapTo(String.class).findOne();
        if (owner.isEmpty()) handle.execute("INSERT INTO belongs (journal) VALUES (?)", journal);
        return owner.orElse(journal);
    }

    private Store(Database database, InstantSource clock, Retention retention) {
        this.database = database;
        keys = new ApiKeys(database, clock);
        tenants = new TenantSettings(database);
        allowances = new Allowances(database);
        archive = new Archive(database, clock, retention);
    }

    public ApiKeys keys() {
        return keys;
    }

    public TenantSettings tenants() {
        return tenants;
    }

    public Allowances allowances() {
        return allowances;
    }

    public Archive archive() {
        return archive;
    }

    /// Closes the archive too.
    @Override
    public void close() {
        archive.close();
        database.close();
    }
}
