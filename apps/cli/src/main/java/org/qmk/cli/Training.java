package org.qmk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Runs what users run most, in one process and without output. The launcher does so after a build
/// and lets the JVM keep the classes that were loaded, which halves the time of a start.
final class Training {

    private static final byte[] BELL =
            """
            OPENQASM 3.0;
            include "stdgates.inc";
            qubit[2] q;
            bit[2] c;
            h q[0];
            cx q[0], q[1];
            c = measure q;
            """
                    .getBytes(StandardCharsets.UTF_8);

    /// Neither Clifford nor straight.
    private static final byte[] FEEDBACK =
            """
            OPENQASM 3.0;
            include "stdgates.inc";
            qubit[2] q;
            bit[2] c;
            ry(pi / 3) q[0];
            ctrl @ t q[0], q[1];
            c[0] = measure q[0];
            if (c[0] == 1) x q[1];
            c[1] = measure q[1];
            """
                    .getBytes(StandardCharsets.UTF_8);

    private Training() {}

    /// Fails if a command does.
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("qmk-training");
        try {
            Files.write(folder.resolve("bell.qasm"), BELL);
            Files.write(folder.resolve("feedback.qasm"), FEEDBACK);
            for (List<String> command : commands()) run(command, folder);
        } finally {
            delete(folder);
        }
    }

    private static List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        for (String form : List.of("qvm", "qvm.json", "qvm.pb")) {
            commands.add(List.of("compile", "bell.qasm", "-o", "bell." + form));
        }
        for (String file : List.of("bell.qasm", "bell.qvm", "bell.qvm.json", "bell.qvm.pb")) {
            commands.add(List.of("verify", file));
            commands.add(List.of("run", file));
        }
        commands.add(List.of("run", "feedback.qasm", "--format", "json"));
        commands.add(List.of("run", "bell.qasm", "--format", "csv", "--data-dir", "data"));
        commands.add(List.of("run", "bell.qasm", "--machine", "module-16"));
        commands.add(List.of("replay", "data"));
        commands.add(List.of("compile", "bell.qasm", "--to", "qasm3"));
        commands.add(List.of("verify", "bell.qasm", "--format", "json"));
        commands.add(List.of("machine", "list"));
        commands.add(List.of("doc", "rules"));
        for (String command :
                List.of(
                        "gen --code surface_code --task rotated_memory_z -d 3 -r 3 --p 0.01 -o"
                                + " m.stim",
                        "dem m.stim --decompose-errors -o m.dem",
                        "detect m.stim --shots 1100 --threads 1 --out-format b8 -o m.b8",
                        "sample m.stim --shots 10 -o m.01",
                        "decode m.b8 --dem m.dem --in-format b8")) {
            List<String> words = new ArrayList<>(List.of("qec"));
            words.addAll(List.of(command.split(" ")));
            commands.add(words);
        }
        commands.add(List.of("version"));
        commands.add(List.of("--help"));
        return commands;
    }

    private static void run(List<String> command, Path folder) {
        var traits = new Terminal.Traits(false, false, false, 80, folder, true);
        var said = new ByteArrayOutputStream();
        var err = new PrintStream(said, true, StandardCharsets.UTF_8);
        var terminal =
                new Terminal(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        err,
                        traits);
        ExitCode exitCode = Main.run(command.toArray(new String[0]), terminal);
        if (exitCode != ExitCode.DONE) {
            throw new IllegalStateException(
                    "qmk " + String.join(" ", command) + ": " + said.toString(err.charset()));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
