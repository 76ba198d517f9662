package org.qmk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads the files that a command names.
final class InputFile {

    /// The name that stands for standard input.
    static final String STDIN = "-";

    /// The longest array that every JVM gives.
    private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

    private InputFile() {}

    /// All bytes of a file, or of standard input.
    ///
    /// @throws CommandFailure if it cannot be read
    static byte[] read(String name, Terminal terminal) throws CommandFailure {
        try {
            if (name.equals(STDIN)) return upToMax("standard input", terminal.in());
            Path path = terminal.file(name);
            if (Files.isDirectory(path)) {
                throw unreadable(name + " is a folder. Name a file.");
            }
            if (Files.size(path) > BYTES_MAX) throw tooLong(name);
            try (InputStream in = Files.newInputStream(path)) {
                return upToMax(name, in);
            }
        } catch (NoSuchFileException missing) {
            throw unreadable(name + " does not exist. Check the name.");
        } catch (AccessDeniedException denied) {
            throw unreadable(name + " may not be read by you. Change its permissions.");
        } catch (InvalidPathException invalid) {
            throw unreadable(
                    "no file can have the name " + name + ": " + invalid.getReason() + ".");
        } catch (IOException failed) {
            throw unreadable(name + " cannot be read: " + FileTrouble.text(failed) + ".");
        }
    }

    private static byte[] upToMax(String name, InputStream in) throws IOException, CommandFailure {
        byte[] bytes = in.readNBytes(BYTES_MAX);
        if (bytes.length == BYTES_MAX && in.read() >= 0) throw tooLong(name);
        return bytes;
    }

    private static CommandFailure tooLong(String name) {
        return unreadable(name + " is longer than 2 GiB. Split the program.");
    }

    private static CommandFailure unreadable(String message) {
        return new CommandFailure(ExitCode.UNREADABLE, message);
    }
}
