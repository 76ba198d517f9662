package org.qmk.server.store;

import static org.sqlite.SQLiteConfig.SynchronousMode.FULL;
import static org.sqlite.SQLiteConfig.SynchronousMode.NORMAL;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/// Connections to one database: those whose commits are durable, and one for what can be made
/// again, whose commits outlive this process, are in order, and may be lost with the power.
final class Database implements AutoCloseable {

    static final String FILE = "store.db";

    static final String POSTGRESQL = "jdbc:postgresql:";

    private static final int CONNECTIONS = 4;

    /// How long a request waits for a connection, or for another writer of a file; and how long
    /// does that which tries again anyway.
    private static final int WAIT_MILLIS = 2_000;

    private static final int RETRY_MILLIS = 500;

    /// The log of a file is cut to this many bytes when it was longer.
    private static final int LOG_BYTES_KEPT = 64 << 20;

    /// Pages in the log after which they are moved to their places in the file. With many, a page
    /// that changes often is moved seldom.
    private static final int LOG_PAGES = 8_000;

    private static final String SILENCE_SECONDS = "60";

    private static final int CACHE_KILOBYTES = 16 << 10;

    private final Dialect dialect;
    private final Optional<Path> file;
    private final Object inode;
    private final HikariDataSource durablePool;
    private final HikariDataSource orderedPool;
    private final Jdbi durable;
    private final Jdbi ordered;

    /// Opens the database and brings its tables to this version.
    static Database open(StoreSetting setting) throws IOException {
        Database database = connect(setting);
        try {
            Migrations.run(database.durablePool, database.dialect);
            return database;
        } catch (IOException | RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    private static Database connect(StoreSetting setting) throws IOException {
        Optional<String> url = setting.url();
        if (url.isPresent() && !url.get().startsWith(POSTGRESQL)) {
            throw new IOException(
                    "the database's URL must begin with %s; leave it out for a file in the folder"
                            .formatted(POSTGRESQL));
        }
        try {
            if (url.isPresent()) return new Database(url.get());
            return new Database(fileIn(setting.folder()));
        } catch (PoolInitializationException failed) {
            String what =
                    url.isPresent()
                            ? "the PostgreSQL server"
                            : setting.folder().resolve(FILE).toString();
            throw new IOException(
                    "%s cannot be opened: %s".formatted(what, StoreFailed.reason(failed)), failed);
        }
    }

    private Database(String url) {
        dialect = Dialect.POSTGRESQL;
        file = Optional.empty();
        inode = "";
        durablePool =
                new HikariDataSource(server(url, pool("qmk-store", CONNECTIONS, WAIT_MILLIS)));
        orderedPool = openSecond(server(url, pool("qmk-archive", 1, RETRY_MILLIS)));
        durable = Jdbi.create(durablePool);
        ordered = Jdbi.create(orderedPool);
    }

    private Database(Path path) throws IOException {
        dialect = Dialect.SQLITE;
        file = Optional.of(path);
        inode = inode(path);
        durablePool =
                new HikariDataSource(file(path, pool("qmk-store", CONNECTIONS, WAIT_MILLIS), FULL));
        orderedPool = openSecond(file(path, pool("qmk-archive", 1, RETRY_MILLIS), NORMAL));
        durable = Jdbi.create(durablePool);
        ordered = Jdbi.create(orderedPool);
    }

    private HikariDataSource openSecond(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException failed) {
            durablePool.close();
            throw failed;
        }
    }

    /// The file, made where it is missing: its owner alone may read it.
    private static Path fileIn(Path folder) throws IOException {
        Path path = folder.resolve(FILE);
        try {
            var ownerOnly = PosixFilePermissions.fromString("rw-------");
            Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (FileAlreadyExistsException _) {
            if (Files.isWritable(path) && Files.isWritable(folder)) return path;
            throw new IOException(
                    "%s cannot be written; give the server's user the right to write it and its"
                                    .formatted(path)
                            + " folder");
        } catch (IOException failed) {
            throw new IOException(
                    "%s cannot be made: %s; the folder must be there, and the server's user be"
                                    .formatted(path, StoreFailed.reason(failed))
                            + " allowed to write it",
                    failed);
        }
        return path;
    }

    private static HikariConfig file(
            Path path, HikariConfig config, SQLiteConfig.SynchronousMode mode) {
        var sqlite = new SQLiteConfig();
        // The file is there. If it is moved, a connection must not make an empty one in its place.
        sqlite.resetOpenMode(SQLiteOpenMode.CREATE);
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(mode);
        sqlite.setBusyTimeout((int) config.getConnectionTimeout());
        sqlite.setJournalSizeLimit(LOG_BYTES_KEPT);
        sqlite.setWalAutocheckpoint(LOG_PAGES);
        sqlite.setCacheSize(-CACHE_KILOBYTES);
        // A transaction that reads first and writes then could not wait for another writer.
        sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        var source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + path);
        config.setDataSource(source);
        config.setMaxLifetime(0);
        return config;
    }

    private static HikariConfig server(String url, HikariConfig config) {
        config.setJdbcUrl(url);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // A network that swallows packets must not hold a request, or the archive, for ever.
        config.addDataSourceProperty("socketTimeout", SILENCE_SECONDS);
        // Whatever the server's default is. A server may crash and this process go on, so the
        // second kind of connection does not do without either.
        config.setConnectionInitSql("SET synchronous_commit = on");
        return config;
    }

    private static HikariConfig pool(String name, int connections, int waitMillis) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(waitMillis);
        return config;
    }

    DataSource pool() {
        return durablePool;
    }

    Dialect dialect() {
        return dialect;
    }

    /// Does it, and returns when it is durable.
    ///
    /// @throws StoreFailed if the database does not
    <T> T durably(HandleCallback<T, RuntimeException> work) {
        return transact(durable, work);
    }

    /// Does it after what was done before it, where a file has not to wait for the disk.
    ///
    /// @throws StoreFailed if the database does not
    <T> T inOrder(HandleCallback<T, RuntimeException> work) {
        return transact(ordered, work);
    }

    private <T> T transact(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
        expectFile();
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException failed) {
            throw new StoreFailed(failed);
        }
    }

    /// Asks.
    ///
    /// @throws StoreFailed if the database does not answer
    <T> T read(HandleCallback<T, RuntimeException> question) {
        // A server that was started again has broken all connections, and the pool does not know.
        for (int broken = 0; ; broken++) {
            try (Handle handle = durable.open()) {
                return question.withHandle(handle);
            } catch (JdbiException failed) {
                if (broken == CONNECTIONS || !isBroken(failed)) throw new StoreFailed(failed);
            }
        }
    }

    /// Whether the connection was lost in the middle; a server that is away is something else.
    private static boolean isBroken(JdbiException failed) {
        if (failed instanceof ConnectionException) return false;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P");
            }
        }
        return false;
    }

    /// SQLite goes on writing a file that was moved or deleted, and nobody would find it again.
    private void expectFile() {
        if (file.isEmpty()) return;
        try {
            if (inode(file.get()).equals(inode)) return;
        } catch (IOException gone) {
            throw new StoreFailed(file.get() + " is gone: " + StoreFailed.reason(gone));
        }
        throw new StoreFailed(
                file.get() + " is another file than the one that was opened; restart the server");
    }

    private static Object inode(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, "");
    }

    @Override
    public void close() {
        orderedPool.close();
        durablePool.close();
    }
}
