package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SimulateCommandTest {

    @Test
    void a_summary_counts_runs_epochs_ends_and_refusals() {
        var run = Invocation.of("simulate", "--runs", "3", "--epochs", "100");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        String first = run.outLines().getFirst();
        assertTrue(first.startsWith("3 runs, ") && first.endsWith("every law held"), first);
        assertTrue(run.out().contains("ended    QMK-END-1"), run.out());
    }

    @Test
    void the_same_seed_gives_the_same_summary() {
        String[] arguments = {
            "simulate", "--seed", "9", "--epochs", "150", "--faults", "heavy", "--format", "json"
        };

        String first = Invocation.of(arguments).out();

        assertEquals(first, Invocation.of(arguments).out());
        assertTrue(first.startsWith("{\"runs\":1,"), first);
    }

    @Test
    void a_machine_and_a_policy_can_be_stated() {
        var run =
                Invocation.of(
                        "simulate",
                        "--seed",
                        "3",
                        "--epochs",
                        "60",
                        "--machine",
                        "quad-64",
                        "--policy",
                        "fifo",
                        "--tenants",
                        "3",
                        "--strict");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
    }

    @Test
    void a_level_of_faults_that_is_none_is_wrong_usage() {
        assertEquals(ExitCode.USAGE, Invocation.of("simulate", "--faults", "some").exitCode());
    }
}
