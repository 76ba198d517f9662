package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.device.TileFloor;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

class MachineFileTest {

    private static final String GOOD =
            """
            name: m
            description: A machine.
            modules: 2
            blocksPerModule: 4
            roundsPerEpoch: 7
            rates:
              operations: 2
              lanes: unlimited
              measurements: 3
              decoderRounds: 60
            statesPerRotation: 5
            factories:
              - count: 2
                statesPerEpoch: 4
                buffer: 16
                failurePermille: 100
              - statesPerEpoch: 1
                buffer: 2
                failurePermille: 0
            links:
              - from: 0
                to: 1
                pairsPerEpoch: 8
                buffer: 9
                fidelity: 0.9
                lossPermille: 250
            times:
              cliffords: 0
              rotationTail: 20
              ccz: 3
            decoder:
              latencyRounds: 3
            profiles:
              - logical:Surface(d=7)
            """;

    static List<String> shipped() {
        return MachineFile.SHIPPED;
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void a_shipped_machine_can_be_read_and_bears_its_name(String name) {
        assertEquals(name, MachineFile.shipped(name).name());
    }

    @Test
    void the_specification_names_every_field_and_every_code() throws IOException {
        Path root = Path.of(System.getProperty("qmk.root", "../.."));
        String text = Files.readString(root.resolve("docs/spec/machine-files.md"));

        for (String field : MachineFields.ALL) {
            assertTrue(text.matches("(?s).*`" + field + "[`.].*"), field);
        }
        for (MachineRule rule : MachineRule.values()) {
            assertTrue(text.contains("| " + rule.code() + " |"), rule + "");
        }
    }

    @Test
    void a_machine_that_is_not_shipped_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> MachineFile.shipped("../ideal"));
    }

    @Test
    void a_complete_file_is_read() {
        MachineModel model = assertInstanceOf(MachineFile.Reading.Ok.class, read(GOOD)).model();

        var rates = new MachineShape.Rates(2, MachineShape.UNLIMITED, 3, 60);
        var big = new MachineShape.Factory(4, 16);
        var small = new MachineShape.Factory(1, 2);
        var link = new MachineShape.Link(0, 1, 8, 9, 0.9);
        assertEquals(
                new MachineShape(
                        "m",
                        2,
                        4,
                        7,
                        rates,
                        5,
                        List.of(big, big, small),
                        List.of(link),
                        new OperationTimes(0, 20, 3)),
                model.shape());
        assertEquals(new DeviceTraits(List.of(100, 100, 0), List.of(250), 3), model.traits());
        assertEquals("A machine.", model.description());
        assertEquals(List.of("logical:Surface(d=7)"), model.profiles());
    }

    @Test
    void a_factory_may_be_a_pipeline() {
        String pipeline =
                """
                    pipeline:
                          copies: 3
                          levels:
                            - units: 16
                              inputs: 0
                              outputs: 1
                              rounds: 18
                              failure: 0.02
                              buffer: 20
                            - units: 1
                              inputs: 15
                              outputs: 1
                              rounds: 40
                              failure: 0
                              buffer: 1
                """;
        String text = GOOD.replaceFirst("failurePermille: 0\n", pipeline.strip() + "\n");

        MachineModel model = assertInstanceOf(MachineFile.Reading.Ok.class, read(text)).model();

        var first = new FactoryPipeline.Level(16, 0, 1, 18, 0.02, 20);
        var second = new FactoryPipeline.Level(1, 15, 1, 40, 0, 1);
        assertEquals(
                List.of(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new FactoryPipeline(3, List.of(first, second)))),
                model.traits().pipelines());
        String shorter = text.replace("buffer: 20\n", "buffer: 14\n");
        var failed = assertInstanceOf(MachineFile.Reading.Failed.class, read(shorter));
        assertEquals(1, failed.errors().size(), failed.toString());
        assertTrue(
                failed.errors()
                        .getFirst()
                        .startsWith(
                                "QMK-MACHINE-3: the field factories[1].pipeline.levels[1].inputs"));
        String many = text.replace("copies: 3", "copies: 4096").replace("units: 16", "units: 256");
        assertTrue(errors(many).getFirst().startsWith("QMK-MACHINE-4: the machine has 1052672"));
        String both = text.replace("pipeline:", "failurePermille: 0\n    pipeline:");
        assertInstanceOf(MachineFile.Reading.Failed.class, read(both), both);
    }

    @Test
    void factories_links_times_and_decoder_may_be_missing() {
        String without = GOOD.replaceAll("(?ms)^factories:.*(?=^profiles:)", "");

        MachineModel model = assertInstanceOf(MachineFile.Reading.Ok.class, read(without)).model();

        assertEquals(List.of(), model.shape().factories());
        assertEquals(List.of(), model.shape().links());
        assertEquals(OperationTimes.UNIT, model.shape().times());
        assertEquals(DeviceTraits.NONE, model.traits());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "law: constant, rounds: 3.5| 3.5",
                "law: exponential, least: 1, mean: 3| 3",
                "law: lognormal, median: 2, sigma: 0| 2",
                "law: 'table', rounds: [1, 2, 3]| 2"
            })
    void a_decoder_farm_is_read(String law, double mean) {
        MachineModel model =
                assertInstanceOf(MachineFile.Reading.Ok.class, read(farm(law, 100))).model();

        DecoderFarm farm = model.traits().farm().orElseThrow();
        assertEquals(new DecoderFarm(100, 2, 7, 14, true, farm.time()), farm);
        assertEquals(mean, farm.time().mean(), 1e-12);
        assertEquals(0, model.traits().latencyRounds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "law: other, rounds: 3| QMK-MACHINE-3: the field decoder.farm.time.law",
                "law: constant| QMK-MACHINE-3: the field decoder.farm.time.rounds",
                "law: constant, rounds: 0| QMK-MACHINE-3: the field decoder.farm.time.rounds",
                "law: constant, rounds: 3, mean: 3| QMK-MACHINE-2: the field"
                        + " decoder.farm.time.mean",
                "law: exponential, least: 4, mean: 3| QMK-MACHINE-3: the field decoder.farm.time",
                "law: lognormal, median: 4, sigma: -1| QMK-MACHINE-3: the field decoder.farm.time",
                "law: 'table', rounds: []| QMK-MACHINE-3: the field decoder.farm.time.rounds",
                "law: 'table', rounds: [1, x]| QMK-MACHINE-3: the field decoder.farm.time.rounds",
                // 100 decoders at speed 2 decide 7 x 7 x 200 / 164 = 59 rounds of the promised 60.
                "law: constant, rounds: 164| QMK-MACHINE-7: rates.decoderRounds is 60, and"
            })
    void what_is_wrong_with_a_decoder_farm_is_named(String law, String expected) {
        List<String> errors =
                assertInstanceOf(MachineFile.Reading.Failed.class, read(farm(law, 100))).errors();

        assertEquals(1, errors.size(), errors + "");
        assertTrue(errors.getFirst().startsWith(expected), errors + "");
    }

    @Test
    void a_decoder_farm_needs_a_limit_and_decoders() {
        String unlimited =
                farm("law: constant, rounds: 1", 1)
                        .replace("decoderRounds: 60", "decoderRounds: unlimited");

        for (String text : List.of(unlimited, farm("law: constant, rounds: 1", 0))) {
            var failed = assertInstanceOf(MachineFile.Reading.Failed.class, read(text));
            assertEquals(1, failed.errors().size(), failed + "");
        }
    }

    private static String farm(String law, int workers) {
        return GOOD.replace(
                "  latencyRounds: 3",
                "  farm: {workers: %d, speed: 2, commit: 7, buffer: 14, parallel: true, time: {%s}}"
                        .formatted(workers, law));
    }

    @ParameterizedTest
    @CsvSource({
        "ring, 1, 0",
        "ring, 2, 1",
        "ring, 5, 5",
        "grid, 5, 5",
        "grid, 9, 12",
        "grid, 100, 180",
        "all, 5, 10",
        "all, 100, 4950"
    })
    void a_topology_joins_all_modules_by_different_links(String kind, int modules, int links) {
        MachineShape shape =
                assertInstanceOf(MachineFile.Reading.Ok.class, read(topology(kind, modules)))
                        .model()
                        .shape();

        assertEquals(links, shape.links().size());
        assertEquals(links, shape.links().stream().distinct().count());
        int[] group = new int[modules];
        for (int i = 0; i < modules; i++) group[i] = i;
        for (var link : shape.links()) {
            int old = group[link.from()];
            for (int i = 0; i < modules; i++) if (group[i] == old) group[i] = group[link.to()];
        }
        assertEquals(1, Arrays.stream(group).distinct().count());
    }

    @Test
    void more_links_than_there_may_be_are_not_made() {
        List<String> errors = errors(topology("all", 1024));

        assertEquals(
                List.of(
                        "QMK-MACHINE-4: the machine has 523776 links, expected at most 8192."
                                + " Make it smaller."),
                errors);
    }

    @Test
    void more_factories_than_there_may_be_are_not_made() {
        String entry = "  - {count: 8000, statesPerEpoch: 1, buffer: 1, failurePermille: 0}\n";

        List<String> errors =
                errors(GOOD.replace("factories:\n", "factories:\n" + entry.repeat(9)));

        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().startsWith("QMK-MACHINE-4: the machine has 16000 factories"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to: 1|to: 0|QMK-MACHINE-5: links[0] joins modules 0 and 0",
                "to: 1|to: 2|QMK-MACHINE-5: links[0] joins modules 0 and 2",
                "decoderRounds: 60|decoderRounds: unlimited|QMK-MACHINE-6: decoder.latencyRounds",
                "fidelity: 0.9|fidelity: 0.5|QMK-MACHINE-3: the field links[0].fidelity is 0.5",
                "fidelity: 0.9|fidelity: .nan|QMK-MACHINE-3: the field links[0].fidelity",
                "lanes: unlimited|lanes: plenty|QMK-MACHINE-3: the field rates.lanes",
                "lanes: unlimited|routes: 3|QMK-MACHINE-2: the field rates.routes is unknown",
                "buffer: 16|buffer: 0|QMK-MACHINE-3: the field factories[0].buffer is 0",
                "failurePermille: 100|failurePermille: 1001|QMK-MACHINE-3: the field factories[0]",
                "statesPerEpoch: 4|statesPerEpoch: 65537|QMK-MACHINE-3: the field factories[0]",
                "blocksPerModule: 4|blocksPerModule: 8388609|QMK-MACHINE-4: the machine has"
                        + " 16777218",
                "cliffords: 0|cliffords: 2|QMK-MACHINE-3: the field times.cliffords is 2",
                "rotationTail: 20|rotationTail: 1001|QMK-MACHINE-3: the field times.rotationTail",
                "ccz: 3|ccz: 0|QMK-MACHINE-3: the field times.ccz is 0",
                "ccz: 3|cz: 3|QMK-MACHINE-2: the field times.cz is unknown",
                "modules: 2|modules: 1025|QMK-MACHINE-3: the field modules is 1025"
            })
    void a_value_one_step_too_far_is_refused(String good, String bad, String error) {
        List<String> errors = errors(GOOD.replace(good, bad));

        assertTrue(errors.stream().anyMatch(found -> found.startsWith(error)), errors + "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fidelity: 0.9|fidelity: 1",
                "failurePermille: 100|failurePermille: 1000",
                "statesPerEpoch: 4|statesPerEpoch: 65536",
                "blocksPerModule: 4|blocksPerModule: 8388608",
                "statesPerRotation: 5|statesPerRotation: 0",
                "modules: 2|modules: 1024"
            })
    void a_value_just_in_range_is_read(String good, String bad) {
        assertInstanceOf(MachineFile.Reading.Ok.class, read(GOOD.replace(good, bad)));
    }

    @Test
    void a_file_too_long_for_a_model_is_refused_before_it_is_read() {
        String file = GOOD + "#".repeat(1 << 20);

        var failed = assertInstanceOf(MachineFile.Reading.Failed.class, read(file));

        assertEquals(
                List.of(
                        "QMK-MACHINE-1: the file has %d bytes, expected at most %d. Shorten it."
                                .formatted(file.length(), 1 << 20)),
                failed.errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "modules",
                "blocksPerModule",
                "roundsPerEpoch",
                "statesPerRotation"
            })
    void a_missing_field_is_named(String field) {
        String without = GOOD.replaceAll("(?m)^" + field + ":.*\\n", "");

        List<String> errors = errors(without);

        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().startsWith("QMK-MACHINE-3: the field " + field), errors + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "99999999999", "[1]", "1e3", "null"})
    void a_count_that_is_no_whole_number_in_range_is_refused(String value) {
        List<String> errors =
                errors(GOOD.replace("blocksPerModule: 4", "blocksPerModule: " + value));

        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().contains("expected a whole number"), errors + "");
    }

    @ParameterizedTest
    @CsvSource({
        "'[Q..Q, Q..Q]', 4",
        "'[Q.Q, P.#, Q.Q]', 4",
        "'[QQ, QQ]', apart",
        "'[Q..Q, ..##, Q..Q]', 4",
        "'[Q..Q, \"####\", Q..Q]', apart",
        "'[Q.., QQQ]', apart",
        "'[QQQ, ..., ...]', 3 blocks",
        "'[Q.Q, Q.]', one length",
        "'[QxQ, Q.Q]', letters",
        "'[]', letters",
        "7, letters"
    })
    void a_floor_has_its_blocks_and_lanes_that_hang_together(String floor, String outcome) {
        String yaml = GOOD + "floor: " + floor + "\n";

        if (outcome.equals("4")) {
            var ok = assertInstanceOf(MachineFile.Reading.Ok.class, read(yaml));
            assertEquals(4, ok.model().shape().floor().count(TileFloor.BLOCK));
            return;
        }
        List<String> errors = errors(yaml);
        assertEquals(1, errors.size(), errors + "");
        assertTrue(errors.getFirst().contains(outcome), errors + "");
    }

    @Test
    void every_error_is_reported() {
        String bad =
                """
                name: 3
                description: d
                modules: 1
                blocksPerModule: x
                roundsPerEpoch: 1
                rates: {operations: 0, lanes: 1, measurements: 1}
                statesPerRotation: 1
                factories: [7]
                links: {}
                topology: {kind: star}
                more: z
                profiles: y
                """;

        List<String> errors = errors(bad);

        List<String> wrong =
                List.of(
                        "field more is unknown",
                        "field name is",
                        "field blocksPerModule is",
                        "field rates.operations is",
                        "field rates.decoderRounds is missing",
                        "field factories[0] is 7",
                        "field links is {}",
                        "field topology.kind is",
                        "field topology.pairsPerEpoch is missing",
                        "field topology.fidelity is missing",
                        "field profiles is");
        for (String expected : wrong) {
            assertEquals(
                    1,
                    errors.stream().filter(error -> error.contains(expected)).count(),
                    expected + " in " + errors);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "name", "a: [", "name: m\nname: n\n", "\u0000", "&a [*a]"})
    void what_is_no_mapping_is_refused(String yaml) {
        assertTrue(!errors(yaml).isEmpty());
    }

    @Test
    void mutated_files_are_read_or_refused() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 3000; seed++) {
            var random = new SplittableRandom(seed);
            byte[] mutated = good.clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            if (MachineFile.read(mutated) instanceof MachineFile.Reading.Failed(var errors)) {
                assertTrue(!errors.isEmpty(), "seed " + seed);
            }
        }
    }

    @Test
    void only_a_profile_that_the_machine_lacks_is_warned_of() {
        assertEquals(List.of(), shippedModule().warnings(asking("logical:Surface(d=7)")));
        assertEquals(List.of(), shippedModule().warnings(asking("logical")));
        assertEquals(List.of(), shippedModule().warnings(asking("")));
        List<String> warnings = shippedModule().warnings(asking("logical:SHYPS(d=9)"));
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("logical:SHYPS(d=9)"), warnings + "");
    }

    private static String topology(String kind, int modules) {
        return GOOD.replaceAll("(?ms)^links:.*(?=^decoder:)", "")
                        .replace("modules: 2", "modules: " + modules)
                + ("topology: {kind: %s, pairsPerEpoch: 1, buffer: 1, fidelity: 0.9,"
                                + " lossPermille: 0}")
                        .formatted(kind);
    }

    private static MachineModel shippedModule() {
        return MachineFile.shipped("module-16");
    }

    private static Graph asking(String profile) {
        var builder = new GraphBuilder();
        builder.node(Opcode.ALLOC_LQ).qubit(builder.declareQubit("q"));
        return builder.argument(new Argument.Profile(profile)).build();
    }

    private static List<String> errors(String yaml) {
        return assertInstanceOf(MachineFile.Reading.Failed.class, read(yaml)).errors();
    }

    private static MachineFile.Reading read(String yaml) {
        return MachineFile.read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
