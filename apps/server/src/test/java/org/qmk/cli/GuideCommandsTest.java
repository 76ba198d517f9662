package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.server.SampleFolder;

/// Runs what the guides show, in a folder that a server left behind.
final class GuideCommandsTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```console\\n(.*?)```");

    @TempDir private Path folder;

    private static Path root() {
        return Path.of(System.getProperty("qmk.root", "../..")).toAbsolutePath().normalize();
    }

    private void run(String line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var traits = new Terminal.Traits(false, false, false, 80, folder, false);
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        traits);
        ExitCode exitCode = Main.run(line.split(" "), terminal);
        assertEquals(ExitCode.DONE, exitCode, line + "\n" + err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator.md", "auditor.md"})
    void every_command_of_a_guide_runs(String guide) throws Exception {
        SampleFolder.make(folder.resolve("qmk-data"));
        Files.copy(folder.resolve("qmk-data/audit/checkpoint"), folder.resolve("qmk-checkpoint"));
        Files.createDirectory(folder.resolve("ops"));
        Files.copy(root().resolve("ops/qmk.yaml"), folder.resolve("ops/qmk.yaml"));

        int shown = 0;
        Matcher block = BLOCK.matcher(Files.readString(root().resolve("docs/guide/" + guide)));
        while (block.find()) {
            for (String line : block.group(1).split("\n")) {
                assertTrue(line.startsWith("$ ./qmk "), line);
                run(line.substring("$ ./qmk ".length()));
                shown++;
            }
        }
        assertTrue(shown > 3, guide);
    }

    @Test
    void what_is_wrong_in_a_configuration_is_said_all_at_once() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("bad.yaml"), "drain_seconds: -1\notlp: nowhere\nqueue: 0\n");
        var err = new ByteArrayOutputStream();
        var traits = new Terminal.Traits(false, false, false, 80, folder, false);
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        traits);

        ExitCode exitCode =
                Main.run(new String[] {"serve", "--check", "--config", file.toString()}, terminal);

        assertEquals(ExitCode.FAILED, exitCode);
        for (String setting : new String[] {"drain_seconds", "otlp", "queue"}) {
            assertTrue(err.toString(StandardCharsets.UTF_8).contains(setting + " is"), setting);
        }
    }
}
