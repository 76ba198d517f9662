package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.runtime.EmbeddedKernel;

final class RunCommandTest {

    private static final String BELL = "examples/bell.qasm";

    @TempDir private Path folder;

    @Test
    void inputs_and_the_bound_of_loops_come_from_the_command_line() throws IOException {
        Path file = folder.resolve("bounded.qasm");
        Files.writeString(
                file,
                "OPENQASM 3.0; include \"stdgates.inc\"; input float theta; qubit q; bit c;"
                        + " rx(theta) q; c = measure q; while (c) { c = measure q; }");

        var run =
                Invocation.of(
                        "run",
                        file.toString(),
                        "--input",
                        "theta=pi",
                        "--loop-bound",
                        "2",
                        "--format",
                        "json");
        var unbounded = Invocation.of("run", file.toString(), "--input", "theta=pi");
        var without = Invocation.of("run", file.toString(), "--loop-bound", "2");

        Map<String, Object> json = PrintedJson.object(run.out());
        assertEquals(List.of("loop-overflow", "c"), json.get("bits"));
        assertEquals(Map.of("11", "1024"), json.get("counts"));
        assertEquals(ExitCode.FAILED, unbounded.exitCode());
        assertTrue(unbounded.err().contains("QASM-LOOP-1"), unbounded.err());
        assertEquals(ExitCode.FAILED, without.exitCode());
        assertTrue(without.err().contains("QASM-INPUT-1"), without.err());
    }

    @Test
    void json_is_one_object_with_the_agreed_keys() {
        var run = Invocation.of("run", BELL, "--seed", "7", "--format", "json");

        Map<String, Object> json = PrintedJson.object(run.out());
        assertEquals(ExitCode.DONE, run.exitCode());
        assertEquals("", run.err());
        assertEquals(1, run.outLines().size());
        assertEquals(
                List.of(
                        "program",
                        "digest",
                        "shots",
                        "seed",
                        "simulator",
                        "machine",
                        "bits",
                        "counts",
                        "epochs",
                        "states",
                        "warnings"),
                List.copyOf(json.keySet()));
        assertEquals(BELL, json.get("program"));
        assertTrue(json.get("digest").toString().matches("sha256:[0-9a-f]{64}"));
        assertTrue(run.out().contains("\"shots\":1024,\"seed\":\"7\","), "seeds are text");
        assertEquals("tableau", json.get("simulator"));
        assertEquals("ideal", json.get("machine"));
        assertEquals(List.of("c[1]", "c[0]"), json.get("bits"));
        assertEquals(Map.of("COMPLETED", "1024"), json.get("states"));
        assertTrue(Integer.parseInt(json.get("epochs").toString()) > 0);
        assertEquals(List.of(), json.get("warnings"));
    }

