package org.qmk.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A small file system in memory, which can be full or read-only.
public final class Tmpfs implements AutoCloseable {

    public final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /// Mounts one. Nothing, and a line that says why, where this user may not.
    public static Optional<Tmpfs> mount(int megabytes) throws IOException {
        Path folder = Files.createTempDirectory("qmk-tmpfs");
        String options = "size=%dm".formatted(megabytes);
        String said = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        if (said.isEmpty()) return Optional.of(new Tmpfs(folder));
        Files.delete(folder);
        System.out.println("skipped: no file system could be mounted: " + said);
        return Optional.empty();
    }

    public void makeReadOnly() throws IOException {
        String said = run("mount", "-o", "remount,ro", folder.toString());
        if (!said.isEmpty()) throw new IOException(said);
    }

    /// @return what it said when it failed; empty when it did not
    private static String run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        } catch (IOException missing) {
            return missing.getMessage();
        }
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.onExit().join().exitValue() == 0 ? "" : command[0] + " failed: " + said;
    }

    @Override
    public void close() throws IOException {
        String said = run("umount", folder.toString());
        if (!said.isEmpty()) throw new IOException(said);
        Files.delete(folder);
    }
}
