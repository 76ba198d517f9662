package org.qmk.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The same counts and parameters, estimated by the Python package qsharp. Skipped where the
/// property `qmk.qsharp.python` names no Python with it: to run, `-Dqmk.qsharp.python=python3`.
final class QsharpPeerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SCRIPT =
            """
            import json, sys
            from qsharp._native import physical_estimates
            for line in open(sys.argv[1]):
                counts, params = line.split("|")
                result = json.loads(physical_estimates(counts, "[" + params + "]"))[0]
                print(json.dumps(result))
            """;

    private static final String PAGES =
            """
            import json, sys
            from qsharp.estimator import EstimatorResult
            for line in open(sys.argv[1]):
                result = EstimatorResult(json.loads(line))
                print(json.dumps([result._repr_html_(), result.summary._repr_html_()]))
            """;

    private static final List<LogicalCounts> COUNTS =
            List.of(
                    EstimatorTest.ISING,
                    EstimatorTest.HUBBARD,
                    EstimatorTest.CHEMISTRY,
                    new LogicalCounts(251, 124_743, 10, 4, 22, 7, 17_804),
                    new LogicalCounts(12, 0, 0, 0, 0, 0, 5000));

    private static final List<String> PARAMETERS =
            List.of(
                    "{}",
                    "{'errorBudget': 0.1, 'qubitParams': {'name': 'qubit_gate_us_e4'}}",
                    "{'qubitParams': {'name': 'qubit_gate_ns_e4'},"
                            + " 'constraints': {'maxTFactories': 3}}",
                    "{'qubitParams': {'name': 'qubit_maj_ns_e6'},"
                            + " 'qecScheme': {'name': 'surface_code'}}",
                    "{'qubitParams': {'name': 'qubit_maj_ns_e4'},"
                            + " 'qecScheme': {'name': 'floquet_code'}}",
                    "{'qubitParams': {'name': 'qubit_maj_ns_e6'},"
                            + " 'qecScheme': {'name': 'floquet_code'},"
                            + " 'constraints': {'logicalDepthFactor': 2.5}}");

    @Test
    void estimates_are_those_of_qsharp(@TempDir Path folder)
            throws IOException, InterruptedException, EstimateFailure {
        String python = System.getProperty("qmk.qsharp.python", "");
        assumeTrue(!python.isEmpty(), "skipped: no -Dqmk.qsharp.python");
        List<String> lines = new ArrayList<>();
        for (LogicalCounts counts : COUNTS) {
            for (String parameters : PARAMETERS) {
                lines.add(json(counts) + "|" + parameters.replace('\'', '"'));
            }
        }
        List<String> theirs = run(python, SCRIPT, folder, lines);

        assertEquals(lines.size(), theirs.size());
        for (int i = 0; i < lines.size(); i++) {
            LogicalCounts counts = COUNTS.get(i / PARAMETERS.size());
            String fields = PARAMETERS.get(i % PARAMETERS.size());
            JobParameters job = EstimatorTest.job(fields.substring(1, fields.length() - 1));
            var done = new EstimateJson.Outcome.Done(job, Estimator.estimates(counts, job));
            JsonNode ours = JSON.readTree(EstimateJson.text(List.of(done)));
            JsonNode their = JSON.readTree(theirs.get(i));
            for (String part : List.of("physicalCounts", "logicalQubit", "tfactory")) {
                same(their.path(part), ours.path(part), lines.get(i) + " " + part);
            }
        }
    }

    @Test
    void results_are_shown_by_qsharp(@TempDir Path folder)
            throws IOException, InterruptedException, EstimateFailure {
        String python = System.getProperty("qmk.qsharp.python", "");
        assumeTrue(!python.isEmpty(), "skipped: no -Dqmk.qsharp.python");
        List<String> lines = new ArrayList<>();
        for (String fields : List.of("", "'estimateType': 'frontier'", "'factories': 'litinski'")) {
            JobParameters job = EstimatorTest.job(fields);
            List<ResourceEstimate> estimates = Estimator.estimates(EstimatorTest.HUBBARD, job);
            String text = EstimateJson.text(List.of(new EstimateJson.Outcome.Done(job, estimates)));
            lines.add(JSON.writeValueAsString(JSON.readTree(text)));
        }

        List<String> pages = run(python, PAGES, folder, lines);

        assertEquals(lines.size(), pages.size());
        for (String page : pages) {
            for (JsonNode part : JSON.readTree(page)) {
                assertTrue(part.stringValue().contains("Physical qubits"), page);
            }
        }
    }

    private static void same(JsonNode theirs, JsonNode ours, String where) {
        if (theirs.isMissingNode()) {
            assertEquals(true, ours.isMissingNode(), where);
        } else if (theirs.isObject()) {
            for (String field : theirs.propertyNames()) {
                same(theirs.path(field), ours.path(field), where + "." + field);
            }
        } else if (theirs.isArray()) {
            assertEquals(theirs.size(), ours.size(), where);
            for (int i = 0; i < theirs.size(); i++) {
                same(theirs.path(i), ours.path(i), where + "[" + i + "]");
            }
        } else if (theirs.isNumber()) {
            double value = theirs.doubleValue();
            assertEquals(value, ours.doubleValue(), 1e-12 * Math.abs(value), where);
        } else {
            assertEquals(theirs, ours, where);
        }
    }

    private static String json(LogicalCounts c) {
        return ("{\"numQubits\": %d, \"tCount\": %d, \"rotationCount\": %d, \"rotationDepth\": %d,"
                        + " \"cczCount\": %d, \"ccixCount\": %d, \"measurementCount\": %d}")
                .formatted(
                        c.numQubits(),
                        c.tCount(),
                        c.rotationCount(),
                        c.rotationDepth(),
                        c.cczCount(),
                        c.ccixCount(),
                        c.measurementCount());
    }

    private static List<String> run(String python, String text, Path folder, List<String> lines)
            throws IOException, InterruptedException {
        Path script = folder.resolve("estimates.py");
        Path input = folder.resolve("input.txt");
        Path output = folder.resolve("output.txt");
        Files.writeString(script, text);
        Files.write(input, lines);
        Process process =
                new ProcessBuilder(python, script.toString(), input.toString())
                        .redirectOutput(output.toFile())
                        .redirectError(folder.resolve("errors.txt").toFile())
                        .start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly();
        assumeTrue(ended && process.exitValue() == 0, "skipped: no package qsharp for " + python);
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
