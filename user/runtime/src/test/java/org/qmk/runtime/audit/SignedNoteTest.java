package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The key and the note of the documentation of Go's package note are the example.
final class SignedNoteTest {

    private static final String SIGNER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String VERIFIER =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\n"
                    + "then you don't know what your problem is.\n";
    private static final String SIGNATURE =
            "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
                    + "KvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String OTHER = "\u2014 Other AAAAAGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6\n";

    private static final VerifierKey KEY = VerifierKey.of(VERIFIER).orElseThrow();

    @TempDir private Path folder;

    @Test
    void a_key_of_go_signs_as_go_does() throws IOException {
        Files.writeString(folder.resolve(AuditKey.FILE), SIGNER + "\n" + VERIFIER + "\n");

        byte[] note = SignedNote.sign(TEXT, AuditKey.load(folder));

        assertEquals(TEXT + "\n" + SIGNATURE, new String(note, StandardCharsets.UTF_8));
    }

    @Test
    void a_verifier_key_has_the_text_that_it_was_read_from() {
        assertEquals(VERIFIER, KEY.text());
        assertEquals("PeterNeumann+c74f20a3", KEY.id());
    }

    @Test
    void a_note_of_go_is_opened_with_or_without_signatures_of_others() throws AuditRefusal {
        assertEquals(TEXT, open(TEXT + "\n" + SIGNATURE));
        assertEquals(TEXT, open(TEXT + "\n" + OTHER + SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                TEXT,
                TEXT + "\n",
                TEXT + "\n" + OTHER,
                TEXT + SIGNATURE,
                "x" + TEXT + "\n" + SIGNATURE,
                TEXT + "\n" + SIGNATURE + "\n",
                TEXT + "\n" + SIGNATURE + "more\n",
                "\t" + TEXT + "\n" + SIGNATURE,
            })
    void what_is_no_note_of_the_key_is_refused(String note) {
        assertThrows(AuditRefusal.class, () -> open(note));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
            })
    void what_is_no_verifier_key_is_refused(String text) {
        assertEquals(Optional.empty(), VerifierKey.of(text));
    }

    @Test
    void a_key_is_stored_once_and_read_back() throws IOException {
        AuditKey key = AuditKey.generate("example.org/log");
        key.store(folder);

        assertEquals(key.verifier().text(), AuditKey.load(folder).verifier().text());
        assertEquals(
                key.verifier().text(), AuditKey.in(folder, "example.org/log").verifier().text());
        assertEquals(
                key.verifier().text() + "\n",
                Files.readString(folder.resolve(AuditKey.PUBLIC_FILE)));
        assertThrows(FileAlreadyExistsException.class, () -> key.store(folder));
        assertThrows(AuditRefusal.class, () -> AuditKey.in(folder, "example.org/other"));
    }

    @Test
    void a_private_key_that_is_not_the_verifier_key_s_is_refused() throws IOException {
        String other = AuditKey.generate("PeterNeumann").verifier().text();
        Files.writeString(folder.resolve(AuditKey.FILE), SIGNER + "\n" + other + "\n");

        assertThrows(AuditRefusal.class, () -> AuditKey.load(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\nb"})
    void a_name_that_a_note_cannot_have_is_refused(String name) {
        assertThrows(IllegalArgumentException.class, () -> AuditKey.generate(name));
    }

    @Test
    void a_head_of_another_origin_is_refused() throws IOException {
        AuditKey key = AuditKey.generate("one");
        byte[] right = new TreeHead("one", 3, new byte[32]).sign(key);
        byte[] wrong = new TreeHead("two", 3, new byte[32]).sign(key);

        assertEquals(3, TreeHead.open(right, key.verifier()).size());
        assertThrows(AuditRefusal.class, () -> TreeHead.open(wrong, key.verifier()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n\n03\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                "n\n-3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                "n\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "n\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
                "n\n3\nAAAA\n",
                "n\n3\n",
                "\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
            })
    void a_text_that_is_no_head_is_refused(String text) {
        assertThrows(AuditRefusal.class, () -> TreeHead.of(text));
    }

    @Test
    void a_tile_s_path_is_that_of_the_specification() {
        assertEquals("x001/x234/067", TilePath.number(1_234_067));
        assertEquals("tile/0/x001/000.p/7", TilePath.hashes(0, 1_000, 7).text());
        assertEquals("tile/entries/999", TilePath.entries(999, 256).text());
        for (String path : new String[] {"tile/0/x001/000.p/7", "tile/entries/999"}) {
            assertEquals(path, TilePath.of(path).orElseThrow().text());
        }
        for (String path :
                new String[] {"tile/0/x000/001", "tile/8/000", "tile/0/1", "tile/0/000.p/256"}) {
            assertTrue(TilePath.of(path).isEmpty(), path);
        }
    }

    private static String open(String note) throws AuditRefusal {
        return SignedNote.open(note.getBytes(StandardCharsets.UTF_8), KEY);
    }
}
