package org.qmk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;

/// Writes files whole or not at all.
final class OutputFile {

    private OutputFile() {}

    /// Puts the bytes into a file. Whoever reads it sees the old content or the new one; if writing
    /// fails, the old one stays.
    ///
    /// @throws CommandFailure if it cannot be written
    static void write(String name, byte[] bytes, Terminal terminal) throws CommandFailure {
        try {
            Path path = terminal.file(name);
            if (Files.isDirectory(path)) throw failed(name + " is a folder. Name a file.");
            if (Files.exists(path)) path = path.toRealPath();
            boolean special = Files.exists(path) && !Files.isRegularFile(path);
            if (special) {
                Files.write(path, bytes, StandardOpenOption.WRITE);
            } else {
                replace(path, bytes);
            }
        } catch (NoSuchFileException missing) {
            throw failed(name + " is in a folder that does not exist. Make the folder first.");
        } catch (AccessDeniedException denied) {
            throw failed(name + " may not be written by you. Name another file.");
        } catch (InvalidPathException invalid) {
            throw failed("no file can have the name " + name + ": " + invalid.getReason() + ".");
        } catch (IOException broken) {
            throw failed(name + " cannot be written: " + FileTrouble.text(broken) + ".");
        }
    }

    /// Writes a text into the file, and says so; to standard output where no file is named.
    static void writeOrPrint(Optional<String> name, String text, Terminal terminal)
            throws CommandFailure {
        if (name.isPresent()) {
            write(name.get(), text.getBytes(StandardCharsets.UTF_8), terminal);
            terminal.say("wrote " + name.get());
        } else {
            terminal.print(text);
        }
    }

    private static void replace(Path path, byte[] bytes) throws IOException {
        long process = ProcessHandle.current().pid();
        Path unfinished = path.resolveSibling("." + path.getFileName() + "." + process + ".new");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                out.write(bytes);
            }
            if (Files.exists(path)) keepPermissions(path, unfinished);
            Files.move(
                    unfinished,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        var attributes = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (attributes == null) return; // a file system without them
        Files.setPosixFilePermissions(to, attributes.readAttributes().permissions());
    }

    private static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }
}
