package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.EpochRecord;

final class AuditLogTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 255, 256, 257, 511, 512, 600})
    void a_log_that_was_closed_is_verified(long epochs) throws IOException {
        AuditKey key = Epochs.log(folder, epochs, 100);

        AuditCheck.Sound sound = AuditCheck.of(folder, key.verifier());

        assertEquals(epochs, sound.head().size());
        assertEquals(epochs == 0 ? 0 : 1, sound.firstEpoch());
        assertEquals(0, sound.past());
    }

    @Test
    void a_log_has_the_tiles_that_its_size_asks_for() throws IOException {
        Epochs.log(folder, 600, 600);

        assertEquals(
                List.of(
                        "0/000",
                        "0/001",
                        "0/002.p/88",
                        "1/000.p/2",
                        "entries/000",
                        "entries/001",
                        "entries/002.p/88"),
                tiles());
        assertEquals(8192, Files.size(folder.resolve("tile/0/001")));
        assertEquals(64, Files.size(folder.resolve("tile/1/000.p/2")));
    }

    @Test
    void tiles_of_a_level_above_the_first_are_hashes_of_full_tiles() throws IOException {
        Epochs.log(folder, 300, 1_000);
        var hash = new TreeHash();
        var read = new TileFolder(folder, 300, hash);

        byte[] below = read.root(read.tile(0, 0), 0, 256);

        assertArrayEquals(below, read.tile(1, 0));
    }

    @Test
    void a_tile_that_a_head_covers_is_not_written_again() throws IOException {
        AuditKey key = Epochs.log(folder, 300, 1_000);
        Path above = folder.resolve("tile/1/000.p/1");
        Files.setLastModifiedTime(above, FileTime.fromMillis(0));

        try (AuditLog log = AuditLog.open(folder, key)) {
            Epochs.append(log, 310);
        }

        assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(above));
        assertEquals(310, AuditCheck.of(folder, key.verifier()).head().size());
    }

    @Test
    void how_often_a_log_is_closed_changes_no_root() throws IOException {
        AuditKey key = AuditKey.generate("example.org/log");
        List<byte[]> roots = new ArrayList<>();
        for (int step : List.of(600, 37)) {
            Path place = folder.resolve("step-" + step);
            copySecret(place);
            for (int last = step; last < 600 + step; last += step) {
                try (AuditLog log = AuditLog.open(place, key)) {
                    Epochs.append(log, Math.min(last, 600));
                }
            }
            roots.add(AuditCheck.of(place, key.verifier()).head().root());
        }

        assertArrayEquals(roots.get(0), roots.get(1));
    }

    @Test
    void a_replayed_epoch_is_compared_and_not_added() throws IOException {
        AuditKey key = Epochs.log(folder, 300, 100);

        try (AuditLog log = AuditLog.open(folder, key)) {
            Epochs.append(log, 301);

            assertEquals(301, log.size());
        }
        assertEquals(301, AuditCheck.of(folder, key.verifier()).head().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 256, 257, 300})
    void another_record_of_an_epoch_is_refused(long epoch) throws IOException {
        AuditKey key = Epochs.log(folder, 300, 100);
        EpochRecord right = Epochs.record(epoch, 5);
        var otherShared = new EpochRecord(epoch, Epochs.bytes("other"), right.parts());
        var otherParts = new EpochRecord(epoch, right.shared(), List.of(Epochs.part(99, epoch)));

        try (AuditLog log = AuditLog.open(folder, key)) {
            assertThrows(AuditRefusal.class, () -> log.append(otherShared));
            assertThrows(AuditRefusal.class, () -> log.append(otherParts));
            log.append(right);
            assertEquals(300, log.size());
        }
    }

    @Test
    void an_epoch_that_leaves_one_out_is_refused() throws IOException {
        try (AuditLog log = AuditLog.open(folder, AuditKey.generate("log"))) {
            log.append(Epochs.record(7, 5));

            var ahead = assertThrows(AuditRefusal.class, () -> log.append(Epochs.record(9, 5)));
            assertThrows(AuditRefusal.class, () -> log.append(Epochs.record(6, 5)));
            assertTrue(ahead.getMessage().endsWith("expected epoch 8"), ahead.getMessage());
        }
    }

    @Test
    void a_head_is_signed_every_so_many_epochs_after_the_barrier() throws IOException {
        List<Long> synced = new ArrayList<>();
        AuditLog[] self = new AuditLog[1];
        AuditLog.Barrier barrier = () -> synced.add(self[0].head().size());
        try (AuditLog log = AuditLog.open(folder, AuditKey.generate("log"), 10, barrier)) {
            self[0] = log;
            Epochs.append(log, 25);

            assertEquals(20, log.head().size());
            assertEquals(List.of(0L, 10L), synced);
        }
        assertEquals(List.of(0L, 10L, 20L), synced);
    }

    @Test
    void a_barrier_that_fails_leaves_the_head_unsigned() throws IOException {
        AuditKey key = AuditKey.generate("log");
        AuditLog.Barrier barrier =
                () -> {
                    throw new IOException("no room");
                };
        AuditLog log = AuditLog.open(folder, key, 10, barrier);

        assertThrows(IOException.class, () -> Epochs.append(log, 10));
        assertThrows(IOException.class, log::close);
        assertEquals(0, AuditCheck.of(folder, key.verifier()).head().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {99, 100, 101, 256, 299, 300})
    void a_crash_loses_nothing_that_a_head_covers(long last) throws IOException {
        Path running = folder.resolve("running");
        Path crashed = folder.resolve("crashed");
        AuditKey key = AuditKey.generate("log");
        try (AuditLog log = AuditLog.open(running, key, 100, () -> {})) {
            Epochs.append(log, last);
            copy(running, crashed);
        }
        Files.createDirectories(crashed.resolve("tile/0/001.p"));
        Files.write(crashed.resolve("tile/0/001.p/250"), new byte[17]); // torn

        try (AuditLog log = AuditLog.open(crashed, key)) {
            assertEquals(last / 100 * 100, log.size());
            Epochs.append(log, 300);
        }

        assertEquals(0, AuditCheck.of(crashed, key.verifier()).past());
        assertEquals(300, AuditCheck.of(crashed, key.verifier()).head().size());
    }

    @Test
    void a_log_with_a_changed_tile_is_not_extended() throws IOException {
        AuditKey key = Epochs.log(folder, 600, 100);
        // What older heads needed is left to AuditCheck, full bundles of entries to replay.
        List<String> needed =
                List.of("0/000", "0/001", "0/002.p/88", "1/000.p/2", "entries/002.p/88");
        for (String tile : needed) {
            Path file = folder.resolve("tile").resolve(tile);
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[right.length / 2] ^= 4;
            Files.write(file, wrong);
            assertThrows(AuditRefusal.class, () -> AuditLog.open(folder, key), tile);
            Files.write(file, right);
        }
        AuditLog.open(folder, key).close();
    }

    @Test
    void only_the_log_s_own_key_and_secret_extend_it() throws IOException {
        AuditKey key = Epochs.log(folder, 20, 100);
        AuditKey other = AuditKey.generate("example.org/log");
        Path secret = folder.resolve(AuditLog.SECRET);
        byte[] right = Files.readAllBytes(secret);

        assertThrows(AuditRefusal.class, () -> AuditLog.open(folder, other));
        Files.write(secret, new byte[32]);
        assertThrows(AuditRefusal.class, () -> AuditLog.open(folder, key));
        Files.delete(secret);
        assertThrows(IOException.class, () -> AuditLog.open(folder, key));
        Files.write(secret, right);
        AuditLog.open(folder, key).close();
    }

    @Test
    void a_log_that_lost_its_head_is_not_begun_anew() throws IOException {
        AuditKey key = Epochs.log(folder, 20, 100);
        Files.delete(folder.resolve(AuditLog.HEAD));

        assertThrows(AuditRefusal.class, () -> AuditLog.open(folder, key));
    }

    @Test
    void a_log_is_open_once_at_a_time() throws IOException {
        AuditKey key = AuditKey.generate("log");
        try (AuditLog log = AuditLog.open(folder, key)) {
            assertEquals(0, log.size());
            assertThrows(AuditRefusal.class, () -> AuditLog.open(folder, key));
        }
        AuditLog.open(folder, key).close();
    }

    @Test
    void private_files_are_for_their_owner_alone() throws IOException {
        AuditKey.in(folder, "log");
        AuditLog.open(folder, AuditKey.load(folder)).close();

        assertEquals(2, Files.getPosixFilePermissions(folder.resolve("audit.key")).size());
        assertEquals(2, Files.getPosixFilePermissions(folder.resolve(AuditLog.SECRET)).size());
        assertEquals(3, Files.getPosixFilePermissions(folder.resolve("private")).size());
    }

    private void copySecret(Path place) throws IOException {
        Files.createDirectories(place.resolve("private"));
        Files.write(place.resolve(AuditLog.SECRET), new byte[32]);
    }

    private List<String> tiles() throws IOException {
        Path top = folder.resolve("tile");
        return TileWriter.files(top).stream()
                .map(file -> TileWriter.text(top.relativize(file)))
                .toList();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
