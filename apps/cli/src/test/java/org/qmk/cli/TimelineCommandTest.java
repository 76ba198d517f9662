package org.qmk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `qmk run --timing`, `--timeline`, `--co-tenants`, and the machines of `qmk estimate`.
final class TimelineCommandTest {

    private static final String BELL = "examples/bell.qasm";
    private static final String ADDER = "examples/ripple_carry_adder.qasm";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {ADDER, "examples/phase_estimation.qasm", "examples/grover.qasm"})
    void on_the_ideal_machine_of_its_estimate_a_program_takes_the_estimate(String program) {
        Path machine = folder.resolve("machine.yaml");
        var estimate =
                Invocation.of("estimate", program, "--machine-out", machine.toString(), "--ideal");
        assertEquals(ExitCode.DONE, estimate.exitCode(), estimate.err());

        Map<String, Object> timeline = timing(program, machine);

        assertEquals(timeline.get("estimate"), timeline.get("epochs"), timeline.toString());
        assertEquals("not simulated", timeline.get("outcomes"));
    }

    @Test
    void co_tenants_are_named_and_the_parts_add_up() {
        Path machine = folder.resolve("machine.yaml");
        Invocation.of("estimate", ADDER, "--machine-out", machine.toString());

        Map<String, Object> timeline =
                timing(ADDER, machine, "--co-tenants", BELL, "--co-tenants", ADDER);

        assertEquals(List.of(BELL, ADDER), timeline.get("coTenants"));
        var difference = (Map<?, ?>) timeline.get("difference");
        long sum = 0;
        for (Map.Entry<?, ?> part : difference.entrySet()) {
            if (!part.getKey().equals("all")) sum += number(part.getValue());
        }
        assertEquals(number(difference.get("all")), sum);
        assertTrue(number(difference.get("co-tenants")) > 0, difference.toString());
        long epochs = 0;
        for (Object stretch : (List<?>) timeline.get("stretches")) {
            assertEquals(epochs + 1, number(((List<?>) stretch).getFirst()));
            epochs += number(((List<?>) stretch).get(1));
        }
        assertEquals(number(timeline.get("epochs")), epochs);
    }

    @Test
    void a_timeline_stands_beside_the_counts_and_is_a_page_or_data() throws IOException {
        Path page = folder.resolve("out.html");
        Path data = folder.resolve("out.json");

        var run = Invocation.of("run", BELL, "--seed", "7", "--timeline", page.toString());
        Invocation.of("run", BELL, "--seed", "7", "--timeline", data.toString());

        assertEquals(ExitCode.DONE, run.exitCode());
        assertTrue(run.out().contains("bits, left to right"), run.out());
        assertTrue(run.out().contains("\ndifference "), run.out());
        assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
        Map<String, Object> json = PrintedJson.object(Files.readString(data));
        assertEquals("simulated", json.get("outcomes"));
        assertEquals("1024", json.get("shots").toString());
    }

    @Test
    void timing_says_that_outcomes_were_not_simulated_and_prints_none() {
        var run = Invocation.of("run", BELL, "--timing");

        assertEquals(ExitCode.DONE, run.exitCode());
        assertTrue(run.out().contains("shots 1, co-tenants 0, outcomes not simulated"), run.out());
        assertFalse(run.out().contains("bits"), run.out());
    }

    @Test
    void what_contradicts_itself_is_wrong_usage() {
        for (List<String> options :
                List.of(
                        List.of("--timing", "--simulator", "tableau"),
                        List.of("--timing", "--noise", "gate1=1e-3"),
                        List.of("--timing", "--format", "csv"),
                        List.of("--timeline", "out.txt"))) {
            List<String> arguments = new ArrayList<>(List.of("run", BELL));
            arguments.addAll(options);

            var run = Invocation.of(arguments.toArray(String[]::new));

            assertEquals(ExitCode.USAGE, run.exitCode(), options + run.err());
        }
        assertEquals(ExitCode.USAGE, Invocation.of("estimate", ADDER, "--ideal").exitCode());
    }

    @Test
    void a_co_tenant_that_may_not_run_ends_the_run() {
        var run = Invocation.of("run", BELL, "--timing", "--co-tenants", "examples/README.md");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("examples/README.md is no program"), run.err());
    }

    @Test
    void a_job_without_an_estimate_has_no_machine() {
        Path machine = folder.resolve("machine.yaml");

        byte[] job = "{\"constraints\": {\"maxPhysicalQubits\": 1}}".getBytes(UTF_8);
        var run =
                Invocation.with(
                        Invocation.root(),
                        job,
                        "estimate",
                        ADDER,
                        "--params",
                        "-",
                        "--machine-out",
                        machine.toString());

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("there is no machine"), run.err());
        assertFalse(Files.exists(machine));
    }

    private static Map<String, Object> timing(String program, Path machine, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("run", program, "--timing", "--format", "json"));
        arguments.addAll(List.of("--machine", machine.toString()));
        arguments.addAll(List.of(more));
        var run = Invocation.of(arguments.toArray(String[]::new));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        return PrintedJson.object(run.out());
    }

    private static long number(Object value) {
        return Long.parseLong(value.toString());
    }
}
