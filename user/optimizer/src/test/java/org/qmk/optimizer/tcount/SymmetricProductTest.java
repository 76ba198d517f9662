package org.qmk.optimizer.tcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SymmetricProductTest {

    /// The third order of a product modulo a polynomial: a, b, and what each digit of the product
    /// is added to.
    private static ParityTable multiplier(int n, int polynomial) {
        var table = new ParityTable(3 * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int power = 1;
                for (int k = 0; k < i + j; k++) {
                    power <<= 1;
                    if ((power >> n & 1) != 0) power ^= polynomial;
                }
                for (int k = 0; k < n; k++) {
                    if ((power >> k & 1) != 0) addProduct(table, i, n + j, 2 * n + k);
                }
            }
        }
        table.cancel();
        return table;
    }

    private static void addProduct(ParityTable table, int a, int b, int c) {
        for (int chosen = 1; chosen < 8; chosen++) {
            long parity = 0;
            if ((chosen & 1) != 0) parity ^= 1L << a;
            if ((chosen & 2) != 0) parity ^= 1L << b;
            if ((chosen & 4) != 0) parity ^= 1L << c;
            table.add(new long[] {parity});
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 11, 6", "4, 19, 9", "5, 37, 13", "6, 67, 15"})
    void few_products_make_a_multiplier_and_a_table_of_it(int n, int polynomial, int products) {
        ParityTable table = multiplier(n, polynomial);
        var random = new SplittableRandom(n);

        SymmetricProduct product = SymmetricProduct.of(table, random).orElseThrow();
        var rank = new ProductRank(product.matrices());
        int[] best = new int[0];
        for (int[][] orbits : ProductSymmetries.orbits(product.matrices(), random)) {
            for (int i = 0; i < 200; i++) {
                int[] forms = rank.attempt(orbits, new int[0], n * n, random);
                if (forms.length == 0) continue;
                if (best.length > 0 && forms.length >= best.length) continue;
                best = forms;
                ParityTable made = product.whole(product.start(forms));
                assertTrue(PhaseForm.sameThirdOrder(table, made), forms.length + " products");
            }
        }

        assertEquals(products, best.length);
        assertTrue(PhaseForm.sameThirdOrder(table, product.whole(product.plain())));
    }

    @Test
    void a_search_finds_the_table_of_the_multiplier_of_sixteen_elements() {
        ParityTable table = multiplier(4, 19);
        var random = new SplittableRandom(1);
        SymmetricProduct product = SymmetricProduct.of(table, random).orElseThrow();

        ParityTable found = new ProductSearch(product, random).search(300_000_000);

        assertTrue(found.size() <= 45, found.size() + " parities");
        assertTrue(PhaseForm.sameThirdOrder(table, found));
    }

    @ParameterizedTest
    @CsvSource({"3, 11, 31", "4, 19, 40", "5, 37, 78"})
    void a_search_for_symmetries_of_a_field_finds_small_tables(int n, int polynomial, int size) {
        ParityTable table = multiplier(n, polynomial);
        var random = new SplittableRandom(n);
        SymmetricProduct product = SymmetricProduct.of(table, random).orElseThrow();
        long effort = 200_000_000;
        FieldSearch search = FieldSearch.of(product, effort, random).orElseThrow();

        List<ParityTable> found = search.search(effort);

        assertTrue(found.stream().anyMatch(one -> one.size() <= size), () -> sizes(found));
        for (ParityTable one : found) assertTrue(PhaseForm.sameThirdOrder(table, one));
    }

    private static String sizes(List<ParityTable> tables) {
        return tables.stream().map(one -> one.size() + " parities").toList().toString();
    }

    @Test
    void a_product_of_polynomials_is_of_no_field() {
        int n = 4;
        var table = new ParityTable(4 * n - 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) addProduct(table, i, n + j, 2 * n + i + j);
        }
        table.cancel();
        var random = new SplittableRandom(1);
        SymmetricProduct product = SymmetricProduct.of(table, random).orElseThrow();

        assertTrue(FieldSearch.of(product, Long.MAX_VALUE, random).isEmpty());
    }

    @Test
    void what_is_no_product_of_three_kinds_is_told_apart() {
        var table = new ParityTable(4);
        addProduct(table, 0, 1, 2);
        addProduct(table, 1, 2, 3);
        addProduct(table, 0, 1, 3);
        addProduct(table, 0, 2, 3);

        assertTrue(SymmetricProduct.of(table, new SplittableRandom(1)).isEmpty());
    }
}
