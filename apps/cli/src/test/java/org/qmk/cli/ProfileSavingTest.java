package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Counted rates become a profile that other commands take.
final class ProfileSavingTest {

    private static final String MEMORY =
            "qec memory --code surface_code --task rotated_memory_z -d 3 -r 3 --seed 4 ";

    @TempDir private Path folder;

    private Invocation run(String line) {
        return Invocation.in(folder, line.split(" +"));
    }

    @Test
    void a_sweep_makes_a_profile_for_estimates_and_for_noise() throws IOException {
        Files.writeString(folder.resolve("job.json"), "{\"errorBudget\": 0.9}");
        Invocation.copyExamples(folder);
        var sweep =
                run(
                        "qec threshold --code surface_code --task rotated_memory_x -d 3,5"
                                + " --p 0.001,0.008 --shots-max 60000 --errors-max 200 --seed 4"
                                + " --save-profile ours.yaml");

        assertEquals(ExitCode.DONE, sweep.exitCode(), sweep.err());
        var estimate = run("estimate examples/bell.qasm --profile ours.yaml --params job.json");
        var noisy = run("run examples/bell.qasm --noise=profile=ours.yaml,p=0.004,d=3 --shots 100");

        assertEquals(ExitCode.DONE, estimate.exitCode(), estimate.err());
        assertTrue(noisy.err().contains("noise: ours at p = 0.004, d = 3"), noisy.err());
        var outside = run("run examples/bell.qasm --noise=profile=ours.yaml,p=0.01,d=3");
        assertEquals(ExitCode.FAILED, outside.exitCode());
        var between = run("run examples/bell.qasm --noise=profile=ours.yaml,p=0.004,d=4");
        assertEquals(ExitCode.USAGE, between.exitCode());
    }

    @Test
    void a_memory_makes_a_profile_of_one_rate() throws IOException {
        var memory = run(MEMORY + "--p 0.01 --shots-max 20000 --save-profile one.yaml");

        assertEquals(ExitCode.DONE, memory.exitCode(), memory.err());
        String text = Files.readString(folder.resolve("one.yaml"));
        assertTrue(text.contains("standing: measured"), text);
        assertTrue(text.contains("{distance: 3, physical: 0.01, logical: "), text);
    }

    @Test
    void without_an_error_there_is_no_profile() {
        var memory = run(MEMORY + "--p 0.00001 --shots-max 1000 --save-profile none.yaml");

        assertEquals(ExitCode.FAILED, memory.exitCode());
        assertFalse(Files.exists(folder.resolve("none.yaml")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MEMORY + "--save-profile a.yaml",
                MEMORY + "--p 0.6 --save-profile a.yaml",
                "qec threshold --code repetition_code --task memory -d 3 --p 0.1"
                        + " --save-profile a.yaml"
            })
    void what_has_no_profile_is_wrong_usage(String line) {
        assertEquals(ExitCode.USAGE, run(line).exitCode());
    }
}
