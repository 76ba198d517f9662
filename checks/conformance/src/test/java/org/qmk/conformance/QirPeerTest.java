package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.qir.QirWriter;
import org.qmk.qir.QirWritten;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// The QIR runner of Microsoft takes what is written as QIR, and its results fit the exact
/// distribution of the graph. Needs its Python package, `qirrunner`; `QMK_PYTHON` may name the
/// Python that has it.
final class QirPeerTest {

    private static final int GRAPHS = 300;
    private static final int SHOTS = 300;
    private static final long SECONDS_MAX = 300;

    private static final String SCRIPT =
            """
            import sys
            from qirrunner import run, OutputHandler
            for file in sys.argv[2:]:
                handler = OutputHandler()
                run(file, shots=int(sys.argv[1]), rng_seed=5, output_fn=handler.handle)
                key = ""
                for line in handler.get_output().splitlines():
                    fields = line.split("\\t")
                    if fields[0] == "OUTPUT" and fields[1] in ("RESULT", "BOOL"):
                        key += "1" if fields[2] in ("1", "true") else "0"
                    if fields[0] == "END":
                        print(file + "\\t" + key)
                        key = ""
            """;

    @TempDir private Path folder;

    @Test
    void the_runner_of_others_gives_the_results_of_random_graphs()
            throws IOException, InterruptedException {
        String python = Optional.ofNullable(System.getenv("QMK_PYTHON")).orElse("python3");
        assumeTrue(has(python), "skipped: no package qirrunner for " + python);
        TreeMap<String, TreeMap<String, Double>> exact = new TreeMap<>();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(python, "-c", SCRIPT, Integer.toString(SHOTS)));
        for (long seed = 0; seed < GRAPHS; seed++) write(seed, exact);
        command.addAll(exact.keySet());

        Path printed = folder.resolve("printed");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(printed.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "the runner never ended");

        assertEquals(0, process.exitValue());
        TreeMap<String, TreeMap<String, Long>> counts = new TreeMap<>();
        for (String line : Files.readAllLines(printed, StandardCharsets.UTF_8)) {
            String[] fields = line.split("\t", -1);
            counts.computeIfAbsent(fields[0], _ -> new TreeMap<>()).merge(fields[1], 1L, Long::sum);
        }
        assertTrue(exact.size() > GRAPHS / 20, () -> "only " + exact.size() + " programs");
        assertEquals(exact.keySet(), counts.keySet());
        counts.forEach(
                (file, seen) ->
                        assertEquals(
                                Optional.empty(),
                                new Sample(seen).objection(exact.get(file)),
                                () -> file));
    }

    private static boolean has(String python) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(python, "-c", "import qirrunner")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false; // there is no Python
        }
    }

    private void write(long seed, TreeMap<String, TreeMap<String, Double>> exact)
            throws IOException {
        if (!(Verifier.verify(RandomGraph.of(seed)) instanceof Verified program)) return;
        if (!(QirWriter.write(program.graph()) instanceof QirWritten.Text(var text))) return;
        try {
            Path file = folder.resolve("graph" + seed + ".ll");
            exact.put(file.toString(), ExactDistribution.of(program.graph()));
            Files.writeString(file, text);
        } catch (ExactDistribution.TooLargeException large) {
            return; // too many paths to enumerate
        }
    }
}