    @Test
    void counts_add_up_to_the_shots() {
        var run = Invocation.of("run", BELL, "--shots", "333", "--format", "json");

        var counts = (Map<?, ?>) PrintedJson.object(run.out()).get("counts");
        assertEquals(Set.of("00", "11"), counts.keySet());
        int sum = 0;
        for (Object count : counts.values()) sum += Integer.parseInt(count.toString());
        assertEquals(333, sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv"})
    void the_same_seed_gives_the_same_output_and_another_does_not(String format) {
        var first = Invocation.of("run", BELL, "--seed", "7", "--format", format);
        var again = Invocation.of("run", BELL, "--seed", "7", "--format", format);
        var other = Invocation.of("run", BELL, "--seed", "8", "--format", format);

        assertEquals(first, again);
        assertNotEquals(first.out(), other.out());
    }

    @Test
    void a_seed_that_was_not_given_is_printed_and_gives_the_same_again() {
        var first = Invocation.of("run", BELL, "--format", "json");
        var other = Invocation.of("run", BELL, "--format", "json");
        String seed = value(first, "seed");

        var again = Invocation.of("run", BELL, "--format", "json", "--seed", seed);

        // Two seeds of 63 bits agree with probability 1.1e-19.
        assertNotEquals(seed, value(other, "seed"));
        assertEquals(first.out(), again.out());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "18446744073709551615, -1",
        "0xFFFFFFFFFFFFFFFF, -1",
        "0x2a, 42",
        "-9223372036854775808, -9223372036854775808",
    })
    void a_seed_is_any_64_bits(String written, String printed) {
        var run = Invocation.of("run", BELL, "--seed", written, "--format", "json");

        assertEquals(printed, value(run, "seed"));
    }

    @Test
    void csv_has_a_header_and_a_line_for_each_result() {
        var run = Invocation.of("run", BELL, "--seed", "7", "--format", "csv");

        assertEquals("bits,count", run.outLines().getFirst());
        assertTrue(run.outLines().get(1).matches("00,[0-9]+"), run.out());
        assertTrue(run.outLines().get(2).matches("11,[0-9]+"), run.out());
        assertEquals(3, run.outLines().size());
        assertTrue(run.err().contains("seed 7"), "the seed is said on standard error");
    }

    @Test
    void the_table_names_what_is_needed_to_run_it_again() {
        var run = Invocation.of("run", BELL, "--seed", "7");

        String headline = run.outLines().getFirst();
        assertEquals("", run.err());
        assertTrue(headline.contains("1024 shots"), headline);
        assertTrue(headline.contains("seed 7"), headline);
        assertTrue(headline.contains("simulator tableau: "), headline);
        assertTrue(headline.contains("machine ideal"), headline);
        assertTrue(headline.matches(".* [0-9]+ epochs"), headline);
    }

    @Test
    void standard_input_is_a_program_too() throws IOException {
        byte[] program = Files.readAllBytes(Invocation.root().resolve(BELL));

        var run = Invocation.with(folder, program, "run", "-", "--seed", "7", "--format", "csv");

        assertEquals(Invocation.of("run", BELL, "--seed", "7", "--format", "csv").out(), run.out());
    }

    @Test
    void a_simulator_can_be_named() {
        var run = Invocation.of("run", BELL, "--simulator", "statevector", "--format", "json");

        assertEquals("statevector", value(run, "simulator"));
    }

    @Test
    void a_simulator_that_cannot_run_the_program_says_why() {
        var run = Invocation.of("run", "examples/teleport.qasm", "--simulator", "tableau");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("qmk: SIM-CLIFFORD-1: "), run.err());
    }

