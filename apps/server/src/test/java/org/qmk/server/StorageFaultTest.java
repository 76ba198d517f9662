package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.runtime.Journal;
import org.qmk.runtime.audit.AuditCheck;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;
import org.qmk.server.store.Tmpfs;
import tools.jackson.databind.JsonNode;

/// Disks that are full or read-only, and files that are not as they were written.
class StorageFaultTest {

    private static final int STORAGE_FULL = -32205;
    private static final int NOT_READY = -32203;

    @TempDir private Path folder;

    /// Jobs that were acknowledged, with their seeds.
    private final Map<Long, Long> jobs = new TreeMap<>();

    private void tenant(RunningServer server) throws Exception {
        server.tenant(RunningServer.TENANT, "quota_jobs", 100_000);
    }

    /// Submits jobs until one is refused.
    ///
    /// @return why; 0 if none was
    private int submit(LineClient line, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long seed = jobs.size() + 1;
            JsonNode answer = line.call("q_submit", RunningServer.bell(20, seed));
            if (answer.has("error")) return answer.at("/error/code").asInt();
            jobs.put(answer.at("/result/job_id").asLong(), seed);
        }
        return 0;
    }

    private void expectAll(LineClient line) throws IOException {
        for (var job : jobs.entrySet()) {
            JsonNode ended = line.result("q_wait", Map.of("job_id", job.getKey()));
            assertEquals("COMPLETED", ended.get("state").asString(), ended.toString());
            assertEquals(20, ended.get("shots_done").asLong());
            assertEquals(Long.toString(job.getValue()), ended.get("seed").asString());
        }
        assertEquals(jobs.size(), line.result("q_jobs", Map.of("limit", 1_000)).get("jobs").size());
    }

    private Tmpfs tmpfs(int megabytes) throws IOException {
        Optional<Tmpfs> mounted = Tmpfs.mount(megabytes);
        assumeTrue(mounted.isPresent(), "only root may mount a small file system");
        return mounted.get();
    }

    private static void fill(Path file, long bytesLeft) throws IOException {
        byte[] block = new byte[1 << 12];
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(file.getParent()).getUsableSpace() > bytesLeft) {
                out.write(block);
            }
        }
    }

    @Test
    void a_full_disk_refuses_new_work_and_loses_nothing() throws Exception {
        try (Tmpfs disk = tmpfs(48)) {
            Path ballast = disk.folder.resolve("ballast");
            try (var server = new RunningServer(disk.folder, "space_left_mb: 4")) {
                tenant(server);
                try (var line = new LineClient(server.socket())) {
                    assertEquals(0, submit(line, 50));
                    fill(ballast, 3 << 20);
                    // The disk is looked at once in 64 submissions.
                    assertEquals(STORAGE_FULL, submit(line, 100));
                    assertTrue(jobs.size() < 150);
                    expectAll(line);

                    Files.delete(ballast);
                    assertEquals(0, submit(line, 1));
                    assertEquals(0, submit(line, 70));
                    fill(ballast, 0);
                    // Room for the next frames may still be in the last page of the journal.
                    int refused = STORAGE_FULL;
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                    while (refused != NOT_READY && System.nanoTime() < end) {
                        JsonNode answer = line.call("q_negotiate_caps", Map.of());
                        refused = answer.at("/error/code").asInt();
                    }
                    assertEquals(NOT_READY, refused);
                    assertTrue(server.server.engine().stopped().isPresent());
                }
            } catch (IOException unclean) {
                assertTrue(unclean.getMessage().contains("did not stop cleanly"));
            }
            Files.delete(ballast);
            try (var server = new RunningServer(disk.folder, "space_left_mb: 4");
                    var line = new LineClient(server.socket())) {
                expectAll(line);
                assertEquals(0, submit(line, 10));
                expectAll(line);
            }
        }
    }

    @Test
    void a_read_only_disk_is_named_at_the_start() throws Exception {
        try (Tmpfs disk = tmpfs(48)) {
            try (var server = new RunningServer(disk.folder)) {
                tenant(server);
            }
            // The configuration is written before, the socket is removed at the end.
            Configuration configuration = RunningServer.configuration(disk.folder);
            disk.makeReadOnly();

            var failed =
                    assertThrows(IOException.class, () -> Server.start(configuration, _ -> {}));

            assertTrue(failed.getMessage().contains("cannot be written"), failed.toString());
            assertTrue(failed.getMessage().contains(disk.folder.toString()), failed.toString());
        }
    }

    private Path journal() {
        return folder.resolve("data").resolve(Journal.FILE);
    }

    private void runSome() throws Exception {
        try (var server = new RunningServer(folder)) {
            tenant(server);
            try (var line = new LineClient(server.socket())) {
                assertEquals(0, submit(line, 20));
                expectAll(line);
            }
        }
    }

    @Test
    void a_torn_end_of_the_journal_is_cut_off() throws Exception {
        runSome();
        try (FileChannel file = FileChannel.open(journal(), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 3);
        }
        try (var server = new RunningServer(folder);
                var line = new LineClient(server.socket())) {
            expectAll(line);
        }
    }

    @Test
    void a_byte_that_changed_stops_the_start_and_names_the_place() throws Exception {
        runSome();
        byte[] bytes = Files.readAllBytes(journal());
        bytes[bytes.length / 2] ^= 1;
        Files.write(journal(), bytes);

        var failed = assertThrows(IOException.class, () -> new RunningServer(folder));

        assertTrue(failed.getMessage().matches(".*damaged at byte \\d+: .*"), failed.toString());
        assertEquals(bytes.length, Files.size(journal()));
    }

    @Test
    void a_journal_older_than_its_audit_log_is_not_taken_for_whole() throws Exception {
        byte[] old;
        try (var server = new RunningServer(folder)) {
            tenant(server);
            old = Files.readAllBytes(journal());
            try (var line = new LineClient(server.socket())) {
                assertEquals(0, submit(line, 20));
                expectAll(line);
            }
        }
        Files.write(journal(), old);

        var failed = assertThrows(IOException.class, () -> new RunningServer(folder));

        assertTrue(failed.getMessage().contains("lost its end"), failed.toString());
    }

    @Test
    void an_audit_log_that_lags_behind_catches_up() throws Exception {
        Path copy = folder.resolve("copy");
        try (var server = new RunningServer(folder)) {
            tenant(server);
            try (var line = new LineClient(server.socket())) {
                assertEquals(0, submit(line, 20));
                expectAll(line);
            }
            // As a kill would leave it: no head was signed since the start.
            copy(folder.resolve("data"), Files.createDirectories(copy).resolve("data"));
            Files.copy(folder.resolve("admin.key"), copy.resolve("admin.key"));
        }
        try (var server = new RunningServer(copy);
                var line = new LineClient(server.socket())) {
            expectAll(line);
            assertEquals(0, submit(line, 1));
            expectAll(line);
        }
        Path data = copy.resolve("data");
        var key = AuditKey.in(data, "qmk.local/server").verifier();
        var sound = AuditCheck.of(data.resolve(AuditLog.FOLDER), key);
        assertEquals(1, sound.firstEpoch());
        assertTrue(sound.head().size() > 20);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else if (Files.isRegularFile(file)) Files.copy(file, target);
            }
        }
    }

    @Test
    void a_second_server_does_not_touch_the_folder_of_the_first() throws Exception {
        try (var server = new RunningServer(folder)) {
            tenant(server);
            Configuration other = RunningServer.configuration(folder, "origin: qmk.local/server");
            try (var line = new LineClient(server.socket())) {
                assertEquals(0, submit(line, 5));

                var failed = assertThrows(IOException.class, () -> Server.start(other, _ -> {}));

                assertTrue(failed.getMessage().contains("open in another"), failed.toString());
                assertEquals(0, submit(line, 5));
                expectAll(line);
            }
        }
        try (var server = new RunningServer(folder);
                var line = new LineClient(server.socket())) {
            expectAll(line);
        }
    }
}
