package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    @Test
    void a_long_run_shows_how_far_it_is_and_removes_the_line_at_the_end() {
        Progress progress = progress(true);

        now += SECOND;
        progress.update(50);
        progress.clear();

        assertEquals(
                "\r\u001b[K[###############...............] 50 of 100 shots\r\u001b[K", said());
    }

    @Test
    void a_short_run_shows_nothing() {
        Progress progress = progress(true);

        now += SECOND / 10;
        progress.update(100);
        progress.clear();

        assertEquals("", said());
    }

    @Test
    void the_line_is_not_written_again_at_once() {
        Progress progress = progress(true);

        now += SECOND;
        progress.update(50);
        now += SECOND / 100;
        progress.update(51);

        assertEquals("\r\u001b[K[###############...............] 50 of 100 shots", said());
    }

    @Test
    void a_file_gets_no_progress() {
        Progress progress = progress(false);

        now += SECOND;
        progress.update(50);
        progress.clear();

        assertEquals("", said());
    }

    private Progress progress(boolean errIsTerminal) {
        var traits = new Terminal.Traits(false, errIsTerminal, false, 80, Path.of(""), false);
        var terminal =
                new Terminal(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        traits);
        return new Progress(terminal, 100, "shots", () -> now);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
