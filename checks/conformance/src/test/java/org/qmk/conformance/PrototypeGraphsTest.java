package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.sim.Simulators;

/// The graphs of the first prototype, JSON 0.1, give the distributions that were computed for them.
final class PrototypeGraphsTest {

    private static final int SHOTS = 100_000;
    private static final long SEED = 1;

    /// The expected file prints nine digits.
    private static final double PRINTED = 1e-8;

    private record Row(String file, List<String> bits, TreeMap<String, Double> exact) {}

    @TestFactory
    Stream<DynamicTest> every_graph_gives_its_expected_distribution() throws IOException {
        Path folder = Repository.shared("qvm01");
        return rows(folder.resolve("expected.tsv")).stream()
                .map(row -> DynamicTest.dynamicTest(row.file, () -> check(folder, row)));
    }

    private static List<Row> rows(Path table) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(table);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t");
            TreeMap<String, Double> exact = new TreeMap<>();
            for (String entry : columns[2].split(" ")) {
                String[] parts = entry.split(":");
                exact.put(parts[0], Double.valueOf(parts[1]));
            }
            rows.add(new Row(columns[0], List.of(columns[1].split(",")), exact));
        }
        assertEquals(8, rows.size());
        return rows;
    }

    private static void check(Path folder, Row row)
            throws IOException, ExactDistribution.TooLargeException {
        byte[] source = Files.readAllBytes(folder.resolve(row.file));
        switch (Judgement.of(Script.Form.JSON, source, Limits.DEFAULT)) {
            case Judgement.Refused(var refusals) -> fail(row.file + " is refused: " + refusals);
            case Judgement.Accepted(var program) -> checkResults(row, program.graph());
        }
    }

    private static void checkResults(Row row, Graph graph)
            throws ExactDistribution.TooLargeException {
        assertEquals(row.bits, ScriptCheck.names(graph));
        double distance = ExactDistribution.distance(row.exact, ExactDistribution.of(graph));
        assertTrue(distance < PRINTED, () -> row.file + " is exactly off by " + distance);
        int applied = 0;
        for (String simulator : Simulators.names()) {
            var sample = Sample.of(simulator, graph, SEED, SHOTS);
            if (sample.isEmpty()) continue;
            applied++;
            sample.get()
                    .objection(row.exact)
                    .ifPresent(objection -> fail(row.file + ": " + simulator + ": " + objection));
        }
        assertTrue(applied > 0, () -> row.file + " runs on no simulator");
    }
}
