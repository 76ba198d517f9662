package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Looks for few linear forms whose squares span given symmetric matrices: as many products are
/// then enough to compute all of the bilinear forms.
///
/// Modulo the given matrices, the squares of r such forms span r less the number of matrices: so a
/// small space is looked for that holds the squares of many forms. Spaces that a symmetry of the
/// matrices maps to themselves are few, and the best are often among them.
final class ProductRank {

    /// For each linear form, its square as a symmetric matrix, entry (i, j) at j(j+1)/2 + i.
    private final long[] squares;

    /// The same modulo the given matrices.
    private final long[] modulo;

    private final int dimension;
    private long work;

    /// @param matrices symmetric, of at most ten rows
    ProductRank(boolean[][][] matrices) {
        int n = matrices[0].length;
        var given = new Span();
        for (boolean[][] matrix : matrices) {
            long entries = 0;
            for (int j = 0; j < n; j++) {
                for (int i = 0; i <= j; i++) {
                    if (matrix[i][j]) entries |= 1L << j * (j + 1) / 2 + i;
                }
            }
            given.add(entries);
        }
        dimension = given.size;
        squares = new long[1 << n];
        modulo = new long[1 << n];
        for (int form = 1; form < squares.length; form++) {
            long square = 0;
            for (int j = 0; j < n; j++) {
                if ((form >> j & 1) == 0) continue;
                square |= (form & (2L << j) - 1) << j * (j + 1) / 2;
            }
            squares[form] = square;
        }
        given.reduce();
        for (int form = 1; form < squares.length; form++) modulo[form] = given.rest(squares[form]);
    }

    long work() {
        return work;
    }

    /// The forms of one attempt, or none.
    ///
    /// @param orbits sets of forms that come together
    /// @param earlier forms of which about half are kept
    /// @param limit  how many forms there may be
    int[] attempt(int[][] orbits, int[] earlier, int limit, SplittableRandom random) {
        var span = new Span();
        for (int form : earlier) {
            if (random.nextInt(5) < 3) span.add(modulo[form]);
        }
        while (span.size + dimension <= limit) {
            List<Integer> best = new ArrayList<>();
            int most = -1;
            for (int i = 0; i < orbits.length; i++) {
                int more = span.more(modulo, orbits[i]);
                work += 30L * orbits[i].length;
                if (more == 0) continue;
                int score = orbits[i].length - more;
                if (span.size == 0) score = 0; // the first is any
                if (score > most) {
                    most = score;
                    best.clear();
                }
                if (score == most) best.add(i);
            }
            if (best.isEmpty()) break;
            for (int form : orbits[best.get(random.nextInt(best.size()))]) span.add(modulo[form]);
            int[] found = found(span, orbits);
            if (found.length > 0) return found;
        }
        return new int[0];
    }

    /// Forms whose squares lie in a space, if they span the given matrices with it.
    private int[] found(Span span, int[][] orbits) {
        var all = new Span();
        int[] forms = new int[span.size + dimension];
        int count = 0;
        for (int[] orbit : orbits) {
            for (int form : orbit) {
                if (span.rest(modulo[form]) != 0) continue;
                if (all.add(squares[form])) forms[count++] = form;
                if (count == forms.length) return forms;
            }
        }
        return new int[0];
    }

    /// A space of vectors of up to 64 bits.
    private static final class Span {

        private final long[] rows = new long[64];
        private int size;

        long rest(long vector) {
            long rest = vector;
            for (int i = 0; i < size; i++) rest = Math.min(rest, rest ^ rows[i]);
            return rest;
        }

        boolean add(long vector) {
            long rest = rest(vector);
            if (rest == 0) return false;
            rows[size++] = rest;
            return true;
        }

        int more(long[] vectors, int[] among) {
            int before = size;
            for (int i : among) add(vectors[i]);
            int more = size - before;
            size = before;
            return more;
        }

        void reduce() {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < i; j++) rows[j] = Math.min(rows[j], rows[j] ^ rows[i]);
            }
        }
    }
}
