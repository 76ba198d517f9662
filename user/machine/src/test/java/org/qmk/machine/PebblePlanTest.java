package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class PebblePlanTest {

    private static final Path ORACLES =
            Path.of(System.getProperty("qmk.root", "../.."))
                    .resolve("../shared/oracles/oracles.json");

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 2, 3",
        "3, 3, 5",
        "4, 3, 9",
        "4, 4, 7",
        "7, 4, 19",
        "8, 4, 25",
        "8, 5, 21",
        "12, 5, 39",
        "15, 5, 61",
        "16, 5, 71",
        "16, 6, 51",
        "16, 7, 49",
        "16, 8, 47"
    })
    void a_plan_has_as_few_moves_as_breadth_first_search_found(
            int stages, int registers, int moves) {
        PebblePlan plan = PebblePlan.least(stages, registers).orElseThrow();

        assertEquals(moves, plan.moves().length);
        assertTrue(plan.isLegal());
    }

    @Test
    void every_row_of_the_oracle_is_reproduced_and_what_it_lacks_is_refused() throws IOException {
        assumeTrue(Files.exists(ORACLES), "no oracle file at " + ORACLES);
        JsonNode rows =
                new ObjectMapper()
                        .readTree(Files.readString(ORACLES))
                        .path("pebble_min_moves")
                        .path("rows");
        int compared = 0;
        for (String stages : rows.propertyNames()) {
            JsonNode row = rows.path(stages);
            int n = Integer.parseInt(stages);
            int fewest = Integer.MAX_VALUE;
            for (String registers : row.propertyNames()) {
                int p = Integer.parseInt(registers);
                fewest = Math.min(fewest, p);
                PebblePlan plan = PebblePlan.least(n, p).orElseThrow();
                assertEquals(row.path(registers).intValue(), plan.moves().length, n + ", " + p);
                compared++;
            }
            for (int p = 1; p < fewest; p++) assertTrue(PebblePlan.least(n, p).isEmpty());
        }
        assertEquals(51, compared);
    }

    @Test
    void a_chain_can_be_computed_if_it_is_no_longer_than_two_to_the_registers_less_one() {
        for (int registers = 1; registers <= 8; registers++) {
            int longest = Math.min(PebblePlan.STAGES_MAX, 1 << registers - 1);
            for (int stages = 1; stages <= PebblePlan.STAGES_MAX; stages++) {
                var plan = PebblePlan.least(stages, registers);
                assertEquals(stages <= longest, plan.isPresent(), stages + " in " + registers);
                assertTrue(plan.isEmpty() || plan.get().isLegal(), stages + " in " + registers);
            }
        }
    }

    @Test
    void with_a_register_for_each_stage_all_but_the_last_are_computed_and_taken_back() {
        for (int stages = 1; stages <= 40; stages++) {
            PebblePlan plan = PebblePlan.least(stages, stages + 3).orElseThrow();
            assertEquals(2 * stages - 1, plan.moves().length);
        }
    }

    @Test
    void moves_that_break_a_rule_are_illegal() {
        assertTrue(new PebblePlan(2, 2, new int[] {1, 2, 1}).isLegal());
        assertFalse(new PebblePlan(2, 1, new int[] {1, 2, 1}).isLegal(), "too few registers");
        assertFalse(new PebblePlan(2, 2, new int[] {2}).isLegal(), "nothing to compute it from");
        assertFalse(new PebblePlan(2, 2, new int[] {1, 2}).isLegal(), "a stage is left behind");
        assertFalse(
                new PebblePlan(3, 3, new int[] {1, 2, 1, 3, 2}).isLegal(),
                "taken back from nothing");
        assertFalse(new PebblePlan(2, 3, new int[] {1, 2, 3, 1}).isLegal(), "no such stage");
        assertFalse(new PebblePlan(1, 1, new int[0]).isLegal(), "nothing is computed");
    }

    @Test
    void a_plan_of_nothing_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> PebblePlan.least(0, 1));
        assertThrows(IllegalArgumentException.class, () -> PebblePlan.least(1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> PebblePlan.least(PebblePlan.STAGES_MAX + 1, 20));
    }
}
