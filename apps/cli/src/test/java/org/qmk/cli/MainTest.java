package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

    @Test
    void the_command_alone_prints_its_usage_and_is_wrong() {
        var run = Invocation.of();

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().contains("Usage: qmk [-h] COMMAND"), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fly",
                "--fly",
                "run",
                "run a.qasm b.qasm",
                "run a.qasm --shots",
                "run a.qasm --shots 0",
                "run a.qasm --shots -1",
                "run a.qasm --shots 1.5",
                "run a.qasm --shots 1099511627777",
                "run a.qasm --shots 99999999999999999999",
                "run a.qasm --seed 0x",
                "run a.qasm --seed 18446744073709551616",
                "run a.qasm --seed -9223372036854775809",
                "run a.qasm --format xml",
                "run a.qasm --top 0",
                "run a.qasm --noise 0.1",
                "run a.qasm --shots 1 --shots 2",
                "verify",
                "verify a.qasm --format csv",
                "compile",
                "compile a.qasm --to mlr",
                "compile a.qasm -O 4",
                "replay",
                "replay a b",
                "machine",
                "machine show",
                "machine fly",
                "version now",
                "completion fish",
                "doc opcodes rules",
            })
    void wrong_usage_is_said_in_a_line_with_the_way_to_help(String line) {
        var run = Invocation.of(line.split(" "));

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("qmk") || run.err().contains("Usage: qmk"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void a_word_that_is_close_to_an_option_is_suggested() {
        var run = Invocation.of("run", "examples/bell.qasm", "--sed", "1");

        assertTrue(run.err().contains("Did you mean --seed"), run.err());
        assertTrue(run.err().contains("Try 'qmk run --help'."), run.err());
    }

    @Test
    void a_bug_is_reported_with_the_command_and_without_a_stack_trace() {
        var run = failingInput(new IllegalStateException("two and two is five"), false);

        assertEquals(ExitCode.BUG, run.exitCode());
        assertTrue(run.err().contains("please report it"), run.err());
        assertTrue(run.err().contains("two and two is five"), run.err());
        assertTrue(run.err().contains("command: qmk verify -"), run.err());
        assertTrue(run.err().contains("QMK_DEBUG=1"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void a_bug_shows_its_stack_trace_when_asked_to() {
        var run = failingInput(new IllegalStateException("two and two is five"), true);

        assertEquals(ExitCode.BUG, run.exitCode());
        assertTrue(run.err().contains("\tat "), run.err());
    }

    @Test
    void running_out_of_stack_is_a_bug() {
        var run = failingInput(new StackOverflowError(), false);

        assertEquals(ExitCode.BUG, run.exitCode());
    }

    @Test
    void running_out_of_memory_says_how_to_give_more() {
        var run = failingInput(new OutOfMemoryError("Java heap space"), false);

        assertEquals(ExitCode.UNAVAILABLE, run.exitCode());
        assertTrue(run.err().contains("QMK_JAVA_OPTS=-Xmx"), run.err());
    }

    @Test
    void a_bug_after_the_seed_was_chosen_names_the_seed() {
        var out = failing(new IllegalStateException("no"));

        var run =
                Invocation.streamed(
                        Invocation.traits(Invocation.root()),
                        InputStream.nullInputStream(),
                        out,
                        new ByteArrayOutputStream(),
                        "run",
                        "examples/bell.qasm",
                        "--seed",
                        "42");

        assertEquals(ExitCode.BUG, run.exitCode());
        assertTrue(run.err().contains("seed:    42"), run.err());
    }

    @Test
    void a_reader_that_went_away_is_no_failure() {
        var run = printingTo(failing(new IOException("Broken pipe")));

        assertEquals(ExitCode.DONE, run.exitCode());
        assertEquals("", run.err());
    }

    @Test
    void output_that_cannot_be_written_is_a_failure() {
        var run = printingTo(failing(new IOException("No space left on device")));

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                "qmk: standard output cannot be written: No space left on device.",
                run.err().strip());
    }

    @Test
    void output_that_cannot_be_flushed_is_a_failure() {
        var out =
                new ByteArrayOutputStream() {
                    @Override
                    public void flush() throws IOException {
                        throw new IOException("No space left on device");
                    }
                };

        assertEquals(ExitCode.FAILED, printingTo(out).exitCode());
    }

    @Test
    void what_steers_a_terminal_is_shown_rather_than_obeyed() {
        var run = Invocation.of("run", "\u001b[31mred.qasm");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertFalse(run.err().contains("\u001b"), run.err());
        assertTrue(run.err().contains("\\u001b[31mred.qasm"), run.err());
    }

    private static Invocation printingTo(OutputStream out) {
        return Invocation.streamed(
                Invocation.traits(Invocation.root()),
                InputStream.nullInputStream(),
                out,
                new ByteArrayOutputStream(),
                "version");
    }

    /// Standard output that throws at the first byte.
    private static OutputStream failing(Exception thrown) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (thrown instanceof IOException io) throw io;
                throw (RuntimeException) thrown;
            }
        };
    }

    /// Runs verify with a standard input that throws.
    private static Invocation failingInput(Throwable thrown, boolean stackTraces) {
        var in =
                new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public byte[] readNBytes(int length) {
                        if (thrown instanceof Error error) throw error;
                        throw (RuntimeException) thrown;
                    }
                };
        var out = new ByteArrayOutputStream();
        var traits = new Terminal.Traits(false, false, false, 80, Invocation.root(), stackTraces);
        return Invocation.streamed(traits, in, out, out, "verify", "-");
    }
}
