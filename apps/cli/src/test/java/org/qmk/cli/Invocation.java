package org.qmk.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What one run of the command gave.
record Invocation(ExitCode exitCode, String out, String err) {

    /// The top of the sources.
    static Path root() {
        return Path.of(System.getProperty("qmk.root", "../..")).toAbsolutePath().normalize();
    }

    /// Runs the command at the top of the sources.
    static Invocation of(String... arguments) {
        return in(root(), arguments);
    }

    /// Runs the command in a folder.
    static Invocation in(Path folder, String... arguments) {
        return with(folder, new byte[0], arguments);
    }

    /// Runs the command in a folder, with bytes on standard input.
    static Invocation with(Path folder, byte[] in, String... arguments) {
        var out = new ByteArrayOutputStream();
        return streamed(traits(folder), new ByteArrayInputStream(in), out, out, arguments);
    }

    /// Runs the command on any streams.
    ///
    /// @param kept what standard output is taken from afterwards
    static Invocation streamed(
            Terminal.Traits traits,
            InputStream in,
            OutputStream out,
            ByteArrayOutputStream kept,
            String... arguments) {
        var err = new ByteArrayOutputStream();
        var printed = new PrintStream(err, true, StandardCharsets.UTF_8);
        ExitCode exitCode = Main.run(arguments, new Terminal(in, out, printed, traits));
        return new Invocation(
                exitCode,
                kept.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    /// Files and pipes, in a folder.
    static Terminal.Traits traits(Path folder) {
        return new Terminal.Traits(false, false, false, 80, folder, false);
    }

    /// Copies the examples into `folder/examples`.
    static void copyExamples(Path folder) {
        Path examples = root().resolve("examples");
        try (Stream<Path> files = Files.list(examples)) {
            Files.createDirectories(folder.resolve("examples"));
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve("examples").resolve(file.getFileName()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
