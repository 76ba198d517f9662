package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.7, 0.9})
    void a_journal_that_a_crash_tore_agrees_with_a_warning(double place) throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, (int) (place * bytes.length)));

        var run = Invocation.in(folder, "replay", "data");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("warning: the journal of data has no end mark"), run.err());
    }

    @Test
    void a_range_prints_its_epochs_and_compares_no_others() {
        var run = Invocation.in(folder, "replay", "data", "--from", "2", "--to", "3");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        List<String> epochs = run.outLines().stream().filter(s -> s.startsWith("epoch ")).toList();
        assertEquals(List.of("epoch 2", "epoch 3"), epochs);
        assertTrue(run.out().contains("data: all 2 epochs agree"), run.out());
    }

    @Test
    void a_range_without_epochs_fails() {
        var run = Invocation.in(folder, "replay", "data", "--from", "1000");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("qmk: the journal of data has no such epochs.", run.err().strip());
    }

    @Test
    void the_same_simulator_gives_the_recorded_reports_and_another_does_not() {
        var same = Invocation.in(folder, "replay", "data", "--resimulate");
        var other =
                Invocation.in(
                        folder, "replay", "data", "--resimulate", "--simulator", "statevector");

        assertEquals(ExitCode.DONE, same.exitCode(), same.err());
        assertTrue(same.out().endsWith("reports of the simulated machine agree\n"), same.out());
        assertEquals(ExitCode.FAILED, other.exitCode());
        assertTrue(other.err().startsWith("qmk: the report of epoch 4 of data"), other.err());
        assertTrue(other.err().contains("\nrecorded: ") && other.err().contains("\nsimulated: "));
    }

    @Test
    void a_journal_of_another_seed_differs_and_the_lines_that_differ_are_marked() {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();
        Invocation.in(folder, "run", bell, "--seed", "8", "--data-dir", "other");

        var run = Invocation.in(folder, "replay", "data", "--against", "other");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.out().startsWith("epoch 1 is the first that differs\n"), run.out());
        assertTrue(run.out().matches("(?s).*\n! submit [^\n]*seed=7.*"), run.out());
        assertTrue(run.out().matches("(?s).*\n! submit [^\n]*seed=8.*"), run.out());
        assertTrue(run.out().contains("\n  begin routes=[]\n"), run.out());
    }

    @Test
    void another_machine_is_compared_in_a_table() {
        var run = Invocation.in(folder, "replay", "data", "--machine", "module-16");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertTrue(run.out().matches("(?s) +ideal +module-16 +difference\n.*"), run.out());
        assertTrue(
                run.out().matches("(?s).*\nmakespan, epochs +5 +[0-9]+ +\\+[0-9]+\n.*"), run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--against data --from 2",
                "--machine ideal --resimulate",
                "--simulator tableau",
                "--from 3 --to 2",
                "--from 0",
                "--resimulate --simulator none"
            })
    void options_that_do_not_go_together_are_wrong_usage(String options) {
        var words = new ArrayList<>(List.of("replay", "data"));
        words.addAll(List.of(options.split(" ")));

        var run = Invocation.in(folder, words.toArray(new String[0]));

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertEquals("", run.out());
    }
}
