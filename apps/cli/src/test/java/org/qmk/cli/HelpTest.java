package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class HelpTest {

    private static final List<String> OF_SERVER = List.of("serve", "backup", "restore");

    /// Every command with its subcommands, as words after `qmk`.
    static Stream<String> commands() {
        List<String> found = new ArrayList<>();
        collect(QmkCommand.commandLine(), found);
        return found.stream();
    }

    private static void collect(CommandLine command, List<String> found) {
        found.add(command.getCommandSpec().qualifiedName());
        command.getSubcommands().values().forEach(next -> collect(next, found));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_goes_to_standard_output_and_fits_a_terminal(String command) {
        var run = Invocation.of(words(command + " --help"));

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("Usage: " + command), run.out());
        for (String line : run.outLines()) assertTrue(line.length() <= 80, line);
        assertFalse(run.out().contains("\u001b"), "no colours in a file");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_examples_of_help_run(String command, @TempDir Path folder) throws IOException {
        Invocation.copyExamples(folder);
        Files.copy(
                Invocation.root()
                        .resolve("user/machine/src/main/resources/org/qmk/machine/module-16.yaml"),
                folder.resolve("my-machine.yaml"));
        SampleLog.extend(folder.resolve("my-log"), 3);
        Files.copy(folder.resolve("my-log/checkpoint"), folder.resolve("my-checkpoint"));
        SampleLog.extend(folder.resolve("my-log"), 5);
        List<String> lines = Invocation.of(words(command + " --help")).outLines();
        int start = lines.indexOf("Example:") + lines.indexOf("Examples:") + 2;

        List<String> examples =
                lines.subList(start, lines.size()).stream().map(String::strip).toList();

        assertTrue(start > 0 && !examples.isEmpty(), "no example: " + lines);
        try (var _ = new StubServer(folder)) {
            run(examples, folder);
        }
    }

    private static void run(List<String> examples, Path folder) {
        for (String example : examples) {
            var run = Invocation.in(folder, words(example));
            // The server is a module of its own, where its examples are run.
            boolean needsServer = OF_SERVER.contains(words(example)[0]);
            ExitCode expected = needsServer ? ExitCode.UNAVAILABLE : ExitCode.DONE;
            assertEquals(expected, run.exitCode(), example + ": " + run.err());
        }
    }

    @Test
    void a_terminal_shows_help_in_colours() {
        assertTrue(helpOn(true).contains("\u001b["));
        assertFalse(helpOn(false).contains("\u001b["), "NO_COLOR");
    }

    private static String helpOn(boolean colors) {
        var out = new ByteArrayOutputStream();
        var traits = new Terminal.Traits(true, true, colors, 80, Invocation.root(), false);
        return Invocation.streamed(traits, InputStream.nullInputStream(), out, out, "run", "--help")
                .out();
    }

    private static String[] words(String line) {
        String[] words = line.split(" ");
        return List.of(words).subList(1, words.length).toArray(new String[0]);
    }
}
