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
    void an_unknown_machine_is_wrong_usage_that_names_the_known_ones() {
        var run = Invocation.of("machine", "show", "unheard-of");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("ideal, module-16"), run.err());
    }

    @Test
    void a_right_file_is_valid() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), model("blocks: 4"));

        var check = Invocation.in(folder, "machine", "check", "m.yaml");
        var show = Invocation.in(folder, "machine", "show", "m.yaml");

        assertEquals("m.yaml: valid, machine mine\n", check.out());
        assertEquals(ExitCode.DONE, check.exitCode());
        assertTrue(show.out().contains("blocks                4"), show.out());
    }

    @Test
    void a_wrong_file_is_invalid_with_every_error() {
        byte[] wrong = model("blocks: 0\nflux: 3").getBytes(StandardCharsets.UTF_8);

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

    private static String model(String blocks) {
        return """
        name: mine
        description: A machine of a test.
        operationsPerEpoch: 1
        roundsPerEpoch: 3
        profiles: []
        """
                + blocks
                + "\n";
    }
}
