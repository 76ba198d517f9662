package org.qmk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same command once more, in a JVM that starts more slowly and simulates faster: with the
/// simulators' loops in vector registers.
///
/// The launcher says where it is; without one, as in tests, everything stays in this JVM.
final class SecondStart {

    /// What the launcher sets to its own path.
    private static final String LAUNCHER = "qmk.launcher";

    /// Set for the second JVM, and for its launcher.
    private static final String AGAIN = "QMK_AGAIN";

    /// What the JVM says of the Vector API, which is no news to a user.
    private static final String INCUBATOR = "WARNING: Using incubator modules";

    private final List<String> arguments;
    private final String launcher;

    private SecondStart(String launcher, List<String> arguments) {
        this.launcher = launcher;
        this.arguments = arguments;
    }

    /// A second start, if there is a launcher and this JVM is not it already.
    static Optional<SecondStart> of(List<String> arguments) {
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty() || System.getenv(AGAIN) != null) return Optional.empty();
        return Optional.of(new SecondStart(launcher, new ArrayList<>(arguments)));
    }

    /// Ends this JVM when the first one is gone. To be called in the second one.
    static void endWithFirst() {
        if (System.getenv(AGAIN) == null) return;
        ProcessHandle.current()
                .parent()
                .ifPresent(
                        first -> first.onExit().thenRun(() -> Runtime.getRuntime().halt(KILLED)));
    }

    private static final int KILLED = 137;

    /// Runs it to its end.
    ///
    /// @param input what this JVM has read of standard input
    /// @return the exit code
    /// @throws CommandFailure if it cannot be started
    ExitCode run(Optional<byte[]> input, Terminal terminal) throws CommandFailure {
        terminal.flush();
        List<String> line = new ArrayList<>(List.of(launcher));
        line.addAll(arguments);
        var builder = new ProcessBuilder(line);
        builder.environment().put(AGAIN, "1");
        builder.environment().put("QMK_TERMINALS", System.getProperty("qmk.terminals", ""));
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        if (input.isEmpty()) builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            if (input.isPresent()) {
                try (OutputStream to = process.getOutputStream()) {
                    to.write(input.get());
                }
            }
            passOn(process.getErrorStream(), terminal);
            return exitCode(process.waitFor());
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "the command cannot start again with vector registers: " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNAVAILABLE, "the command was interrupted");
        }
    }

    private static ExitCode exitCode(int number) throws CommandFailure {
        for (ExitCode code : ExitCode.values()) if (code.number() == number) return code;
        throw new CommandFailure(
                ExitCode.UNAVAILABLE, "the simulation was ended from outside: exit code " + number);
    }

    /// Passes on what it says as it comes, but for the JVM's first line.
    private static void passOn(InputStream said, Terminal terminal) throws IOException {
        var first = new ByteArrayOutputStream();
        int next = said.read();
        while (next >= 0 && next != '\n') {
            first.write(next);
            next = said.read();
        }
        if (!first.toString(StandardCharsets.UTF_8).startsWith(INCUBATOR)) {
            if (next >= 0) first.write(next);
            first.writeTo(terminal.err());
        }
        byte[] buffer = new byte[1 << 12];
        for (int count = said.read(buffer); count >= 0; count = said.read(buffer)) {
            terminal.err().write(buffer, 0, count);
            terminal.err().flush();
        }
    }
}
