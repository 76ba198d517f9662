package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayCommandTest {

    /// A frame with nothing in it: its head and its hash.
    private static final int END_FRAME_BYTES = 13 + 32;

    @TempDir private Path folder;

    private Path journal;

    @BeforeEach
    void runOnce() {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();
        var run = Invocation.in(folder, "run", bell, "--seed", "7", "--data-dir", "data");
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        journal = folder.resolve("data/journal.qmkj");
    }

    @Test
    void a_journal_as_it_was_written_agrees() {
        var run = Invocation.in(folder, "replay", "data");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertTrue(
                run.out()
                        .matches(
                                "data: all [1-9][0-9]* epochs agree, [1-9][0-9]* inputs,"
                                        + " digest sha256:[0-9a-f]{64}\n"),
                run.out());
    }

    @Test
    void two_runs_of_one_seed_have_the_same_journal() throws IOException {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();
        Invocation.in(folder, "run", bell, "--seed", "7", "--data-dir", "again");

        assertEquals(-1, Files.mismatch(journal, folder.resolve("again/journal.qmkj")));
    }

    @Test
    void a_journal_without_its_end_mark_agrees_with_a_warning() throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - END_FRAME_BYTES));

        var run = Invocation.in(folder, "replay", "data");

        assertEquals(ExitCode.DONE, run.exitCode());
        assertTrue(run.err().startsWith("warning: the journal of data has no end mark"), run.err());
        assertTrue(run.out().startsWith("data: all "), run.out());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1})
    void one_flipped_bit_is_found_and_named(double place) throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        bytes[(int) (place * (bytes.length - 1))] ^= 1;
        Files.write(journal, bytes);

        var run = Invocation.in(folder, "replay", "data");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().matches("(?s)qmk: the journal of data is damaged.*byte [0-9]+.*"));
    }

    @Test
    void an_empty_journal_is_damaged() throws IOException {
        Files.write(journal, new byte[0]);

        var run = Invocation.in(folder, "replay", "data");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("damaged"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", ".", "data/journal.qmkj", "a\0b"})
    void what_holds_no_journal_cannot_be_read(String name) {
        var run = Invocation.in(folder, "replay", name);

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("qmk: "), run.err());
    }
}
