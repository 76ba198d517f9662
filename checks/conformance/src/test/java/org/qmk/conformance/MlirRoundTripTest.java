package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.mlir.MlirReader;
import org.qmk.mlir.MlirReading;
import org.qmk.mlir.MlirWriter;
import org.qmk.mlir.QvmDialect;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.source.Loading;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// A graph that is written as MLIR and read back has the same digest, also if MLIR's own tool has
/// checked and printed it in between.
final class MlirRoundTripTest {

    private static final int GRAPHS = 1_000;
    private static final int GRAPHS_FOR_THE_TOOL = 200;
    private static final long SECONDS_MAX = 120;
    private static final String SPLIT = "\n// -----\n";

    @TempDir private Path folder;

    @Test
    void random_graphs_come_back() {
        TreeMap<String, Graph> graphs = random(GRAPHS);

        assertTrue(graphs.size() > GRAPHS / 4, () -> "only " + graphs.size() + " graphs");
        graphs.forEach(MlirRoundTripTest::check);
    }

    @Test
    void programs_come_back() throws IOException {
        TreeMap<String, Graph> programs = programs();

        assertTrue(programs.size() > 100, () -> "only " + programs.size() + " programs");
        programs.forEach(MlirRoundTripTest::check);
    }

    @Test
    void programs_of_the_corpora_come_back() throws IOException {
        Path corpus = Repository.shared("qir").getParent();
        int checked = 0;
        try (var tree = Files.walk(corpus)) {
            for (Path file : (Iterable<Path>) tree.sorted()::iterator) {
                String name = file.toString();
                boolean program = name.endsWith(".ll") || name.endsWith(".qasm");
                if (!program || Files.size(file) > 100_000) continue;
                if (Loading.of(name, Files.readAllBytes(file)) instanceof Loading.Accepted ok) {
                    check(name, ok.program().graph());
                    checked++;
                }
            }
        }
        int count = checked;
        assertTrue(count > 150, () -> "only " + count + " programs");
    }

    @Test
    void the_tool_of_mlir_takes_what_is_written_and_what_it_prints_comes_back()
            throws IOException, InterruptedException {
        String tool = tool();
        TreeMap<String, Graph> graphs = programs();
        graphs.putAll(random(GRAPHS_FOR_THE_TOOL));
        List<String> modules = graphs.values().stream().map(MlirWriter::write).toList();

        Run run = run(tool, String.join(SPLIT, modules));

        assertEquals(0, run.exitCode, run.complaint);
        String[] printed = run.out.split("// -----");
        assertEquals(modules.size(), printed.length);
        int i = 0;
        for (var entry : graphs.entrySet()) {
            expectSame(entry.getKey(), entry.getValue(), printed[i++]);
        }
    }

    @Test
    void the_tool_of_mlir_refuses_what_the_dialect_refuses()
            throws IOException, InterruptedException {
        String tool = tool();
        String good = MlirWriter.write(graph("examples/teleport.qasm"));
        List<String> bad = new ArrayList<>();
        bad.add(good.replaceFirst("apply_tdg\"\\(%magic", "apply_tdg\"(%alloc"));
        bad.add(good.replaceFirst("angle = [0-9.]+ : f64, ", ""));
        bad.add(good.replaceFirst("apply_cnot\"\\(%q6, %q3\\)", "apply_cnot\"(%q6, %alloc)"));

        for (String each : bad) {
            assertNotEquals(good, each);
            Run run = run(tool, each);
            assertNotEquals(0, run.exitCode, each);
            assertInstanceOf(MlirReading.Failed.class, read(each), each);
        }
    }

    private static Graph graph(String file) throws IOException {
        byte[] source = Files.readAllBytes(Repository.root().resolve(file));
        return assertInstanceOf(Loading.Accepted.class, Loading.of(file, source)).program().graph();
    }

    private static TreeMap<String, Graph> random(int count) {
        TreeMap<String, Graph> graphs = new TreeMap<>();
        for (long seed = 0; seed < count; seed++) {
            if (Verifier.verify(RandomGraph.of(seed)) instanceof Verified program) {
                graphs.put("seed " + seed, program.graph());
            }
        }
        return graphs;
    }

    /// Examples, and every program of the scripts that is accepted.
    private static TreeMap<String, Graph> programs() throws IOException {
        TreeMap<String, Graph> programs = new TreeMap<>();
        try (var files = Files.list(Repository.examples())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                byte[] source = Files.readAllBytes(file);
                if (Loading.of(file.toString(), source) instanceof Loading.Accepted ok) {
                    programs.put(file.toString(), ok.program().graph());
                }
            }
        }
        for (Script script : ScriptReader.readAll(Repository.scripts())) {
            Judgement judgement = Judgement.of(script, Limits.DEFAULT);
            if (judgement instanceof Judgement.Accepted(var program)) {
                programs.put(script.title(), program.graph());
            }
        }
        return programs;
    }

    private static void check(String name, Graph graph) {
        expectSame(name, graph, MlirWriter.write(graph));
    }

    private static void expectSame(String name, Graph graph, String module) {
        MlirReading reading = read(module);

        var ok =
                assertInstanceOf(
                        MlirReading.Ok.class, reading, () -> name + ": " + reading + "\n" + module);
        assertEquals(ScriptCheck.digest(graph), ScriptCheck.digest(ok.graph()), name);
    }

    private static MlirReading read(String module) {
        return MlirReader.read(module.getBytes(StandardCharsets.UTF_8), "m.mlir");
    }

    private record Run(int exitCode, String out, String complaint) {}

    private Run run(String tool, String modules) throws IOException, InterruptedException {
        Path dialect = Files.writeString(folder.resolve("qvm.irdl.mlir"), QvmDialect.irdl());
        Path in = Files.writeString(folder.resolve("in.mlir"), modules);
        Path out = folder.resolve("out.mlir");
        Path complaint = folder.resolve("complaint");
        Process process =
                new ProcessBuilder(
                                tool,
                                "--irdl-file=" + dialect,
                                "--split-input-file",
                                "--mlir-print-op-generic",
                                in.toString())
                        .redirectOutput(out.toFile())
                        .redirectError(complaint.toFile())
                        .start();
        assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "mlir-opt never ended");
        return new Run(process.exitValue(), Files.readString(out), Files.readString(complaint));
    }

    /// MLIR's tool; skips the test where there is none.
    private String tool() throws IOException, InterruptedException {
        Path found = folder.resolve("tool");
        Path why = folder.resolve("why");
        Path script = Repository.root().resolve("checks/conformance/mlir-opt");
        Process process =
                new ProcessBuilder("sh", script.toString())
                        .redirectOutput(found.toFile())
                        .redirectError(why.toFile())
                        .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) process.destroyForcibly();
        boolean has = ended && process.exitValue() == 0;
        assumeTrue(has, () -> "skipped: " + (ended ? text(why) : "installing took too long"));
        return Files.readString(found).strip();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            return failed.toString();
        }
    }
}
