package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;

/// Finds a smaller table of the same third order, by whatever search fits.
final class TableReduction {

    /// Tables of more variables, or that need as few parities, are not looked at for products.
    private static final int PRODUCT_VARIABLES = 64;

    private static final int PRODUCT_SIZE = 16;

    private static final long SQUARE = 200_000;

    private final SplittableRandom random;
    private final ParityTable.Compressed compressed;
    private final ParitySearch search;
    private ParityTable best;
    private long work;

    TableReduction(ParityTable table, SplittableRandom random) {
        this.random = random;
        compressed = table.compressed();
        search = new ParitySearch(compressed.table(), random);
        best = search.table();
    }

    /// Goes down by the best steps.
    void descend(long effort) {
        search.descend(effort);
        best = search.table();
        work += search.work();
    }

    /// Searches among tables of about the same size, and for products.
    void search(long effort) {
        long until = work + effort;
        if (effort > 0
                && best.size() >= PRODUCT_SIZE
                && compressed.table().variables <= PRODUCT_VARIABLES) {
            var product = SymmetricProduct.of(compressed.table(), random);
            if (product.isPresent()) {
                var products = new ProductSearch(product.get(), random);
                ParityTable found = products.search(effort - effort / 8);
                work += products.work();
                if (found.size() < best.size()) best = found;
            }
        }
        // what a walk can find in a small table it finds soon
        long size = search.table().size();
        long before = search.work();
        search.walk(before + Math.clamp(until - work, 0, SQUARE * size * size));
        work += search.work() - before;
        if (search.table().size() < best.size()) best = search.table();
    }

    long work() {
        return work;
    }

    int size() {
        return best.size();
    }

    /// The smallest table so far, in the variables of the first.
    ParityTable table() {
        return compressed.expanded(best);
    }
}
