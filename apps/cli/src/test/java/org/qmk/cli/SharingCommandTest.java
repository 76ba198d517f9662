package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineFile;
import org.qmk.simulation.Arrivals;
import org.qmk.simulation.SharedLoad;
import org.qmk.simulation.SharingFigures;
import org.qmk.simulation.SharingRequest;

final class SharingCommandTest {

    private static final List<String> POLICIES = List.of("fifo", "round robin", "fair");

    @TempDir private Path folder;

    private static String small(String... more) {
        String[] all = Arrays.copyOf(new String[] {"bench", "sharing"}, 8 + more.length);
        String[] few = {"--machine", "module-16", "--epochs", "200", "--seeds", "1"};
        System.arraycopy(few, 0, all, 2, few.length);
        System.arraycopy(more, 0, all, 8, more.length);
        var run = Invocation.of(all);
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        return run.out();
    }

    @Test
    void the_tables_have_a_row_for_each_arrival_load_and_policy() {
        String text = small("--load", "70,90");

        for (String arrivals : List.of("poisson", "bursty")) {
            for (String load : List.of("70 %", "90 %")) {
                for (String policy : POLICIES) rows(text, arrivals, load, policy);
            }
        }
        assertTrue(text.contains("module-16, 8 tenants, jobs come for 200 epochs"), text);
    }

    @Test
    void the_seed_decides_all_that_is_printed() {
        String first = small("--load", "70", "--format", "csv", "--seed", "3");

        assertEquals(first, small("--load", "70", "--format", "csv", "--seed", "3"));
        assertNotEquals(first, small("--load", "70", "--format", "csv", "--seed", "4"));
    }

    @Test
    void csv_has_one_line_a_run_and_as_many_fields_in_each() {
        List<String> lines = small("--load", "70", "--format", "csv").lines().toList();

        assertEquals(1 + Arrivals.values().length * POLICIES.size(), lines.size());
        for (String line : lines) {
            assertEquals(lines.getFirst().split(",").length, line.split(",").length, line);
        }
    }

    @Test
    void the_text_is_written_to_a_file() throws IOException {
        var run =
                Invocation.in(
                        folder,
                        "bench",
                        "sharing",
                        "--machine",
                        "module-16",
                        "--epochs",
                        "200",
                        "--seeds",
                        "1",
                        "--load",
                        "70",
                        "--out",
                        "sharing.md");

        assertEquals("", run.out());
        assertEquals(
                small("--load", "70"), Files.readString(folder.resolve("sharing.md")), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tenants=1",
                "--epochs=0",
                "--load=0",
                "--load=80,",
                "--load=80,80",
                "--seeds=0",
                "--seed=x",
                "--format=json",
                "--machine=nowhere",
                "--machine=ideal"
            })
    void a_wrong_option_is_wrong_usage(String option) {
        var run = Invocation.of("bench", "sharing", option);

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
    }

    @ParameterizedTest
    @EnumSource
    void the_document_in_the_sources_says_what_the_policies_do(Policy.Order order)
            throws IOException {
        var machine = MachineFile.shipped("quad-64");
        var request = new SharingRequest(machine, 8, 10_000, 80, Arrivals.POISSON);

        SharingFigures figures = SharedLoad.of(request, 1).under(order);

        String expected =
                "%.3f, %d".formatted(figures.jain(), figures.waits(j -> j.tenant() > 0).p99());
        String policy = POLICIES.get(order.ordinal());
        List<String> row = rows(document(), "poisson", "80 %", policy).getLast();
        assertEquals(expected, row.get(3), "out of date: " + order);
    }

    @ParameterizedTest
    @CsvSource({"poisson,80 %", "poisson,110 %", "bursty,80 %", "bursty,110 %"})
    void the_document_in_the_sources_shows_that_fair_is_fairest(String arrivals, String load)
            throws IOException {
        List<String> fair = rows(document(), arrivals, load, "fair").getFirst();

        for (String policy : List.of("fifo", "round robin")) {
            List<String> other = rows(document(), arrivals, load, policy).getFirst();
            assertTrue(mean(fair.get(3)) > mean(other.get(3)), policy + ": Jain index");
            assertTrue(mean(fair.get(7)) < mean(other.get(7)), policy + ": others' wait p99");
        }
    }

    @Test
    void the_document_in_the_sources_was_made_by_the_defaults() throws IOException {
        String line =
                "Machine quad-64, 8 tenants, jobs come for 10000 epochs, load 80 and 110 %,"
                        + " seeds 1 to 5.";

        assertTrue(document().contains(line));
    }

    private static String document() throws IOException {
        return Files.readString(Invocation.root().resolve("docs/reference/sharing.md"));
    }

    private static double mean(String cell) {
        return Double.parseDouble(cell.substring(0, cell.indexOf(' ')));
    }

    /// The cells of the rows, one a table, that begin so.
    private static List<List<String>> rows(String text, String... start) {
        String begin = "| " + String.join(" | ", start) + " |";
        List<List<String>> rows =
                text.lines()
                        .filter(line -> line.startsWith(begin))
                        .map(line -> Arrays.stream(line.substring(1).split("\\|")))
                        .map(cells -> cells.map(String::strip).toList())
                        .toList();
        assertEquals(4, rows.size(), "rows " + begin + " in " + text);
        return rows;
    }
}
