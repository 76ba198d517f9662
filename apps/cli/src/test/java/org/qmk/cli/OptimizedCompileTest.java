package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `qmk compile` with `-O`.
final class OptimizedCompileTest {

    private static final String TWICE =
            """
            OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[3] c;
            x q[0]; x q[1]; ccx q[0], q[1], q[2]; t q[2]; t q[2]; h q[2]; h q[2];
            c = measure q;
            """;

    @TempDir private Path folder;

    @BeforeEach
    void copyExamples() throws IOException {
        Invocation.copyExamples(folder);
        Files.writeString(folder.resolve("twice.qasm"), TWICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3"})
    void every_example_can_be_optimised(String level) throws IOException {
        try (Stream<Path> examples = Files.list(folder.resolve("examples"))) {
            for (Path example : (Iterable<Path>) examples.sorted()::iterator) {
                String name = "examples/" + example.getFileName();
                if (!name.contains(".q")) continue;

                var run = Invocation.in(folder, "compile", name, "-O", level, "-o", "out.qvm");

                assertEquals(ExitCode.DONE, run.exitCode(), name + run.err());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideal", "clifford+t"})
    void what_is_certain_stays_so(String target) {
        Invocation.in(
                folder, "compile", "twice.qasm", "-O2", "--target", target, "-o", "out.qvm");

        assertEquals("bits,count\n111,1024\n", counts("twice.qasm"));
        assertEquals("bits,count\n111,1024\n", counts("out.qvm"));
    }

    @Test
    void the_report_has_a_row_before_and_one_for_each_pass() {
        var run =
                Invocation.in(folder, "compile", "twice.qasm", "-O1", "--report", "-o", "out.qvm");

        List<String> lines = run.err().lines().toList();
        assertTrue(lines.getFirst().contains("T depth"), run.err());
        assertTrue(lines.get(1).startsWith("before "), run.err());
        assertTrue(lines.getLast().startsWith("dead code "), run.err());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("cancellation ")), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"twice.qasm", "examples/teleport.qasm", "examples/shor.qasm"})
    void epochs_are_those_that_a_kernel_takes(String program) throws IOException {
        Invocation.in(
                folder, "compile", program, "-O2", "--report-json", "report.json", "-o", "out.qvm");

        var report = PrintedJson.object(Files.readString(folder.resolve("report.json")));
        var before = (Map<?, ?>) report.get("before");
        List<?> passes = (List<?>) report.get("passes");
        var after = (Map<?, ?>) passes.getLast();
        assertEquals(before.get("epochs"), epochs(program));
        assertEquals(after.get("epochs"), epochs("out.qvm"));
    }

    @ParameterizedTest
    @CsvSource({"-O, 4", "-O, x", "--target, moon"})
    void wrong_levels_and_targets_are_wrong_usage(String option, String value) {
        var run = Invocation.in(folder, "compile", "twice.qasm", option, value);

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains(value), run.err());
    }

    private String counts(String file) {
        return Invocation.in(folder, "run", file, "--format", "csv").out();
    }

    private Object epochs(String file) {
        var run = Invocation.in(folder, "run", file, "--shots", "1", "--format", "json");
        return PrintedJson.object(run.out()).get("epochs");
    }
}
