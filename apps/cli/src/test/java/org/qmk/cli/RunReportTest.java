package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineFile;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.sim.Choice;
import org.qmk.sim.Simulators;
import org.qmk.source.Loading;

final class RunReportTest {

    @Test
    void a_table_has_the_most_frequent_result_first_and_bars_to_scale() {
        var report = report(List.of("b", "a"), Map.of("00", 10L, "01", 40L, "10", 30L), 100);

        String table =
                report.table(58, 32).replaceFirst("simulator .*, machine", "simulator X, machine");

        assertEquals(
                """
                p.qasm: 100 shots, seed 7, simulator X, machine ideal, 3 epochs
                bits, left to right: b a

                01  40   50.00 %  ████████████████████████████████████████
                10  30   37.50 %  ██████████████████████████████
                00  10   12.50 %  ██████████
                """,
                table);
    }

    @Test
    void a_table_says_how_many_results_it_leaves_out() {
        TreeMap<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            counts.put(String.format("%6s", Integer.toBinaryString(i)).replace(' ', '0'), 1L);
        }
        var report = report(List.of("f", "e", "d", "c", "b", "a"), counts, 40);

        List<String> lines = report.table(80, 32).lines().toList();

        assertEquals(3 + 32 + 1, lines.size());
        assertEquals(
                "... and 8 other results; --top shows more, --format json and csv all",
                lines.getLast());
        assertEquals(1 + 40, report.csv().lines().count());
    }

    @Test
    void a_bar_is_never_empty_and_never_longer_than_the_line() {
        var report = report(List.of("a"), Map.of("0", 1_000_000_000L, "1", 1L), 1_000_000_001L);

        List<String> lines = report.table(60, 32).lines().toList();

        assertTrue(lines.get(3).length() <= 60, lines.get(3));
        assertTrue(lines.get(4).endsWith("\u258F"), lines.get(4));
    }

    @Test
    void a_program_without_result_bits_gets_no_table() {
        var report = report(List.of(), Map.of("", 5L), 5);

        assertTrue(report.table(80, 32).endsWith("The program has no result bits.\n"));
        assertTrue(report.json().contains("\"counts\":{\"\":5}"), report.json());
    }

    @Test
    void shots_that_were_not_done_are_counted_by_the_state_of_the_job() {
        var result =
                new EmbeddedKernel.Result(
                        List.of("a"),
                        new TreeMap<>(Map.of("0", 4L)),
                        3,
                        4,
                        JobState.FAILED,
                        EndCause.DEVICE_FAULT,
                        "");

        assertTrue(report(result, 10).json().contains("\"states\":{\"COMPLETED\":4,\"FAILED\":6}"));
    }

    private static RunReport report(List<String> bits, Map<String, Long> counts, long shots) {
        long done = counts.values().stream().mapToLong(Long::longValue).sum();
        var result =
                new EmbeddedKernel.Result(
                        new ArrayList<>(bits),
                        new TreeMap<>(counts),
                        3,
                        done,
                        JobState.COMPLETED,
                        EndCause.ALL_SHOTS_DONE,
                        "");
        return report(result, shots);
    }

    private static RunReport report(EmbeddedKernel.Result result, long shots) {
        byte[] source =
                "OPENQASM 3.0; qubit q; bit c; c = measure q;".getBytes(StandardCharsets.UTF_8);
        var loaded = assertInstanceOf(Loading.Accepted.class, Loading.of("p.qasm", source));
        var chosen =
                assertInstanceOf(Choice.Chosen.class, Simulators.choose(loaded.program().graph()));
        return RunReport.ofRun(
                "p.qasm",
                loaded.program(),
                shots,
                7,
                chosen,
                MachineFile.shipped("ideal"),
                result,
                List.of());
    }
}
