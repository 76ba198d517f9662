package org.qmk.optimizer.tcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParitySearchTest {

    private static ParityTable random(int variables, int size, SplittableRandom random) {
        var table = new ParityTable(variables);
        for (int i = 0; i < size; i++) {
            long[] parity = new long[table.words];
            for (int v = 0; v < variables; v++) {
                if (random.nextInt(3) == 0) parity[v >> 6] |= 1L << v;
            }
            table.add(parity);
        }
        table.cancel();
        return table;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 8, 12, 20, 63, 64, 65, 70})
    void a_search_keeps_the_third_order_and_makes_nothing_larger(int variables) {
        for (int seed = 0; seed < 4; seed++) {
            var random = new SplittableRandom(seed);
            ParityTable table = random(variables, 10 + 18 * seed, random);
            var search = new ParitySearch(table, random);

            search.descend(Long.MAX_VALUE);
            search.walk(search.work() + 2_000_000);

            assertTrue(search.table().size() <= table.size(), "seed " + seed);
            assertTrue(PhaseForm.sameThirdOrder(table, search.table()), "seed " + seed);
        }
    }

    /// Seven is the most that four variables need: the others come in pairs with fifteen in all.
    @Test
    void four_variables_need_at_most_seven_parities() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var search = new ParitySearch(random(4, 16, random), random);

            search.descend(Long.MAX_VALUE);
            search.walk(search.work() + 1_000_000);

            assertTrue(search.table().size() <= 7, "seed " + seed);
        }
    }

    @Test
    void the_third_order_of_a_table_changes_with_one_parity() {
        var random = new SplittableRandom(1);
        ParityTable table = random(9, 30, random);
        ParityTable other = table.copy();
        other.remove(4);

        assertTrue(PhaseForm.sameThirdOrder(table, table));
        assertFalse(PhaseForm.sameThirdOrder(table, other));
    }

    @Test
    void a_compressed_table_expands_to_itself() {
        var random = new SplittableRandom(2);
        ParityTable table = random(90, 40, random);
        ParityTable.Compressed compressed = table.compressed();

        ParityTable expanded = compressed.expanded(compressed.table());

        assertTrue(compressed.table().variables <= 40);
        assertEquals(table.size(), expanded.size());
        assertTrue(PhaseForm.sameThirdOrder(table, expanded));
    }
}