    @Test
    void an_unknown_simulator_is_wrong_usage() {
        var run = Invocation.of("run", BELL, "--simulator", "abacus");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("statevector"), run.err());
    }

    @Test
    void a_machine_can_be_named_or_read_from_a_file() throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"),
                """
                name: mine
                description: A machine of a test.
                modules: 1
                blocksPerModule: 2
                roundsPerEpoch: 3
                rates:
                  operations: 2
                  lanes: unlimited
                  measurements: unlimited
                  decoderRounds: unlimited
                statesPerRotation: 0
                factories: []
                links: []
                decoder: {latencyRounds: 0}
                profiles: []
                """);
        Invocation.copyExamples(folder);

        var shipped = Invocation.of("run", BELL, "--machine", "module-16", "--format", "json");
        var read = Invocation.in(folder, "run", BELL, "--machine", "mine.yaml", "--format", "json");

        assertEquals("module-16", value(shipped, "machine"));
        assertEquals("mine", value(read, "machine"));
    }

    @Test
    void a_machine_does_not_change_the_counts() {
        var ideal = Invocation.of("run", BELL, "--seed", "5", "--format", "csv");
        var small =
                Invocation.of(
                        "run", BELL, "--seed", "5", "--format", "csv", "--machine", "module-16");

        assertEquals(ideal.out(), small.out());
    }

    @ParameterizedTest
    @CsvSource({
        "unheard-of, USAGE",
        "unheard-of.yaml, UNREADABLE",
        "nowhere/machine, UNREADABLE",
        "examples, UNREADABLE",
        "examples/bell.qasm, FAILED",
    })
    void a_machine_that_is_none_is_refused(String machine, ExitCode expected) {
        var run = Invocation.of("run", BELL, "--machine", machine);

        assertEquals(expected, run.exitCode(), run.err());
        assertTrue(run.err().contains(machine), run.err());
    }

    @Test
    void a_program_that_is_too_wide_for_the_machine_is_refused_by_the_kernel() {
        String wide = "OPENQASM 3.0; qubit[17] q; bit[17] c; c = measure q;";

        var run =
                Invocation.with(
                        folder,
                        wide.getBytes(StandardCharsets.UTF_8),
                        "run",
                        "-",
                        "--machine",
                        "module-16");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().startsWith("qmk: QMK-JOB-3: "), run.err());
    }

    @Test
    void a_profile_that_the_machine_lacks_is_a_warning() throws IOException {
        String program =
                """
                qvm 1.0
                requires core/1 measure/1
                caps CAP_ALLOC
                qubits q
                events e
                ALLOC_LQ q profile="logical:SHYPS(d=9)"
                MEASURE_Z q -> e
                FREE_LQ q
                """;
        Files.writeString(folder.resolve("hint.qvm"), program);

        var table = Invocation.in(folder, "run", "hint.qvm");
        var json = Invocation.in(folder, "run", "hint.qvm", "--format", "json");

        assertEquals(ExitCode.DONE, table.exitCode(), table.err());
        assertTrue(table.err().startsWith("warning: the profile logical:SHYPS(d=9)"), table.err());
        assertEquals("", json.err());
        assertTrue(json.out().contains("\"warnings\":[\"the profile logical:SHYPS(d=9)"));
    }

    @Test
    void a_rejected_program_is_not_run() throws IOException {
        Files.writeString(folder.resolve("bad.qasm"), "OPENQASM 3.0;\nqubit q;\nfly q;\n");

        var run = Invocation.in(folder, "run", "bad.qasm");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("bad.qasm:3:1: QASM-NAME-1: "), run.err());
    }

    @Test
    void a_job_that_did_not_complete_is_a_failure_with_its_cause() {
        var result =
                new EmbeddedKernel.Result(
                        List.of("c"),
                        new TreeMap<>(),
                        3,
                        12,
                        JobState.FAILED,
                        EndCause.DEVICE_FAULT,
                        "the cold went away");

        var failure = assertThrows(CommandFailure.class, () -> RunCommand.conclusion(result));

        assertEquals(ExitCode.FAILED, failure.exitCode());
        assertEquals(
                "the job is FAILED after 12 shots: QMK-END-3: the device lost the job's qubits"
                        + " more often than it may:"
                        + " the cold went away.",
                failure.getMessage());
    }

    @Test
    void a_journal_is_never_written_over() {
        var first = runWithJournal("data");
        var second = runWithJournal("data");

        assertEquals(ExitCode.DONE, first.exitCode(), first.err());
        assertTrue(Files.exists(folder.resolve("data/journal.qmkj")));
        assertEquals(ExitCode.FAILED, second.exitCode());
        assertEquals("", second.out());
        assertTrue(second.err().contains("holds the journal of another run"), second.err());
    }

    @Test
    void a_journal_that_cannot_be_made_stops_the_run() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        for (String name : List.of("file", "file/below", "bad\0name")) {
            var run = runWithJournal(name);

            assertNotEquals(ExitCode.DONE, run.exitCode(), name);
            assertNotEquals(ExitCode.BUG, run.exitCode(), run.err());
            assertEquals("", run.out());
            assertFalse(run.err().isBlank());
        }
    }

    private Invocation runWithJournal(String name) {
        String bell = Invocation.root().resolve(BELL).toString();
        return Invocation.in(folder, "run", bell, "--data-dir", name);
    }

    private static String value(Invocation run, String key) {
        return PrintedJson.object(run.out()).get(key).toString();
    }
}
