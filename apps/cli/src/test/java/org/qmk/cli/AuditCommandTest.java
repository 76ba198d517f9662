package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.runtime.audit.AuditKey;

final class AuditCommandTest {

    private static final String KEY = "log/audit.pub";

    @TempDir private Path folder;

    @BeforeEach
    void writeLog() {
        SampleLog.extend(folder.resolve("log"), 5);
    }

    @Test
    void a_log_is_verified_with_the_key_in_a_file_or_as_it_is() throws IOException {
        String key = Files.readString(folder.resolve(KEY)).strip();

        var byFile = Invocation.in(folder, "audit", "verify", "log", "--key", KEY);
        var byText = Invocation.in(folder, "audit", "verify", "log", "--key", key);

        assertEquals(ExitCode.DONE, byFile.exitCode(), byFile.err());
        assertTrue(
                byFile.out()
                        .matches(
                                "log: verified, all 5 epochs, 1 to 5, signed by"
                                        + " example.org/log\\+[0-9a-f]{8},"
                                        + " root sha256:[0-9a-f]{64}\n"),
                byFile.out());
        assertEquals(byFile, byText);
    }

    @Test
    void a_log_in_a_data_folder_is_found() {
        SampleLog.extend(folder.resolve("data/audit"), 2);

        var run = Invocation.in(folder, "audit", "verify", "data", "--key", "data/audit/audit.pub");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
    }

    @Test
    void a_changed_entry_is_named() throws IOException {
        flipLastByte("log/tile/entries/000.p/5");

        var run = Invocation.in(folder, "audit", "verify", "log", "--key", KEY);

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.out());
        assertEquals(
                "qmk: the log of log is refused: entry 4 does not match its hash in"
                        + " tile/0/000.p/5.\n",
                run.err());
    }

    @Test
    void another_key_does_not_verify() {
        String other = AuditKey.generate("example.org/log").verifier().text();

        var run = Invocation.in(folder, "audit", "verify", "log", "--key", other);

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("it is not signed by example.org/log+"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", ".", "a\0b"})
    void what_is_no_log_cannot_be_read(String name) {
        var run = Invocation.in(folder, "audit", "verify", name, "--key", KEY);

        assertEquals(ExitCode.UNREADABLE, run.exitCode(), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "log/checkpoint", "a\0b"})
    void what_is_no_key_cannot_be_read(String key) {
        var run = Invocation.in(folder, "audit", "verify", "log", "--key", key);

        assertEquals(ExitCode.UNREADABLE, run.exitCode(), run.err());
    }

    @Test
    void a_key_must_be_given() {
        var run = Invocation.in(folder, "audit", "verify", "log");

        assertEquals(ExitCode.USAGE, run.exitCode());
    }

    @Test
    void a_view_is_made_and_verified_without_the_log() throws IOException {
        var prove = Invocation.in(folder, "audit", "prove", "log", "--tenant", "2", "-o", "v");
        Files.copy(folder.resolve(KEY), folder.resolve("key"));
        Files.move(folder.resolve("log"), folder.resolve("gone"));
        var verify = Invocation.in(folder, "audit", "verify", "v", "--key", "key");

        assertEquals("log: 5 epochs of tenant 2, written to v\n", prove.out(), prove.err());
        assertEquals(ExitCode.DONE, verify.exitCode(), verify.err());
        assertTrue(
                verify.out().startsWith("v: verified, 5 epochs of tenant 2 in a log of 5, signed"),
                verify.out());
    }

    @Test
    void a_view_under_another_tenant_s_number_is_refused() throws IOException {
        Invocation.in(folder, "audit", "prove", "log", "--tenant", "2", "-o", "v");
        Path view = folder.resolve("v");
        Files.writeString(view, Files.readString(view).replace("\"tenant\":2", "\"tenant\":1"));

        var run = Invocation.in(folder, "audit", "verify", "v", "--key", KEY);

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                "qmk: the view v is refused: the part of epoch 1 is not proved to be tenant 1's.\n",
                run.err());
    }

    @Test
    void a_log_without_its_private_folder_proves_nothing_but_is_verified() throws IOException {
        Files.move(folder.resolve("log/private"), folder.resolve("elsewhere"));

        var prove = Invocation.in(folder, "audit", "prove", "log", "--tenant", "2", "-o", "v");
        var verify = Invocation.in(folder, "audit", "verify", "log", "--key", KEY);

        assertEquals(ExitCode.UNREADABLE, prove.exitCode(), prove.err());
        assertEquals(ExitCode.DONE, verify.exitCode(), verify.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "2147483648"})
    void what_is_no_tenant_is_wrong_usage(String tenant) {
        var run = Invocation.in(folder, "audit", "prove", "log", "--tenant", tenant, "-o", "v");

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
    }

    @Test
    void a_log_that_grew_is_consistent_with_its_older_head() throws IOException {
        Files.copy(folder.resolve("log/checkpoint"), folder.resolve("old"));
        SampleLog.extend(folder.resolve("log"), 300);

        var run =
                Invocation.in(folder, "audit", "consistency", "log", "--old", "old", "--key", KEY);

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("log: its 300 epochs begin with the 5 of old\n", run.out());
    }

    @Test
    void a_log_that_was_written_anew_is_not_consistent_with_its_older_head() throws IOException {
        Files.move(folder.resolve("log"), folder.resolve("before"));
        Files.createDirectory(folder.resolve("log"));
        for (String name : new String[] {"audit.key", "audit.pub"}) {
            Files.copy(folder.resolve("before").resolve(name), folder.resolve("log").resolve(name));
        }
        SampleLog.extend(folder.resolve("log"), 9); // the same epochs, blinded anew

        var run =
                Invocation.in(
                        folder,
                        "audit",
                        "consistency",
                        "log",
                        "--old",
                        "before/checkpoint",
                        "--key",
                        KEY);

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(
                run.err().contains("the log of 9 epochs does not begin with the 5 of"), run.err());
    }

    private void flipLastByte(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(name), bytes);
    }
}
