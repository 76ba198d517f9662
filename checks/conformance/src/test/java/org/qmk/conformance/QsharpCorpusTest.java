package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qmk.qir.QirSchema;
import org.qmk.qir.QirValidation;
import org.qmk.qsharp.QsharpCompiled;
import org.qmk.qsharp.QsharpCompiler;
import org.qmk.qsharp.QsharpProfile;
import org.qmk.qsharp.QsharpRule;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;

/// Q# programs of others, from their source to their records. Skipped, saying why, where the Q#
/// compiler cannot be had.
final class QsharpCorpusTest {

    /// Programs whose records a seed decides.
    private static final Set<String> RANDOM = Set.of("RandomBit", "SuperdenseCoding");

    private static QsharpCompiler compiler;

    @BeforeAll
    static void start() {
        compiler = QsharpCompiler.ofEnvironment();
        byte[] source = "operation Main() : Unit {}".getBytes(StandardCharsets.UTF_8);
        QsharpCompiled first = compiler.compile(source, "first.qs", QsharpProfile.BASE);
        if (first instanceof QsharpCompiled.Failed(var errors)) {
            QsharpRule rule = errors.getFirst().rule();
            boolean missing = rule == QsharpRule.NODE || rule == QsharpRule.INSTALL;
            assumeTrue(!missing, "skipped: " + errors.getFirst().message());
        }
    }

    @AfterAll
    static void stop() {
        compiler.close();
    }

    @TestFactory
    Stream<DynamicTest> programs_of_the_qdk_record_what_its_runner_records() throws IOException {
        List<Path> sources = files("qir/qdk", ".qs");
        assertTrue(sources.size() >= 40, () -> "only " + sources.size() + " programs");
        return sources.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        profile(file.getParent()).word() + "/" + file.getFileName(),
                                        () -> checkRecords(file)));
    }

    @TestFactory
    Stream<DynamicTest> the_pinned_compiler_writes_the_qir_of_the_corpus() throws IOException {
        return files("qir/qsharp", ".ll").stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getParent().getFileName() + "/" + file.getFileName(),
                                        () -> checkQir(file)));
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (var tree = Files.walk(Repository.shared(folder))) {
            return tree.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    /// The profile that a folder is named for.
    private static QsharpProfile profile(Path folder) {
        return QsharpProfile.named(String.valueOf(folder.getParent().getFileName())).orElseThrow();
    }

    private static void checkRecords(Path file) throws IOException {
        QsharpProfile profile = profile(file.getParent());
        var settings =
                new LoadSettings(
                        Map.of(),
                        OptionalInt.empty(),
                        QirValidation.INTEROP,
                        Optional.of(new LoadSettings.QsharpUse(compiler, profile)));
        String name = String.valueOf(file.getFileName());

        Loading loading = Loading.of(name, Files.readAllBytes(file), settings);

        var accepted = assertInstanceOf(Loading.Accepted.class, loading, loading::toString);
        TreeMap<String, Long> counts = QirCorpusTest.run(accepted.program());
        if (RANDOM.contains(name.replace(".qs", ""))) {
            assertFalse(counts.isEmpty());
            return;
        }
        assertEquals(1, counts.size(), counts::toString);
        TreeMap<String, Long> once = new TreeMap<>(Map.of(counts.firstKey(), 1L));
        Path expected =
                file.getParent().resolveSibling("output").resolve(name.replace(".qs", ".out"));
        assertEquals(
                Files.readString(expected),
                accepted.outputs().orElseThrow().text(QirSchema.RUNNER, once));
    }

    private static void checkQir(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(".ll", ".qs");
        Path source = file.getParent().resolveSibling(name);
        QsharpProfile profile = profile(file);

        QsharpCompiled compiled = compiler.compile(Files.readAllBytes(source), name, profile);

        var qir = assertInstanceOf(QsharpCompiled.Qir.class, compiled, compiled::toString);
        assertEquals(Files.readString(file), qir.text());
    }
}
