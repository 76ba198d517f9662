package org.qmk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Simulators of others that a Python interpreter can import, each run in a process of its own.
final class PeerSimulators implements AutoCloseable {

    private static final String SCRIPT = "peers.py";

    private final String python;
    private final Path script;
    private final List<String> names;
    private final String trouble;

    private PeerSimulators(String python, Path script, List<String> names, String trouble) {
        this.python = python;
        this.script = script;
        this.names = List.copyOf(names);
        this.trouble = trouble;
    }

    /// Those that the interpreter has; none where there is no such interpreter.
    ///
    /// @throws CommandFailure if no temporary file can be written
    static PeerSimulators of(String python) throws CommandFailure {
        try {
            Path script = Files.createTempFile("qmk-peers-", ".py");
            try (InputStream in = PeerSimulators.class.getResourceAsStream(SCRIPT)) {
                Files.write(script, in.readAllBytes());
            }
            List<String> names = new ArrayList<>();
            String trouble = "";
            try {
                Process process = start(python, script, "list");
                process.getOutputStream().close();
                names.addAll(text(process.getInputStream()).lines().toList());
                if (process.waitFor() != 0) trouble = text(process.getErrorStream()).strip();
            } catch (IOException absent) {
                trouble = absent.getMessage();
            }
            return new PeerSimulators(python, script, names, trouble);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, "no temporary file: " + FileTrouble.text(failed) + ".");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNAVAILABLE, "the command was interrupted");
        }
    }

    List<String> names() {
        return names;
    }

    /// One line for people: what is there, or why nothing is.
    String found() {
        if (!names.isEmpty()) return "peers: " + String.join(", ", names);
        String why =
                trouble.isEmpty()
                        ? "it has none of stim, qiskit-aer and qsimcirq with ply"
                        : trouble;
        return "no peers are compared: " + python + ": " + why;
    }

    /// The seconds that a peer takes, without its start and its reading of the program.
    ///
    /// @return nothing if it fails or takes longer than `secondsMax`
    Optional<Double> seconds(String name, SampleProgram program, int secondsMax) {
        try {
            Process process = start(python, script, name, Integer.toString(program.shots()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(program.text().getBytes(StandardCharsets.US_ASCII));
            }
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            if (process.exitValue() != 0) return Optional.empty();
            return Optional.of(Double.parseDouble(text(process.getInputStream()).strip()));
        } catch (IOException failed) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Process start(String python, Path script, String... arguments)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(python, script.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        script.toFile().delete();
    }
}
