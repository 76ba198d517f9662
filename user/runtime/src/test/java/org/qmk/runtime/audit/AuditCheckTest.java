package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditCheckTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 0x80})
    void a_change_of_any_byte_is_found(int mask) throws IOException {
        AuditKey key = Epochs.log(folder, 6, 4);
        int bytes = 0;
        for (Path file : publicFiles()) {
            byte[] right = Files.readAllBytes(file);
            for (int at = 0; at < right.length; at++) {
                byte[] wrong = right.clone();
                wrong[at] ^= (byte) mask;
                Files.write(file, wrong);
                refused(key.verifier(), file + " byte " + at);
                bytes++;
            }
            Files.write(file, right);
        }
        assertTrue(bytes > 800, bytes + " bytes were tried");
        assertEquals(6, AuditCheck.of(folder, key.verifier()).head().size());
    }

    @Test
    void a_file_that_is_cut_short_or_too_long_is_found() throws IOException {
        AuditKey key = Epochs.log(folder, 6, 4);
        for (Path file : publicFiles()) {
            byte[] right = Files.readAllBytes(file);
            for (int length = 0; length < right.length; length++) {
                Files.write(file, Arrays.copyOf(right, length));
                refused(key.verifier(), file + " of " + length);
            }
            Files.write(file, Arrays.copyOf(right, right.length + 1));
            refused(key.verifier(), file + " and a byte");
            Files.write(file, right);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000"})
    void a_tile_that_is_missing_is_named(String tile) throws IOException {
        AuditKey key = Epochs.log(folder, 300, 300);
        Files.delete(folder.resolve(tile));

        String message = refused(key.verifier(), tile);

        assertEquals(tile + " is missing", message);
    }

    @Test
    void the_first_bad_entry_is_named() throws IOException {
        AuditKey key = Epochs.log(folder, 300, 300);
        Path file = folder.resolve("tile/entries/001.p/44");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        String message = refused(key.verifier(), "entry");

        assertEquals("entry 299 does not match its hash in tile/0/001.p/44", message);
    }

    @Test
    void a_file_that_no_log_has_is_named() throws IOException {
        AuditKey key = Epochs.log(folder, 12, 5);
        Files.write(folder.resolve("tile/0/000.p/012"), new byte[32]);

        assertEquals("tile/0/000.p/012 is no tile of a log", refused(key.verifier(), "stray"));
    }

    @Test
    void what_a_log_at_work_wrote_past_its_head_is_counted() throws IOException {
        AuditKey key = AuditKey.generate("log");
        try (AuditLog log = AuditLog.open(folder, key, 250, () -> {})) {
            Epochs.append(log, 260);

            AuditCheck.Sound sound = AuditCheck.of(folder, key.verifier());

            assertEquals(250, sound.head().size());
            assertEquals(2, sound.past(), "hashes and entries of the first full tile");
        }
    }

    @Test
    void another_key_does_not_verify_even_under_the_same_name() throws IOException {
        Epochs.log(folder, 12, 5);
        VerifierKey other = AuditKey.generate("example.org/log").verifier();

        String message = refused(other, "key");

        assertEquals("checkpoint: it is not signed by " + other.id(), message);
    }

    @Test
    void a_log_whose_operator_leaves_an_epoch_out_does_not_verify() throws IOException {
        AuditKey key = AuditKey.generate("log");
        var tree = new MerkleTree(new TreeHash());
        var tiles = new HashTiles();
        var writer = new TileWriter(folder);
        var entries = new Bundle(Bundle.ENTRY);
        for (long epoch : List.of(4, 5, 7)) {
            byte[] entry = new AuditLeaf(epoch, new byte[1], 0, new byte[32]).encode();
            entries.add(entry);
            tree.append(new TreeHash().leaf(entry));
            tiles.grow(tree, (path, hashes) -> {});
        }
        tiles.partials((path, hashes) -> writer.write(path.text(), hashes));
        writer.write("tile/entries/000.p/3", entries.bytes());
        writer.head(new TreeHead("log", 3, tree.root()).sign(key));

        assertEquals(
                "entry 2 is of epoch 7, expected epoch 6", refused(key.verifier(), "left out"));
    }

    @Test
    void a_folder_without_a_head_cannot_be_read() {
        VerifierKey key = AuditKey.generate("log").verifier();

        assertThrows(NoSuchFileException.class, () -> AuditCheck.of(folder, key));
    }

    @Test
    void a_log_extends_each_of_its_older_heads_and_no_other_log_s() throws IOException {
        AuditKey key = AuditKey.generate("example.org/log");
        List<byte[]> heads = new ArrayList<>();
        for (int last : List.of(0, 1, 7, 256, 300, 513)) {
            try (AuditLog log = AuditLog.open(folder, key)) {
                Epochs.append(log, last);
            }
            heads.add(Files.readAllBytes(folder.resolve(AuditLog.HEAD)));
        }
        Path elsewhere = folder.resolve("elsewhere");
        try (AuditLog log = AuditLog.open(elsewhere, key)) {
            Epochs.append(log, 300); // the same epochs under another secret
        }
        byte[] other = Files.readAllBytes(elsewhere.resolve(AuditLog.HEAD));

        for (byte[] head : heads) AuditCheck.extension(folder, head, key.verifier());
        assertThrows(AuditRefusal.class, () -> AuditCheck.extension(folder, other, key.verifier()));
        assertThrows(
                AuditRefusal.class,
                () -> AuditCheck.extension(elsewhere, heads.getLast(), key.verifier()));
    }

    private List<Path> publicFiles() throws IOException {
        List<Path> files = new ArrayList<>(TileWriter.files(folder.resolve("tile")));
        files.add(folder.resolve(AuditLog.HEAD));
        return files;
    }

    private String refused(VerifierKey key, String which) {
        return assertThrows(AuditRefusal.class, () -> AuditCheck.of(folder, key), which)
                .getMessage();
    }
}
