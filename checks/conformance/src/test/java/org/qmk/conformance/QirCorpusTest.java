package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qmk.qir.QirReader;
import org.qmk.qir.QirReading;
import org.qmk.qir.QirSchema;
import org.qmk.qir.QirSettings;
import org.qmk.sim.Choice;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// QIR that compilers of others wrote: every program loads, verifies and runs, and records what
/// their own runner records.
final class QirCorpusTest {

    private static final int SHOTS = 256;
    private static final long SEED = 11;

    /// Programs whose records a seed decides.
    private static final Set<String> RANDOM = Set.of("RandomBit", "SuperdenseCoding");

    @TestFactory
    Stream<DynamicTest> programs_of_the_qdk_record_what_its_runner_records() throws IOException {
        return tests("qir/qdk", 40, QirCorpusTest::checkRecords);
    }

    @TestFactory
    Stream<DynamicTest> programs_of_q_sharp_run() throws IOException {
        return tests("qir/qsharp", 20, (file, ok) -> run(ok));
    }

    private interface Check {
        void check(Path file, QirReading.Ok program) throws IOException;
    }

    private static Stream<DynamicTest> tests(String folder, int least, Check check)
            throws IOException {
        List<Path> files;
        try (var tree = Files.walk(Repository.shared(folder))) {
            files = tree.filter(file -> file.toString().endsWith(".ll")).sorted().toList();
        }
        assertTrue(files.size() >= least, () -> folder + " holds only " + files.size() + " files");
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getParent().getParent().getFileName()
                                                + "/"
                                                + file.getFileName(),
                                        () -> check.check(file, read(file))));
    }

    private static QirReading.Ok read(Path file) throws IOException {
        QirReading reading =
                QirReader.read(Files.readAllBytes(file), file.toString(), QirSettings.DEFAULT);
        if (reading instanceof QirReading.Failed(var errors)) {
            throw new AssertionError(errors.toString());
        }
        var ok = (QirReading.Ok) reading;
        assertEquals(List.of(), ok.warnings(), "warnings of " + file);
        return ok;
    }

    private static void checkRecords(Path file, QirReading.Ok program) throws IOException {
        TreeMap<String, Long> counts = run(program);
        String name = file.getFileName().toString().replace(".ll", "");
        Path expected = file.resolveSibling(name + ".out");
        if (RANDOM.contains(name)) {
            assertFalse(counts.isEmpty());
            return;
        }
        assertEquals(1, counts.size(), () -> "results of " + file + ": " + counts);
        TreeMap<String, Long> once = new TreeMap<>(Map.of(counts.firstKey(), 1L));
        String records = program.outputs().text(QirSchema.RUNNER, once);
        assertEquals(Files.readString(expected), records);
    }

    private static TreeMap<String, Long> run(QirReading.Ok program) {
        var verdict = Verifier.verify(program.graph());
        return run(assertInstanceOf(Verified.class, verdict, verdict::toString));
    }

    /// The counts of a program on the simulator that fits it.
    static TreeMap<String, Long> run(Verified verified) {
        return switch (Simulators.choose(verified.graph())) {
            case Choice.Refused(var rule, var message) ->
                    throw new AssertionError(rule.code() + ": " + message);
            case Choice.Chosen(var simulator, _, _) -> {
                var outcomes = simulator.run(verified.graph(), new Shots(SEED, 0, SHOTS));
                yield Sample.of(verified.graph(), outcomes).counts();
            }
        };
    }
}
