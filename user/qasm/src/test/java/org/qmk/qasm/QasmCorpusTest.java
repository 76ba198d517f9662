package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Programs from elsewhere, which are read from beside the repository where they are there.
class QasmCorpusTest {

    private static final Path EXPORTS = Path.of("../../../shared/conformance/qasm/qiskit-export");
    private static final Pattern INPUT = Pattern.compile("(?m)^input [^;]* ([^ ;]+);");

    /// What Qiskit exports and this reader does not take, with the first code; the rest loads.
    private static final Map<String, String> REFUSED_EXPORTS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("export_008.qasm", "QASM-INPUT-1"),
                            Map.entry("export_012.qasm", "QASM-INPUT-1"),
                            Map.entry("export_013.qasm", "QASM-INPUT-1"),
                            Map.entry("export_014.qasm", "QASM-INPUT-1"),
                            Map.entry("export_018.qasm", "QASM-INCLUDE-1"),
                            Map.entry("export_028.qasm", "QASM-LOOP-1"),
                            Map.entry("export_037.qasm", "QASM-INPUT-1"),
                            Map.entry("export_038.qasm", "QASM-LOOP-1"),
                            Map.entry("export_045.qasm", "QASM-INPUT-1"),
                            Map.entry("export_048.qasm", "QASM-INPUT-1"),
                            Map.entry("export_049.qasm", "QASM-INPUT-1"),
                            Map.entry("export_050.qasm", "QASM-INPUT-1"),
                            Map.entry("export_058.qasm", "QASM-NAME-1"),
                            Map.entry("export_060.qasm", "QASM-NAME-1"),
                            Map.entry("export_077.qasm", "QASM-NAME-1")));

    @Test
    void the_exports_of_qiskit_load_or_are_refused_by_name() throws IOException {
        Map<String, String> refused = refused(EXPORTS, 103, _ -> QasmSettings.DEFAULT);

        assertEquals(REFUSED_EXPORTS, refused);
    }

    /// What is left has no gates of that name, or a file or measurement that only Qiskit knows.
    @Test
    void with_inputs_and_a_bound_all_exports_load_but_for_six() throws IOException {
        Map<String, String> refused = refused(EXPORTS, 103, QasmCorpusTest::settings);

        assertEquals(
                Map.of(
                        "export_013.qasm", "QASM-NAME-1",
                        "export_014.qasm", "QASM-NAME-1",
                        "export_018.qasm", "QASM-INCLUDE-1",
                        "export_058.qasm", "QASM-NAME-1",
                        "export_060.qasm", "QASM-NAME-1",
                        "export_077.qasm", "QASM-NAME-1"),
                refused);
    }

    private static QasmSettings settings(String program) {
        Map<String, String> inputs = new TreeMap<>();
        Matcher matcher = INPUT.matcher(program);
        while (matcher.find()) inputs.put(matcher.group(1), "1");
        return new QasmSettings(inputs, OptionalInt.of(3), QasmLimits.DEFAULT);
    }

    @Test
    void the_benchmark_circuits_load_but_for_two_that_name_a_qubit_twice() throws IOException {
        Map<String, String> refused =
                refused(
                        Path.of("../../../shared/conformance/tcount"),
                        39,
                        _ -> QasmSettings.DEFAULT);

        assertEquals(
                Map.of("cycle_17_3.qasm", "QASM-GATE-3", "mod_adder_1048576.qasm", "QASM-GATE-3"),
                refused);
    }

    private static Map<String, String> refused(
            Path folder, int count, Function<String, QasmSettings> settings) throws IOException {
        assumeTrue(
                Files.isDirectory(folder), "skipped: no corpus beside the repository at " + folder);
        Map<String, String> refused = new TreeMap<>();
        int files = 0;
        try (var paths = Files.newDirectoryStream(folder, "*.qasm")) {
            for (Path path : paths) {
                files++;
                String name = path.getFileName().toString();
                byte[] source = Files.readAllBytes(path);
                String text = new String(source, StandardCharsets.UTF_8);
                if (QasmReader.read(source, name, settings.apply(text))
                        instanceof QasmReading.Failed failed) {
                    refused.put(name, failed.errors().get(0).code());
                }
            }
        }
        assertEquals(count, files, "files in " + folder);
        return refused;
    }
}
