package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.qmk.machine.MachineFile;

final class MachineCommandTest {

    static final List<String> SHIPPED = MachineFile.SHIPPED;

    @TempDir private Path folder;

    @Test
    void the_list_has_a_line_for_each_machine() {
        var run = Invocation.of("machine", "list");

        assertEquals(ExitCode.DONE, run.exitCode());
        assertEquals(SHIPPED, run.outLines().stream().map(line -> line.split(" ")[0]).toList());
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void a_shipped_machine_is_shown(String name) {
        var run = Invocation.of("machine", "show", name);

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertTrue(run.outLines().getFirst().matches("name +" + name), run.out());
        assertTrue(run.out().matches("(?s).*\nblocks +[0-9]+\n.*"), run.out());
    }

    @Test
    void all_that_is_known_of_a_machine_is_shown() {
        List<String> lines = Invocation.of("machine", "show", "hundred-modules").outLines();

        for (String line :
                List.of(
                        "blocks                    10000",
                        "modules                   100",
                        "blocks per module         100",
                        "rounds per epoch          25",
                        "operations per epoch      4096",
                        "lanes per epoch           2048",
                        "measurements per epoch    4096",
                        "decoder rounds per epoch  260000",
                        "decoder latency rounds    25",
                        "states per rotation       24",
                        "epochs of Clifford gates  1",
                        "epochs of CCZ             1",
                        "epochs of synthesis       0",
                        "factories                 200",
                        " ".repeat(26) + "200 of 8 states per epoch, buffer 128, failure 50/1000",
                        "links                     180",
                        " ".repeat(26)
                                + "180 of 32 pairs per epoch, buffer 256, fidelity 0.99,"
                                + " loss 50/1000")) {
            assertTrue(lines.contains(line), line + " in " + lines);
        }
        assertTrue(
                Invocation.of("machine", "show", "ideal")
                        .outLines()
                        .contains("lanes per epoch           unlimited"));
    }

    @Test
    void a_floor_is_shown_row_by_row() {
        List<String> lines = Invocation.of("machine", "show", "floor-16").outLines();

        assertTrue(
                lines.contains("floor                     16 blocks, 29 lanes, 2 ports a module"),
                lines + "");
        assertTrue(lines.contains(" ".repeat(26) + "P........."), lines + "");
    }

    @Test
    void a_layout_is_printed_with_its_tiles() {
        var run = Invocation.of("machine", "layout", "--block", "compact", "-n", "5");

        assertEquals(
                List.of(
                        "compact block, 5 qubits, 11 tiles, 9 steps a magic state",
                        "QQQ.",
                        "....",
                        "QQ#."),
                run.outLines());
        for (String[] wrong :
                List.of(
                        new String[] {"machine", "layout", "-n", "0"},
                        new String[] {"machine", "layout"},
                        new String[] {"machine", "layout", "--block", "slow", "-n", "1"})) {
            assertEquals(ExitCode.USAGE, Invocation.of(wrong).exitCode());
        }
    }

    @Test
    void an_unknown_machine_is_wrong_usage_that_names_the_known_ones() {
        var run = Invocation.of("machine", "show", "unheard-of");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("ideal, module-16"), run.err());
    }

    @Test
    void a_right_file_is_valid() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), model("blocksPerModule: 4"));

        var check = Invocation.in(folder, "machine", "check", "m.yaml");
        var show = Invocation.in(folder, "machine", "show", "m.yaml");

        assertEquals("m.yaml: valid, machine mine\n", check.out());
        assertEquals(ExitCode.DONE, check.exitCode());
        assertTrue(show.out().contains("blocks per module         4\n"), show.out());
    }

    @Test
    void a_wrong_file_is_invalid_with_every_error() {
        byte[] wrong = model("blocksPerModule: 0\nflux: 3").getBytes(StandardCharsets.UTF_8);

        var run = Invocation.with(folder, wrong, "machine", "check", "-");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("-: invalid\n", run.out());
        assertEquals(2, run.errLines().size(), run.err());
        for (String line : run.errLines()) assertTrue(line.startsWith("-: QMK-MACHINE-"), line);
    }

    @Test
    void a_missing_file_is_unreadable() {
        assertEquals(
                ExitCode.UNREADABLE, Invocation.of("machine", "check", "nowhere.yaml").exitCode());
    }

    private static String model(String more) {
        return """
        name: mine
        description: A machine of a test.
        modules: 1
        roundsPerEpoch: 3
        rates: {operations: 1, lanes: 2, measurements: unlimited, decoderRounds: unlimited}
        statesPerRotation: 0
        profiles: []
        """
                + more
                + "\n";
    }
}
