package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /// Three Toffoli gates, and no results: the gates are what is wanted.
    private static final String TOF_3 =
            """
            OPENQASM 3.0; include "stdgates.inc"; qubit[5] q;
            ccx q[0], q[1], q[4]; ccx q[2], q[4], q[3]; ccx q[0], q[1], q[4];
            """;

    @TempDir private Path folder;

    @BeforeEach
    void copyExamples() throws IOException {
        Invocation.copyExamples(folder);
        Files.writeString(folder.resolve("twice.qasm"), TWICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void every_example_can_be_optimised(String level) throws IOException {
        try (Stream<Path> examples = Files.list(folder.resolve("examples"))) {
            for (Path example : (Iterable<Path>) examples.sorted()::iterator) {
                String name = "examples/" + example.getFileName();
                if (!name.contains(".q") || name.endsWith(".qs")) continue;

                var run = Invocation.in(folder, "compile", name, "-O", level, "-o", "out.qvm");

                assertEquals(ExitCode.DONE, run.exitCode(), name + run.err());
            }
        }
    }

    @Test
    void a_search_keeps_what_is_certain() {
        Invocation.in(folder, "compile", "twice.qasm", "-O3", "--ancillas", "-o", "out.qvm");

        assertEquals("bits,count\n111,1024\n", counts("out.qvm"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideal", "clifford+t", "pauli"})
    void what_is_certain_stays_so(String target) {
        Invocation.in(folder, "compile", "twice.qasm", "-O2", "--target", target, "-o", "out.qvm");

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

    @ParameterizedTest
    @CsvSource({
        "--ancillas -O2, -O 3",
        "--layers 5, -O 3",
        "--passes cancellation -O1, level",
        "--passes cancellation --ancillas, fewest-t-gates",
        "--passes cancelation, no pass",
        "--joint-measurements, -O 1",
        "--precision 1e-9, clifford+t",
        "--precision 2 --target clifford+t, no precision"
    })
    void options_that_would_do_nothing_are_wrong_usage(String options, String expected) {
        List<String> arguments = new ArrayList<>(List.of("compile", "twice.qasm"));
        arguments.addAll(List.of(options.split(" ")));

        var run = Invocation.in(folder, arguments.toArray(new String[0]));

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(expected), run.err());
    }

    @Test
    void chosen_passes_are_done_in_order() {
        var run =
                Invocation.in(
                        folder,
                        "compile twice.qasm --passes cancellation,phase-folding --report -o out.qvm"
                                .split(" "));

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        List<String> lines = run.err().lines().toList();
        assertEquals(4, lines.size(), run.err());
        assertTrue(lines.get(2).startsWith("cancellation "), run.err());
        assertTrue(lines.get(3).startsWith("phase folding "), run.err());
    }

    @Test
    void checks_become_joint_measurements() throws IOException {
        Files.writeString(
                folder.resolve("check.qasm"),
                "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit c; h q[0]; h q[1];"
                        + " reset q[2]; cx q[0], q[2]; cx q[1], q[2]; c = measure q[2];");

        var run = Invocation.in(folder, "compile", "check.qasm", "-O1", "--joint-measurements");

        assertTrue(run.out().contains("MEASURE_PAULI"), run.out() + run.err());
    }

    @Test
    void rotations_become_clifford_and_t_gates() throws IOException {
        Files.writeString(
                folder.resolve("turn.qasm"),
                "OPENQASM 3.0; include \"stdgates.inc\"; qubit q; bit c; h q; rz(0.3) q; h q;"
                        + " c = measure q;");

        var run =
                Invocation.in(
                        folder,
                        "compile turn.qasm -O1 --target clifford+t --precision 1e-4 -o out.qvm"
                                .split(" "));

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        String text = Files.readString(folder.resolve("out.qvm"));
        assertTrue(text.contains("APPLY_T"), text);
        assertFalse(text.contains("\nRZ"), text);
    }

    @Test
    void ancillas_make_t_gates_fewer() throws IOException {
        var before = report("tof.qasm", "-O3");
        var after = report("tof.qasm", "-O3", "--ancillas");

        assertEquals("15", before.get("t_count"));
        assertEquals("13", after.get("t_count"));
    }

    private Map<?, ?> report(String program, String... options) throws IOException {
        Files.writeString(folder.resolve(program), TOF_3);
        List<String> arguments = new ArrayList<>(List.of("compile", program));
        arguments.addAll(List.of(options));
        arguments.addAll(
                List.of("--target", "clifford+t", "--report-json", "r.json", "-o", "out.qvm"));
        var run = Invocation.in(folder, arguments.toArray(new String[0]));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        var report = PrintedJson.object(Files.readString(folder.resolve("r.json")));
        return (Map<?, ?>) ((List<?>) report.get("passes")).getLast();
    }

    private String counts(String file) {
        return Invocation.in(folder, "run", file, "--format", "csv").out();
    }

    private Object epochs(String file) {
        var run = Invocation.in(folder, "run", file, "--shots", "1", "--format", "json");
        return PrintedJson.object(run.out()).get("epochs");
    }
}
