package org.qmk.qec.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;

/// Sinter reads and adds up the counts that `SinterTable` writes. Needs its Python package,
/// `sinter`; `QMK_PYTHON` may name the Python that has it.
final class SinterPeerTest {

    private static final long SECONDS_MAX = 120;

    private static final String SCRIPT =
            """
            import sys
            import sinter
            for stat in sinter.read_stats_from_csv_files(sys.argv[1]):
                print(stat.shots, stat.errors, stat.discards, stat.seconds, stat.decoder,
                      stat.json_metadata["d"], stat.json_metadata["path"], stat.strong_id,
                      dict(stat.custom_counts))
            """;

    @TempDir private Path folder;

    @Test
    void counts_of_the_same_circuit_are_added_up_by_sinter()
            throws IOException, InterruptedException, QecFailure {
        String python = Optional.ofNullable(System.getenv("QMK_PYTHON")).orElse("python3");
        assumeTrue(has(python), "skipped: no package sinter for " + python);
        Circuit circuit = Circuit.parse("M 0\n");
        var fields = new LinkedHashMap<String, Object>();
        fields.put("d", 3);
        fields.put("path", "a\"b,c");
        String metadata = SinterTable.json(fields);
        DecoderKind relay = DecoderKind.RELAY;
        DecoderKind none = DecoderKind.POSTSELECT;
        Path table = folder.resolve("counts.csv");
        Files.writeString(
                table,
                SinterTable.HEADER
                        + SinterTable.row(new MemoryTally(1_000, 7, 0.25), circuit, relay, metadata)
                        + SinterTable.row(new MemoryTally(500, 2, 30, 0.5), circuit, none, metadata)
                        + SinterTable.row(
                                new MemoryTally(2_000, 1, 0.5), circuit, relay, metadata));

        Process process =
                new ProcessBuilder(python, "-c", SCRIPT, table.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> lines = process.inputReader().lines().sorted().toList();

        assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "sinter never ended");
        assertEquals(0, process.exitValue());
        String both = SinterTable.strongId(circuit, relay, metadata);
        String other = SinterTable.strongId(circuit, none, metadata);
        assertEquals(
                List.of(
                        "3000 8 0 0.75 relay 3 a\"b,c " + both + " {}",
                        "500 2 30 0.5 postselect 3 a\"b,c " + other + " {}"),
                lines);
    }

    private static boolean has(String python) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(python, "-c", "import sinter")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false; // there is no Python
        }
    }
}
