package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

class MachineFileTest {

    private static final String GOOD =
            """
            name: m
            description: A machine.
            blocks: 4
            operationsPerEpoch: 2
            roundsPerEpoch: 7
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
    void a_machine_that_is_not_shipped_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> MachineFile.shipped("../ideal"));
    }

    @Test
    void a_complete_file_is_read() {
        MachineModel model = assertInstanceOf(MachineFile.Reading.Ok.class, read(GOOD)).model();

        assertEquals(4, model.shape().blocks());
        assertEquals(2, model.shape().operationsPerEpoch());
        assertEquals(7, model.shape().roundsPerEpoch());
        assertEquals(List.of("logical:Surface(d=7)"), model.profiles());
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
            strings = {"name", "description", "blocks", "operationsPerEpoch", "roundsPerEpoch"})
    void a_missing_field_is_named(String field) {
        String without = GOOD.replaceAll("(?m)^" + field + ":.*\\n", "");

        List<String> errors = errors(without);

        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().startsWith("QMK-MACHINE-3: the field " + field), errors + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "99999999999", "[1]", "1e3", "null"})
    void a_count_that_is_no_whole_number_in_range_is_refused(String value) {
        List<String> errors = errors(GOOD.replace("blocks: 4", "blocks: " + value));

        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().contains("expected a whole number"), errors + "");
    }

    @Test
    void every_error_is_reported() {
        assertEquals(
                4,
                errors(
                                "name: 3\nblocks: x\nprofiles: y\nmore: z\ndescription: d\n"
                                        + "operationsPerEpoch: 1\nroundsPerEpoch: 1\n")
                        .size());
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
