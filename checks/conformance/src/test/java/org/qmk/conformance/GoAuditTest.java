package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;

/// Has Go's own implementation of signed notes and tiled logs read a log of ours. Skipped where Go
/// or its module golang.org/x/mod cannot be had.
final class GoAuditTest {

    private static final long MINUTES_MAX = 5;

    /// Three full tiles of leaves, a partial one, and one of the level above.
    private static final int EPOCHS = 1_000;

    @TempDir private static Path shared;

    private static Path verifier;

    private record Ran(int exit, String output) {}

    @TempDir private Path folder;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path source = Repository.root().resolve("checks/conformance/go-audit");
        Ran found = run(source, "go", "version");
        Assumptions.assumeTrue(found.exit == 0, "skipped: no go on the path: " + found.output);
        Ran loaded = run(source, "go", "mod", "download");
        Assumptions.assumeTrue(
                loaded.exit == 0, "skipped: golang.org/x/mod cannot be had: " + loaded.output);
        verifier = shared.resolve("go-audit");
        Ran built = run(source, "go", "build", "-o", verifier.toString(), ".");
        assertEquals(0, built.exit, built.output);
    }

    @Test
    void go_verifies_every_entry_of_a_log() throws IOException, InterruptedException {
        AuditKey key = writeLog();

        Ran ran = verify(key);

        assertEquals(0, ran.exit, ran.output);
        assertTrue(ran.output.startsWith(EPOCHS + " entries verified"), ran.output);
    }

    @Test
    void go_rejects_one_flipped_bit_in_any_file() throws IOException, InterruptedException {
        AuditKey key = writeLog();
        List<String> files =
                List.of(
                        "checkpoint",
                        "tile/0/000",
                        "tile/0/003.p/232",
                        "tile/1/000.p/3",
                        "tile/entries/002",
                        "tile/entries/003.p/232");
        for (String name : files) {
            Path file = folder.resolve(name);
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[right.length / 2] ^= 1;
            Files.write(file, wrong);

            assertEquals(1, verify(key).exit, name);

            Files.write(file, right);
        }
        assertEquals(0, verify(key).exit);
    }

    @Test
    void go_rejects_another_key() throws IOException, InterruptedException {
        writeLog();

        assertEquals(1, verify(AuditKey.generate("example.org/log")).exit);
    }

    private AuditKey writeLog() throws IOException {
        AuditKey key = AuditKey.generate("example.org/log");
        try (AuditLog log = AuditLog.open(folder, key)) {
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                byte[] bytes = ("epoch " + epoch).getBytes(StandardCharsets.UTF_8);
                var part = new EpochRecord.Part(new TenantId(1 + epoch % 3), bytes);
                log.append(new EpochRecord(epoch, bytes, List.of(part)));
            }
        }
        return key;
    }

    private Ran verify(AuditKey key) throws IOException, InterruptedException {
        return run(folder, verifier.toString(), folder.toString(), key.verifier().text());
    }

    private static Ran run(Path where, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(shared, "output", ".txt");
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(where.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException noSuchProgram) {
            return new Ran(-1, noSuchProgram.getMessage());
        }
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return new Ran(-1, command[0] + " took more than " + MINUTES_MAX + " minutes");
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }
}
