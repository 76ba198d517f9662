package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Looks for a small table for a third order of products: among those with symmetries if it is of a
/// field, and from linear forms of few products, a table for half of it, and from that one for the
/// whole.
final class ProductSearch {

    private static final int VARIABLES = 10;
    private static final int KEPT = 64;

    /// The effort from one start: many starts find more than long walks.
    private static final long SHARE = 20_000_000;

    private final SymmetricProduct product;
    private final SplittableRandom random;
    private long work;

    ProductSearch(SymmetricProduct product, SplittableRandom random) {
        this.product = product;
        this.random = random;
    }

    long work() {
        return work;
    }

    /// The smallest table found.
    ParityTable search(long effort) {
        int n = product.matrices()[0].length;
        ParityTable best = product.whole(product.plain());
        if (n > VARIABLES) return best;
        long most = effort - effort / 3;
        Optional<FieldSearch> fields = FieldSearch.of(product, most, random);
        if (fields.isPresent()) {
            for (ParityTable table : fields.get().search(most)) {
                if (table.size() < best.size()) best = table;
            }
            work += fields.get().work();
        }
        List<int[]> ways = forms((effort - work) / 4);
        long share = Math.min(SHARE, effort - work);
        long walks = (effort - work) / 3;
        for (int i = 0; work < effort - walks && !ways.isEmpty(); i++) {
            ParityTable start = product.start(ways.get(i % ways.size()));
            var half = new ParitySearch(start, random, product.dear(), 3);
            half.descend(share);
            half.walk(half.work() + share / 4);
            var whole = new ParitySearch(product.whole(half.table()), random);
            whole.descend(share);
            whole.walk(whole.work() + share);
            work += half.work() + whole.work();
            if (whole.table().size() < best.size()) best = whole.table();
        }
        // on from the best, which many walks leave the same way
        while (work < effort) {
            var more = new ParitySearch(best, random);
            more.walk(2 * share);
            if (more.work() == 0) break;
            work += more.work();
            if (more.table().size() <= best.size()) best = more.table();
        }
        return best;
    }

    /// Sets of as few linear forms as were found.
    private List<int[]> forms(long effort) {
        boolean[][][] matrices = product.matrices();
        int n = matrices[0].length;
        var rank = new ProductRank(matrices);
        List<int[]> found = new ArrayList<>();
        int least = n * (n + 1) / 2;
        List<int[][]> ways = ProductSymmetries.orbits(matrices, random);
        for (int[][] orbits : ways) {
            long until = rank.work() + effort / ways.size();
            int[] own = new int[0];
            while (rank.work() < until) {
                boolean fresh = own.length == 0 || random.nextBoolean();
                int[] forms = rank.attempt(orbits, fresh ? new int[0] : own, least, random);
                if (forms.length == 0) continue;
                if (own.length == 0 || forms.length <= own.length) own = forms;
                if (forms.length < least) found.clear();
                if (forms.length > least) continue;
                least = forms.length;
                if (found.size() < KEPT) {
                    found.add(forms);
                } else {
                    found.set(random.nextInt(KEPT), forms);
                }
            }
        }
        work += rank.work();
        return found;
    }
}
