package org.qmk.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.server.engine.JobRecord;

/// Locked, full, read-only and missing database files.
class SqliteFaultTest {

    @TempDir private Path temporary;

    private static Store open(Path folder) throws IOException {
        var setting = new StoreSetting(folder, Optional.empty(), Retention.FOREVER);
        return Store.open(setting, StoreContract.JOURNAL, StoreContract.AT_NOON);
    }

    private static void expectUnwell(Store store) {
        StoreContract.await(() -> store.archive().health().isPresent());
        assertTrue(store.archive().health().isPresent(), "the archive is well");
    }

    private static void expectAll(Store store, List<JobRecord> records) throws Exception {
        assertTrue(store.archive().flush(StoreContract.LONG), () -> "" + store.archive().health());
        StoreContract.await(() -> store.archive().health().isEmpty());
        assertEquals(Optional.empty(), store.archive().health());
        for (JobRecord record : records) {
            var found = store.archive().find(record.key()).map(ArchivedJob::record);
            assertEquals(Optional.of(record), found);
        }
    }

    /// Another process that writes, and does not come to an end.
    private static final class Writer implements AutoCloseable {
        private final Connection connection;

        Writer(Path folder) throws SQLException {
            connection =
                    DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Database.FILE));
            execute("PRAGMA busy_timeout = 20000");
            execute("BEGIN IMMEDIATE");
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Test
    void a_locked_database_makes_those_wait_who_hand_over_and_loses_nothing() throws Exception {
        int count = Archive.WAITING_MAX + 500;
        List<JobRecord> records = StoreContract.bells(1, count);
        try (Store store = open(temporary)) {
            Thread handing = new Thread(() -> records.forEach(store.archive()::accept));
            try (var _ = new Writer(temporary)) {
                handing.start();
                StoreContract.await(() -> handing.getState() == Thread.State.WAITING);
                expectUnwell(store);

                assertEquals(Archive.WAITING_MAX, store.archive().queued());
                String health = store.archive().health().orElseThrow();
                assertTrue(health.contains("SQLITE_BUSY"), health);
            }

            handing.join();
            expectAll(store, records);
        }
    }

    @Test
    void at_the_end_nobody_waits_for_a_locked_database() throws Exception {
        List<JobRecord> records = StoreContract.bells(1, Archive.WAITING_MAX + 1);
        Store store = open(temporary);
        try (var _ = new Writer(temporary)) {
            Thread handing = new Thread(() -> records.forEach(store.archive()::accept));
            handing.start();
            StoreContract.await(() -> handing.getState() == Thread.State.WAITING);

            store.archive().ending();
            handing.join();
            store.close();

            assertEquals(Archive.WAITING_MAX, store.archive().queued());
        }

        // As after a restart, when the journal is read.
        try (Store again = open(temporary)) {
            StoreContract.archive(again, records);
            expectAll(again, records);
        }
    }

    @Test
    void a_full_disk_takes_no_key_and_loses_no_job() throws Exception {
        Optional<Tmpfs> small = Tmpfs.mount(4);
        assumeTrue(small.isPresent(), "no file system can be mounted");
        try (Tmpfs disk = small.get()) {
            Path filler = disk.folder.resolve("filler");
            List<JobRecord> before = StoreContract.bells(1, 200);
            List<JobRecord> during = StoreContract.bells(201, 3_000);
            String key;
            try (Store store = open(disk.folder)) {
                StoreContract.archive(store, before);
                key = store.keys().issue(new KeyHolder.OfTenant("a"));

                fill(filler);
                during.forEach(store.archive()::accept);
                expectUnwell(store);
                assertThrows(StoreFailed.class, () -> issueUntilFull(store));
                int keys = store.keys().list().size();

                Files.delete(filler);
                expectAll(store, before);
                expectAll(store, during);
                assertEquals(keys, store.keys().list().size());
            }
            try (Store store = open(disk.folder)) {
                assertTrue(store.keys().check(key).isPresent());
                expectAll(store, before);
                expectAll(store, during);
            }
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) out.write(block);
        } catch (IOException full) {
            assertTrue(Files.size(filler) > 0, full.getMessage());
        }
    }

    private static void issueUntilFull(Store store) {
        for (int i = 0; i < 10_000; i++) store.keys().issue(new KeyHolder.OfTenant("a" + i));
    }

    @Test
    void a_read_only_folder_is_named() throws Exception {
        Optional<Tmpfs> small = Tmpfs.mount(1);
        assumeTrue(small.isPresent(), "no file system can be mounted");
        try (Tmpfs disk = small.get()) {
            disk.makeReadOnly();

            var refused = assertThrows(IOException.class, () -> open(disk.folder));

            String message = refused.getMessage();
            String file = disk.folder.resolve(Database.FILE).toString();
            assertTrue(message.startsWith(file + " cannot be made: "), message);
            assertTrue(message.contains("Read-only file system"), message);
        }
    }

    @Test
    void a_file_in_a_read_only_folder_is_named() throws Exception {
        Optional<Tmpfs> small = Tmpfs.mount(4);
        assumeTrue(small.isPresent(), "no file system can be mounted");
        try (Tmpfs disk = small.get()) {
            open(disk.folder).close();
            disk.makeReadOnly();

            var refused = assertThrows(IOException.class, () -> open(disk.folder));

            assertTrue(refused.getMessage().contains(" cannot be written; "), refused.getMessage());
        }
    }

    @Test
    void a_missing_folder_is_named() {
        Path missing = temporary.resolve("missing");

        var refused = assertThrows(IOException.class, () -> open(missing));

        assertTrue(refused.getMessage().contains("the folder must be there"), refused.getMessage());
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
        Path file = temporary.resolve(Database.FILE);
        String text = "These are the notes of somebody who uses the same name. ".repeat(100);
        Files.writeString(file, text);

        var refused = assertThrows(IOException.class, () -> open(temporary));

        assertTrue(refused.getMessage().contains("not a database"), refused.getMessage());
        assertEquals(text, Files.readString(file));
    }

    @Test
    void a_file_that_was_moved_is_noticed_and_nothing_is_lost_when_it_is_back() throws Exception {
        List<JobRecord> records = StoreContract.bells(1, 100);
        Path file = temporary.resolve(Database.FILE);
        Path elsewhere = temporary.resolve("elsewhere");
        try (Store store = open(temporary)) {
            Files.move(file, elsewhere);
            records.forEach(store.archive()::accept);
            expectUnwell(store);
            assertThrows(StoreFailed.class, () -> store.keys().issue(new KeyHolder.Admin()));
            Files.createFile(file);
            assertThrows(StoreFailed.class, () -> store.keys().issue(new KeyHolder.Admin()));

            Files.delete(file);
            Files.move(elsewhere, file);
            expectAll(store, records);
        }
    }

    @Test
    void only_the_owner_can_read_the_files() throws IOException {
        try (Store store = open(temporary)) {
            store.keys().issue(new KeyHolder.Admin());
            for (String name : List.of("", "-wal", "-shm")) {
                var permissions =
                        Files.getPosixFilePermissions(temporary.resolve(Database.FILE + name));
                assertEquals("rw-------", PosixFilePermissions.toString(permissions), name);
            }
        }
    }

    @Test
    void another_kind_of_url_is_refused() {
        var setting =
                new StoreSetting(temporary, Optional.of("jdbc:mysql://a/b"), Retention.FOREVER);

        var refused = assertThrows(IOException.class, () -> Database.open(setting));

        assertTrue(refused.getMessage().contains("jdbc:postgresql:"), refused.getMessage());
        assertFalse(Files.exists(temporary.resolve(Database.FILE)));
    }
}
