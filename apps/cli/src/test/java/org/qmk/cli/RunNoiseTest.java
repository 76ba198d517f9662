package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `qmk run --noise` with logical errors of codes. Seeds are fixed; tolerances are three standard
/// deviations.
final class RunNoiseTest {

    private static final int SHOTS = 20_000;

    @TempDir private Path folder;

    /// A qubit in the state 0 that waits for `epochs` and is measured.
    @BeforeEach
    void writePrograms() throws IOException {
        Files.writeString(folder.resolve("memory.qasm"), memory(100));
        Files.writeString(folder.resolve("wait.qasm"), memory(8));
        Files.writeString(folder.resolve("short.qasm"), memory(1));
        Files.writeString(folder.resolve("ghz.qasm"), ghz(8));
        Files.writeString(
                folder.resolve("farm.yaml"),
                """
                name: farm
                description: A machine of a test.
                modules: 1
                blocksPerModule: 4
                roundsPerEpoch: 5
                rates: {operations: 4, lanes: 4, measurements: 4, decoderRounds: 20}
                statesPerRotation: 0
                decoder:
                  farm:
                    workers: 4
                    commit: 5
                    buffer: 5
                    time: {law: constant, rounds: 1}
                profiles: []
                """);
    }

    private static String memory(int epochs) {
        return "OPENQASM 3.0; include \"stdgates.inc\"; qubit q; bit c; reset q;"
                + " s q;".repeat(epochs - 1)
                + " c = measure q;";
    }

    /// Measured along X, so that the parity of the outcomes is even.
    private static String ghz(int qubits) {
        var text = new StringBuilder("OPENQASM 3.0; include \"stdgates.inc\";");
        text.append(" qubit[%d] q; bit[%d] c; h q[0];".formatted(qubits, qubits));
        for (int i = 1; i < qubits; i++) text.append(" cx q[%d], q[%d];".formatted(i - 1, i));
        for (int i = 0; i < qubits; i++) text.append(" h q[%d];".formatted(i));
        return text.append(" c = measure q;").toString();
    }

    private Invocation run(String program, String noise) {
        return Invocation.in(
                folder,
                "run",
                program,
                "--noise=" + noise,
                "--shots",
                SHOTS + "",
                "--seed",
                "11",
                "--format",
                "json");
    }

    /// The share of shots with an odd number of ones.
    private static double odd(Invocation run) {
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        var counts = (Map<?, ?>) PrintedJson.object(run.out()).get("counts");
        long odd = 0;
        long all = 0;
        for (var entry : counts.entrySet()) {
            long count = Long.parseLong(entry.getValue().toString());
            all += count;
            if (entry.getKey().toString().chars().filter(c -> c == '1').count() % 2 == 1) {
                odd += count;
            }
        }
        assertEquals(SHOTS, all);
        return (double) odd / SHOTS;
    }

    private static double deviation(double rate) {
        return Math.sqrt(rate * (1 - rate) / SHOTS);
    }

    @Test
    void a_memory_fails_at_the_rate_of_the_profile() {
        // 0.03 (p / 0.01)^2 in an epoch, of which half is X.
        double flip = 0.03 * 0.25 / 2;
        double expected = (1 - Math.pow(1 - 2 * flip, 100)) / 2;

        var run = run("memory.qasm", "profile=surface-gate,p=0.005,d=3");

        assertEquals(expected, odd(run), 3 * deviation(expected));
        assertTrue(run.err().contains("0.00750 in an epoch"), run.err());
    }

    @Test
    void the_parity_of_entangled_qubits_decays_as_the_closed_form_says() {
        // From its entangling on, each qubit waits for 3 epochs, the last one for 2.
        double flip = 0.03 * 0.64 / 2;
        double expected = (1 - Math.pow(1 - 2 * flip, 3 * 7 + 2)) / 2;

        double odd = odd(run("ghz.qasm", "p=0.008,profile=surface-gate,d=3"));

        assertEquals(expected, odd, 3 * deviation(expected));
    }

    @Test
    void rates_come_on_top_of_a_profile() {
        double flip = 0.03 * 0.25 / 2;
        double waits = (1 - Math.pow(1 - 2 * flip, 100)) / 2;
        double expected = 0.9 * waits + 0.1 * (1 - waits);

        var run = run("memory.qasm", "measure=0.1,profile=surface-gate,p=0.005,d=3");

        assertEquals(expected, odd(run), 3 * deviation(expected));
    }

    @Test
    void live_patches_fail_as_often_as_the_memory_that_qec_counts() {
        double live = odd(run("short.qasm", "live=surface,p=0.02,d=3"));
        var memory =
                Invocation.of(
                        "qec",
                        "memory",
                        "--code",
                        "surface_code",
                        "--task",
                        "rotated_memory_z",
                        "-d",
                        "3",
                        "-r",
                        "3",
                        "--p",
                        "0.02",
                        "--shots-max",
                        "20000",
                        "--seed",
                        "5",
                        "--format",
                        "csv");

        String[] counts = memory.out().lines().skip(1).findFirst().orElseThrow().split(",");
        double counted = Double.parseDouble(counts[1]) / Double.parseDouble(counts[0]);
        double mean = (counted + live) / 2;
        assertTrue(mean > 0.01, mean + "");
        assertEquals(counted, live, 3 * Math.sqrt(2) * deviation(mean));
    }

    @Test
    void the_machine_says_the_distance_and_its_farm_decodes_the_same_each_time() {
        var first = few("live=surface,p=0.01");
        var again = few("live=surface,p=0.01");

        assertTrue(first.err().contains("distance 5 at p = 0.01"), first.err());
        assertEquals(first.out(), again.out());
    }

    @Test
    void times_that_are_measured_are_said_to_be_others_in_a_replay() {
        var run = few("live=surface,p=0.01,cost=measured,round=1000000");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertTrue(run.err().contains("decoding times are measured"), run.err());
    }

    /// 100 shots on a machine with a decoder farm.
    private Invocation few(String noise) {
        return Invocation.in(
                folder,
                "run",
                "wait.qasm",
                "--noise=" + noise,
                "--shots",
                "100",
                "--seed",
                "11",
                "--format",
                "json",
                "--machine",
                "farm.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile=surface-gate",
                "live=surface",
                "p=0.1",
                "d=3",
                "live=surface,profile=gross,p=0.1",
                "live=color,p=0.1",
                "live=surface,p=x",
                "live=surface,p=0.01,p=0.02",
                "live=surface,p=0.01,d=2.5",
                "live=surface,p=0.01,d=3,cost=guessed",
                "profile=surface-gate,p=0.01,d=3,cost=measured",
                // The machine has no distance, or no farm.
                "live=surface,p=0.01",
                "profile=surface-gate,p=0.01",
                "live=surface,p=0.01,d=3,cost=measured",
                // The code has no such distance.
                "live=surface,p=0.01,d=1",
                "profile=surface-gate,p=0.001,d=4",
                "profile=gross,p=0.001,d=3",
                "profile=surface-gate,p=0.001,d=3,gate3=1"
            })
    void what_is_no_noise_is_wrong_usage(String noise) {
        assertEquals(ExitCode.USAGE, run("short.qasm", noise).exitCode());
    }

    @ParameterizedTest
    @CsvSource({
        "'profile=surface-gate,p=0.02,d=3', FAILED",
        "'profile=shyps-961,p=0.001', FAILED",
        "'profile=nowhere,p=0.001', UNREADABLE"
    })
    void a_profile_without_a_rate_is_refused(String noise, ExitCode expected) {
        assertEquals(expected, run("short.qasm", noise).exitCode());
    }
}
