package org.qmk.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The streams of one command, and what is known of them.
///
/// Standard output never loses a byte silently: a reader that went away ends the output quietly,
/// any other trouble is a failure.
final class Terminal {

    /// What is behind the streams.
    ///
    /// @param outIsTerminal whether people read standard output directly
    /// @param errIsTerminal the same of standard error
    /// @param colors whether escape sequences for colours may be used on a terminal
    /// @param columns characters in a line
    /// @param folder what relative file names are relative to
    /// @param stackTraces whether a bug's stack trace is printed
    /// @param environment variables of the process
    record Traits(
            boolean outIsTerminal,
            boolean errIsTerminal,
            boolean colors,
            int columns,
            Path folder,
            boolean stackTraces,
            Map<String, String> environment) {

        private static final int COLUMNS_DEFAULT = 80;
        private static final int COLUMNS_MIN = 40;

        Traits {
            environment = Map.copyOf(environment);
        }

        /// Without an environment.
        Traits(
                boolean outIsTerminal,
                boolean errIsTerminal,
                boolean colors,
                int columns,
                Path folder,
                boolean stackTraces) {
            this(outIsTerminal, errIsTerminal, colors, columns, folder, stackTraces, Map.of());
        }

        /// Nothing but files and pipes.
        static final Traits PLAIN =
                new Traits(false, false, false, COLUMNS_DEFAULT, Path.of(""), false);

        /// What the launcher found out: Java cannot tell whether a stream is a terminal.
        private static Traits ofProcess() {
            String terminals = System.getProperty("qmk.terminals", "");
            String noColor = System.getenv("NO_COLOR");
            return new Traits(
                    terminals.contains("out"),
                    terminals.contains("err"),
                    noColor == null || noColor.isEmpty(),
                    columns(System.getenv("COLUMNS")),
                    Path.of(""),
                    "1".equals(System.getenv("QMK_DEBUG")),
                    System.getenv());
        }

        private static int columns(String stated) {
            boolean known = stated != null && stated.matches("[1-9][0-9]{0,3}");
            if (!known) return COLUMNS_DEFAULT;
            return Math.max(COLUMNS_MIN, Integer.parseInt(stated));
        }
    }

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;
    private final Traits traits;

    /// Whether nobody reads standard output any more.
    private boolean outClosed;

    Terminal(InputStream in, OutputStream out, PrintStream err, Traits traits) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.traits = traits;
    }

    static Terminal ofProcess() {
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
        return new Terminal(System.in, out, System.err, Traits.ofProcess());
    }

    InputStream in() {
        return in;
    }

    Traits traits() {
        return traits;
    }

    /// Where stack traces go.
    PrintStream err() {
        return err;
    }

    /// Where a file of the given name is.
    ///
    /// @throws java.nio.file.InvalidPathException if no file can have that name
    Path file(String name) {
        return traits.folder().resolve(name);
    }

    /// A variable of the environment; nothing if it is unset or empty.
    Optional<String> variable(String name) {
        return Optional.ofNullable(traits.environment().get(name))
                .filter(value -> !value.isEmpty());
    }

    /// Writes to standard output.
    void print(String text) throws CommandFailure {
        print(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes to standard output.
    void print(byte[] bytes) throws CommandFailure {
        if (outClosed) return;
        try {
            out.write(bytes);
        } catch (IOException failed) {
            outFailed(failed);
        }
    }

    /// Hands everything printed so far to whoever reads it.
    void flush() throws CommandFailure {
        err.flush();
        if (outClosed) return;
        try {
            out.flush();
        } catch (IOException failed) {
            outFailed(failed);
        }
    }

    private void outFailed(IOException failed) throws CommandFailure {
        outClosed = true;
        String reason = String.valueOf(failed.getMessage());
        if (reason.contains("Broken pipe")) return;
        throw new CommandFailure(
                ExitCode.FAILED, "standard output cannot be written: " + reason + ".");
    }

    /// Writes a line to standard error. What steers a terminal is shown, not obeyed: a message may
    /// quote a file.
    void say(String line) {
        var shown = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            if (control) shown.append("\\u%04x".formatted((int) c));
            else shown.append(c);
        }
        err.println(shown);
    }

    /// Writes a line to standard error that the next one takes the place of.
    void sayInPlace(String line) {
        err.print("\r\u001b[K" + line);
        err.flush();
    }
}
