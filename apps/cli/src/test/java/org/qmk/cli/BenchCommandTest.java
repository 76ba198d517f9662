package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.machine.floor.FloorClass;
import org.qmk.machine.floor.FloorComparison.Contender;

final class BenchCommandTest {

    @TempDir private Path folder;

    @Test
    void the_table_has_a_row_for_each_policy_and_a_column_for_each_class() {
        var run = Invocation.of("bench", "scheduling", "--class", "HD", "--instances", "2");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals(List.of("policy", "sees", "D", "H", "all"), cells(run.out(), "policy"));
        for (Contender contender : Contender.values()) {
            double speedUp = contender.speedUp(FloorClass.H, 1, 2, _ -> {});
            List<String> row = cells(run.out(), contender.title());
            assertEquals("%.2f".formatted(speedUp), row.get(3), contender.title());
            assertTrue(run.err().contains(contender.title() + ": "), run.err());
        }
        assertTrue(run.out().contains("seeds 1 to 2."), run.out());
    }

    @Test
    void another_seed_gives_another_table() {
        String first = table("--seed", "1");

        assertEquals(first, table("--seed", "1"));
        assertTrue(!cells(first, "touching").equals(cells(table("--seed", "2"), "touching")));
    }

    private static String table(String... more) {
        String[] all = Arrays.copyOf(new String[] {"bench", "scheduling"}, 6 + more.length);
        System.arraycopy(new String[] {"--class", "I", "--instances", "1"}, 0, all, 2, 4);
        System.arraycopy(more, 0, all, 6, more.length);
        return Invocation.of(all).out();
    }

    @Test
    void the_table_is_written_to_a_file() throws IOException {
        var run =
                Invocation.in(
                        folder,
                        "bench",
                        "scheduling",
                        "--class",
                        "I",
                        "--instances",
                        "1",
                        "--out",
                        "table.md");

        assertEquals("", run.out());
        assertEquals(table("--seed", "1"), Files.readString(folder.resolve("table.md")), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--class=J", "--class=", "--instances=0", "--seed=x"})
    void a_wrong_option_is_wrong_usage(String option) {
        assertEquals(ExitCode.USAGE, Invocation.of("bench", "scheduling", option).exitCode());
    }

    @ParameterizedTest
    @EnumSource(names = {"B", "H"})
    void the_document_in_the_sources_says_what_the_policies_do(FloorClass queues)
            throws IOException {
        String document =
                Files.readString(Invocation.root().resolve("docs/reference/scheduling.md"));

        for (Contender contender : List.of(Contender.CORNER_GREEDY, Contender.TOUCHING_PERIMETER)) {
            double speedUp = contender.speedUp(queues, 1, 50, _ -> {});
            assertEquals(
                    "%.2f".formatted(speedUp),
                    cells(document, contender.title()).get(2 + queues.ordinal()),
                    "out of date: " + contender);
        }
    }

    @Test
    void the_document_in_the_sources_shows_qmk_above_the_published_means() throws IOException {
        String document =
                Files.readString(Invocation.root().resolve("docs/reference/scheduling.md"));

        assertTrue(mean(document, Contender.TOUCHING_PERIMETER) > 2.398);
        assertTrue(mean(document, Contender.ORDER_SEARCH) > 2.420);
    }

    private static double mean(String document, Contender contender) {
        return Double.parseDouble(cells(document, contender.title()).getLast());
    }

    /// The cells of the first row of a table that begins with a text.
    private static List<String> cells(String text, String start) {
        for (String line : text.lines().toList()) {
            if (!line.startsWith("| " + start)) continue;
            return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
        }
        throw new AssertionError("no row " + start + " in " + text);
    }
}
