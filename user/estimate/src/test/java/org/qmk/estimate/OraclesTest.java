package org.qmk.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qmk.machine.magic.Cultivation;
import org.qmk.machine.magic.Distances;
import org.qmk.machine.magic.LitinskiFactory;
import org.qmk.machine.profile.BicycleCosts;
import org.qmk.machine.profile.CodeConstruction;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.ProfileFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every row of ../shared/oracles/oracles.json that a closed form gives. Skipped where the file is
/// missing; the other tests of this module and of `qmk.machine` hold the same digits.
final class OraclesTest {

    private static JsonNode section(String name) throws IOException {
        Path root = Path.of(System.getProperty("qmk.root", "../.."));
        Path file = root.resolve("../shared/oracles/oracles.json").normalize();
        assumeTrue(Files.isRegularFile(file), "skipped: ../shared/oracles is missing");
        return JsonMapper.builder().build().readTree(Files.readAllBytes(file)).path(name);
    }

    private static JsonNode rows(String name) throws IOException {
        JsonNode rows = section(name).path("rows");
        assertTrue(rows.size() > 0, name);
        return rows;
    }

    private static CodeProfile shipped(String name) {
        return ProfileFile.shipped(name).orElseThrow();
    }

    @Test
    void surface_codes_have_the_rates() throws IOException {
        for (JsonNode row : rows("surface_PL")) {
            double rate = row.path("PL").doubleValue();
            double p = row.path("p").doubleValue();
            int distance = row.path("d").intValue();

            double ours = shipped("surface-gate").errorPerCycle(p, distance).orElseThrow();

            assertEquals(rate, ours, 1e-12 * rate, row.toString());
        }
    }

    @Test
    void programs_have_the_digits() throws IOException, EstimateFailure {
        for (String name : List.of("azure_ising10", "azure_hubbard")) {
            JsonNode in = section(name).path("in");
            JsonNode out = section(name).path("out");
            var counts =
                    new LogicalCounts(
                            in.path("n").longValue(),
                            in.path("T").asLong(0),
                            in.path("rot").longValue(),
                            in.path("rot_depth").longValue(),
                            0,
                            0,
                            0);

            ResourceEstimate ours = Estimator.estimates(counts, EstimatorTest.job("")).getFirst();

            assertEquals(out.path("Q").longValue(), ours.patches());
            assertEquals(out.path("t_per_rot").longValue(), ours.tPerRotation().orElseThrow());
            assertEquals(out.path("cycles").longValue(), ours.cycles());
            assertEquals(out.path("tstates").longValue(), ours.tStates());
            assertEquals(out.path("d").intValue(), ours.qubit().distance());
            assertEquals(out.path("cycle_ns").longValue(), ours.qubit().cycleNanos());
            assertEquals(out.path("runtime_ns").longValue(), ours.runtimeNanos());
            assertEquals(out.path("algo_qubits").longValue(), ours.programQubits());
            assertEquals(out.path("total").longValue(), ours.physicalQubits());
        }
    }

    @Test
    void one_level_factories_have_the_digits() throws IOException {
        for (JsonNode row : rows("litinski_15to1")) {
            var distances =
                    new Distances(
                            row.path(1).intValue(), row.path(2).intValue(), row.path(3).intValue());

            LitinskiFactory ours = LitinskiFactory.oneLevel(row.path(0).doubleValue(), distances);

            double error = row.path(4).doubleValue();
            assertEquals(error, ours.error(), 6e-4 * error, row.toString());
            assertEquals(row.path(5).doubleValue(), ours.failure(), 5e-5, row.toString());
            assertEquals(row.path(6).longValue(), ours.qubits(), row.toString());
            assertEquals(row.path(7).doubleValue(), ours.cycles(), 0.01, row.toString());
        }
    }

    @Test
    void cultivation_has_the_samples() throws IOException {
        List<Cultivation> all = Cultivation.all();
        JsonNode rows = rows("cultivation");
        assertEquals(rows.size(), all.size());
        for (int i = 0; i < all.size(); i++) {
            JsonNode row = rows.path(i);
            assertEquals(
                    new Cultivation(
                            row.path(0).doubleValue(),
                            row.path(1).intValue(),
                            row.path(2).intValue(),
                            row.path(3).longValue(),
                            row.path(4).doubleValue(),
                            row.path(5).doubleValue()),
                    all.get(i));
        }
    }

    @Test
    void shyps_codes_have_the_numbers() throws IOException {
        for (JsonNode row : rows("shyps")) {
            CodeProfile ours = shipped("shyps-" + row.path(1).intValue());

            assertEquals(
                    new CodeConstruction.Size(
                            row.path(1).intValue(), row.path(2).intValue(), row.path(7).intValue()),
                    ours.code().construction().size());
            assertEquals(row.path(3).intValue(), ours.code().distanceLeast());
        }
    }

    @Test
    void bicycle_instructions_have_the_costs() throws IOException {
        for (JsonNode row : rows("bicycle_isa")) {
            BicycleCosts costs = shipped(row.path(0).stringValue()).costs().orElseThrow();

            BicycleCosts.Point ours = costs.at(row.path(1).doubleValue()).orElseThrow();

            assertEquals(
                    new BicycleCosts.Point(
                            row.path(1).doubleValue(),
                            row.path(2).doubleValue(),
                            row.path(3).doubleValue(),
                            row.path(4).doubleValue(),
                            row.path(5).doubleValue(),
                            row.path(6).doubleValue(),
                            row.path(11).intValue()),
                    ours);
            assertEquals(
                    new BicycleCosts.Steps(
                            row.path(7).intValue(),
                            row.path(8).intValue(),
                            row.path(9).intValue(),
                            row.path(10).intValue()),
                    costs.steps());
        }
    }
}
