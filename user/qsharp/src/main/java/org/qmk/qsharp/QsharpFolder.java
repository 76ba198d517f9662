package org.qmk.qsharp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The folder of the user into which the Q# compiler is installed, once for each pin.
///
/// npm checks every file against the hashes of package-lock.json. It works in a folder beside the
/// final one, which appears whole or not at all, also if two processes install at once.
final class QsharpFolder {

    /// What is put into the folder before npm is run.
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "worker.mjs");

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int COMPLAINT_MAX = 300;

    private final Path cache;

    /// @param cache where programs of this user keep what they can make again
    QsharpFolder(Path cache) {
        this.cache = cache;
    }

    Path path() {
        return cache.resolve("qsharp-" + pin());
    }

    boolean isInstalled() {
        return Files.isDirectory(path());
    }

    /// Runs npm.
    void install(Path npm) throws QsharpFailure {
        try {
            Files.createDirectories(cache);
            Path made = Files.createTempDirectory(cache, "qsharp-new-");
            try {
                for (String file : FILES) Files.write(made.resolve(file), resource(file));
                run(npm, made);
                appear(made);
            } finally {
                remove(made);
            }
        } catch (IOException failed) {
            throw new QsharpFailure(QsharpRule.INSTALL, cache, failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new QsharpFailure(QsharpRule.INSTALL, cache, "it was interrupted");
        }
    }

    private void appear(Path made) throws IOException {
        try {
            Files.move(made, path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failed) {
            if (!isInstalled()) throw failed; // else another process was faster
        }
    }

    private void run(Path npm, Path where) throws IOException, InterruptedException, QsharpFailure {
        Process process =
                new ProcessBuilder(
                                npm.toString(),
                                "ci",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--no-update-notifier",
                                "--fetch-retries=1",
                                "--fetch-timeout=30000",
                                "--loglevel=error")
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .start();
        try {
            process.getOutputStream().close();
            var said = new ByteArrayOutputStream();
            Thread reader = Thread.ofVirtual().start(() -> drain(process.getInputStream(), said));
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                String why = "npm took longer than " + DEADLINE.toSeconds() + " s";
                throw new QsharpFailure(QsharpRule.INSTALL, cache, why);
            }
            reader.join();
            if (process.exitValue() != 0) {
                throw new QsharpFailure(QsharpRule.INSTALL, cache, complaint(said));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void drain(InputStream from, ByteArrayOutputStream into) {
        try (from) {
            into.write(from.readNBytes(COMPLAINT_MAX));
            from.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // it has ended; how it ended says why
        }
    }

    private static String complaint(ByteArrayOutputStream said) {
        String text = said.toString(StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "npm gave no reason" : String.join("; ", text.lines().toList());
    }

    private static void remove(Path made) throws IOException {
        if (!Files.exists(made)) return;
        try (var tree = Files.walk(made)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    /// A name for what is installed: another pin, or another worker, is another folder.
    private static String pin() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) digest.update(resource(file));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing); // every JDK has it
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = QsharpFolder.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the jar lacks " + name);
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
