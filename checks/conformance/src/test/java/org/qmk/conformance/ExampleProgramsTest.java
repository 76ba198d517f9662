package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.qmk.qsharp.QsharpCompiler;
import org.qmk.qsharp.QsharpProfile;
import org.qmk.qsharp.QsharpRule;
import org.qmk.qvm.Graph;
import org.qmk.sim.Simulators;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;

/// Each program of `examples/` gives what its comment says.
final class ExampleProgramsTest {

    /// `expect: KEY P KEY P ...` in a comment, or as a text in JSON.
    private static final Pattern EXPECT = Pattern.compile("expect\"?: *\"?([01][0-9. ]*)");

    private static final double ROUNDING = 1e-9;
    private static final int SHOTS = 20_000;
    private static final long SEED = 7;

    private static final QsharpCompiler QSHARP = QsharpCompiler.ofEnvironment();

    @AfterAll
    static void stop() {
        QSHARP.close();
    }

    @TestFactory
    Stream<DynamicTest> every_example_gives_what_it_says() throws IOException {
        return programs().stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)));
    }

    @Test
    void the_list_of_examples_names_every_program_once() throws IOException {
        String list = Files.readString(Repository.examples().resolve("README.md"));

        for (Path file : programs()) {
            int mentions =
                    list.split(Pattern.quote("[" + name(file) + "](" + name(file) + ")"), -1).length
                            - 1;
            assertEquals(1, mentions, () -> name(file) + " in examples/README.md");
        }
    }

    private static List<Path> programs() throws IOException {
        try (var files = Files.list(Repository.examples())) {
            return files.filter(file -> !name(file).equals("README.md")).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void check(Path file) throws IOException {
        TreeMap<String, Double> expected = expectation(Files.readString(file));
        assertFalse(expected.isEmpty(), () -> name(file) + " has no line 'expect: KEY P ...'");

        var use = new LoadSettings.QsharpUse(QSHARP, QsharpProfile.DEFAULT);
        var settings =
                new LoadSettings(
                        Map.of(),
                        OptionalInt.empty(),
                        LoadSettings.DEFAULT.validation(),
                        Optional.of(use));
        switch (Loading.of(name(file), Files.readAllBytes(file), settings)) {
            case Loading.Refused refused -> {
                String code = refused.diagnostics().getFirst().code();
                boolean missing =
                        code.equals(QsharpRule.NODE.code())
                                || code.equals(QsharpRule.INSTALL.code());
                assumeTrue(!missing, () -> "skipped: " + refused.lines());
                fail(name(file) + " is refused: " + refused.lines());
            }
            case Loading.Accepted accepted ->
                    checkResults(name(file), accepted.program().graph(), expected);
        }
    }

    private static TreeMap<String, Double> expectation(String text) {
        TreeMap<String, Double> expected = new TreeMap<>();
        Matcher lines = EXPECT.matcher(text);
        while (lines.find()) {
            String[] words = lines.group(1).strip().split(" +");
            assertEquals(0, words.length % 2, () -> lines.group() + " has no pairs KEY P");
            for (int i = 0; i < words.length; i += 2) {
                expected.put(words[i], Double.valueOf(words[i + 1]));
            }
        }
        return expected;
    }

    private static void checkResults(String name, Graph graph, TreeMap<String, Double> expected) {
        int applied = 0;
        for (String simulator : Simulators.names()) {
            var sample = Sample.of(simulator, graph, SEED, SHOTS);
            if (sample.isEmpty()) continue;
            applied++;
            sample.get()
                    .objection(expected)
                    .ifPresent(objection -> fail(name + ": " + simulator + ": " + objection));
        }
        assertTrue(applied > 0, () -> name + " runs on no simulator");
        try {
            TreeMap<String, Double> exact = ExactDistribution.of(graph);
            assertEquals(
                    0,
                    ExactDistribution.distance(expected, exact),
                    ROUNDING,
                    () -> name + " has exactly " + ExactDistribution.text(exact));
        } catch (ExactDistribution.TooLargeException tooLarge) {
            // The simulators have answered for it.
            boolean large = graph.qubits().size() > 8 || graph.events().size() > 40;
            assertTrue(large, tooLarge::getMessage);
        }
    }
}
