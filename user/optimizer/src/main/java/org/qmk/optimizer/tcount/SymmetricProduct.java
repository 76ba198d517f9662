package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A third order that is a sum of products `S_c(a, b)` of variables of three kinds, where every
/// matrix `S_c` is symmetric: multipliers of polynomials and of finite fields are of this form.
///
/// It is then `h(a + b, c) + h(a, c) + h(b, c)` for one form h of two kinds, in which an entry on
/// the diagonal of `S_c` is a square, `v v c`. A table for h gives one for the whole, with three
/// parities for each that holds a variable v and one for each that does not. The search for h is
/// in two thirds of the variables, and finds what no walk in all of them does.
final class SymmetricProduct {

    private final int variables;

    /// For each variable of the second kind, the combination of these that stands for b.
    private final long[][] pairing;

    private final List<Integer> first;
    private final List<Integer> second;
    private final List<Integer> third;
    private final boolean[][][] matrices;

    private SymmetricProduct(
            int variables, List<List<Integer>> kinds, long[][] pairing, boolean[][][] matrices) {
        this.variables = variables;
        this.pairing = pairing;
        first = kinds.get(0);
        second = kinds.get(1);
        third = kinds.get(2);
        this.matrices = matrices;
    }

    /// For each variable of the third kind its symmetric matrix.
    boolean[][][] matrices() {
        return matrices;
    }

    /// Which variables of a table for h are of the kind v; the others are of the kind c.
    long[] dear() {
        long[] dear = new long[first.size() + third.size() + 63 >> 6];
        for (int v = 0; v < first.size(); v++) flip(dear, v);
        return dear;
    }

    /// Sees the form in a table whose variables are each of one kind.
    static Optional<SymmetricProduct> of(ParityTable table, SplittableRandom random) {
        int n = table.variables;
        long[][] rows = table.rows();
        boolean[][][] entries = new boolean[n][n][n];
        List<int[]> products = new ArrayList<>();
        for (int c = 0; c < n; c++) {
            for (int b = 0; b <= c; b++) {
                long[] both = rows[b].clone();
                for (int i = 0; i < both.length; i++) both[i] &= rows[c][i];
                for (int a = 0; a <= b; a++) {
                    if (!ParityTable.odd(both, rows[a])) continue;
                    if (a == b || b == c) return Optional.empty();
                    products.add(new int[] {a, b, c});
                    entries[a][b][c] = true;
                    entries[a][c][b] = true;
                    entries[b][a][c] = true;
                    entries[b][c][a] = true;
                    entries[c][a][b] = true;
                    entries[c][b][a] = true;
                }
            }
        }
        List<List<Integer>> kinds = kinds(products, n);
        for (int turn = 0; turn < 3 && !kinds.isEmpty(); turn++) {
            Optional<SymmetricProduct> found = symmetric(n, kinds, entries, random);
            if (found.isPresent()) return found;
            kinds = List.of(kinds.get(1), kinds.get(2), kinds.get(0));
        }
        return Optional.empty();
    }

    /// The kinds of the variables, or nothing if there are no three of them: variables of one
    /// kind share no product. The variable with the fewest kinds left comes next.
    private static List<List<Integer>> kinds(List<int[]> products, int variables) {
        if (products.isEmpty()) return List.of();
        boolean[][] share = new boolean[variables][variables];
        for (int[] product : products) {
            for (int a : product) {
                for (int b : product) share[a][b] = true;
            }
        }
        int[] open = new int[variables];
        Arrays.fill(open, 7);
        for (int i = 0; i < 3; i++) open[products.get(0)[i]] = 1 << i;
        List<List<Integer>> kinds =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean[] done = new boolean[variables];
        for (int n = 0; n < variables; n++) {
            int next = -1;
            for (int v = 0; v < variables; v++) {
                if (done[v]) continue;
                if (next < 0 || Integer.bitCount(open[v]) < Integer.bitCount(open[next])) next = v;
            }
            if (open[next] == 0) return List.of();
            int kind = Integer.numberOfTrailingZeros(open[next]);
            done[next] = true;
            kinds.get(kind).add(next);
            for (int v = 0; v < variables; v++) {
                if (share[next][v]) open[v] &= ~(1 << kind);
            }
        }
        for (List<Integer> kind : kinds) kind.sort(null);
        return kinds;
    }

    /// Looks for a change of the second kind's variables that makes every matrix symmetric.
    private static Optional<SymmetricProduct> symmetric(
            int variables,
            List<List<Integer>> kinds,
            boolean[][][] entries,
            SplittableRandom random) {
        List<Integer> a = kinds.get(0);
        List<Integer> b = kinds.get(1);
        List<Integer> c = kinds.get(2);
        int n = a.size();
        if (b.size() != n) return Optional.empty();
        boolean[][][] matrices = new boolean[c.size()][n][n];
        for (int k = 0; k < c.size(); k++) {
            for (int i = 0; i < n; i++) {
                for (int l = 0; l < n; l++) {
                    matrices[k][i][l] = entries[a.get(i)][b.get(l)][c.get(k)];
                }
            }
        }
        List<long[]> solutions = symmetrizers(matrices);
        for (int tries = 0; tries < 64; tries++) {
            long[] solution = new long[n * n + 63 >> 6];
            for (long[] one : solutions) {
                if (random.nextBoolean()) ParityTable.xor(solution, one);
            }
            long[][] matrix = new long[n][n + 63 >> 6];
            for (int l = 0; l < n; l++) {
                for (int j = 0; j < n; j++) {
                    if (ParityTable.bit(solution, l * n + j)) flip(matrix[l], j);
                }
            }
            Optional<long[][]> inverse = inverse(matrix);
            if (inverse.isEmpty()) continue;
            return Optional.of(
                    new SymmetricProduct(
                            variables, kinds, inverse.get(), symmetrized(matrices, matrix)));
        }
        return Optional.empty();
    }

    private static boolean[][][] symmetrized(boolean[][][] matrices, long[][] by) {
        int n = by.length;
        boolean[][][] symmetric = new boolean[matrices.length][n][n];
        for (int k = 0; k < matrices.length; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int l = 0; l < n; l++) {
                        symmetric[k][i][j] ^= matrices[k][i][l] && ParityTable.bit(by[l], j);
                    }
                }
            }
        }
        return symmetric;
    }

    /// A basis of the maps M, entry (l, j) at l n + j, for which every `S M` is symmetric.
    static List<long[]> symmetrizers(boolean[][][] matrices) {
        int n = matrices[0].length;
        List<long[]> equations = new ArrayList<>();
        for (boolean[][] matrix : matrices) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    long[] equation = new long[n * n + 63 >> 6];
                    for (int l = 0; l < n; l++) {
                        if (matrix[i][l]) flip(equation, l * n + j);
                        if (matrix[j][l]) flip(equation, l * n + i);
                    }
                    equations.add(equation);
                }
            }
        }
        return solutions(equations, n * n);
    }

    private static void flip(long[] bits, int index) {
        bits[index >> 6] ^= 1L << index;
    }

    /// A basis of what solves all equations.
    static List<long[]> solutions(List<long[]> equations, int unknowns) {
        List<long[]> rows = new ArrayList<>();
        List<Integer> pivots = new ArrayList<>();
        for (long[] equation : equations) {
            long[] row = equation.clone();
            for (int k = 0; k < rows.size(); k++) {
                if (ParityTable.bit(row, pivots.get(k))) ParityTable.xor(row, rows.get(k));
            }
            int pivot = ParityTable.lowest(row);
            if (pivot < 0) continue;
            for (long[] earlier : rows) {
                if (ParityTable.bit(earlier, pivot)) ParityTable.xor(earlier, row);
            }
            rows.add(row);
            pivots.add(pivot);
        }
        List<long[]> solutions = new ArrayList<>();
        for (int free = 0; free < unknowns; free++) {
            if (pivots.contains(free)) continue;
            long[] solution = new long[unknowns + 63 >> 6];
            flip(solution, free);
            for (int k = 0; k < rows.size(); k++) {
                if (ParityTable.bit(rows.get(k), free)) flip(solution, pivots.get(k));
            }
            solutions.add(solution);
        }
        return solutions;
    }

    private static Optional<long[][]> inverse(long[][] matrix) {
        int n = matrix.length;
        long[][] left = new long[n][];
        long[][] right = new long[n][n + 63 >> 6];
        for (int i = 0; i < n; i++) {
            left[i] = matrix[i].clone();
            flip(right[i], i);
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            while (pivot < n && !ParityTable.bit(left[pivot], c)) pivot++;
            if (pivot == n) return Optional.empty();
            long[] row = left[pivot];
            long[] made = right[pivot];
            left[pivot] = left[c];
            right[pivot] = right[c];
            left[c] = row;
            right[c] = made;
            for (int i = 0; i < n; i++) {
                if (i == c || !ParityTable.bit(left[i], c)) continue;
                ParityTable.xor(left[i], row);
                ParityTable.xor(right[i], made);
            }
        }
        return Optional.of(right);
    }

    /// A table for h of the squares and products of single variables.
    ParityTable plain() {
        int n = first.size();
        int[] forms = new int[n * (n + 1) / 2];
        int count = 0;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i <= j; i++) forms[count++] = 1 << i | 1 << j;
        }
        return start(forms);
    }

    /// A table for h of three parities for each linear form whose squares span the matrices.
    ParityTable start(int[] forms) {
        int n = first.size();
        // for each matrix the forms of which it is the sum of squares
        List<long[]> equations = new ArrayList<>();
        int unknowns = forms.length + third.size();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i <= j; i++) {
                long[] equation = new long[unknowns + 63 >> 6];
                for (int f = 0; f < forms.length; f++) {
                    if ((forms[f] >> i & forms[f] >> j & 1) != 0) flip(equation, f);
                }
                for (int k = 0; k < third.size(); k++) {
                    if (matrices[k][i][j]) flip(equation, forms.length + k);
                }
                equations.add(equation);
            }
        }
        var table = new ParityTable(n + third.size());
        List<long[]> solutions = solutions(equations, unknowns);
        for (int f = 0; f < forms.length; f++) {
            long[] sum = new long[table.words];
            for (long[] solution : solutions) {
                if (!ParityTable.bit(solution, f)) continue;
                for (int k = 0; k < third.size(); k++) {
                    if (ParityTable.bit(solution, forms.length + k)) flip(sum, n + k);
                }
            }
            addSquare(table, forms[f], sum);
        }
        table.cancel();
        return table;
    }

    private static void addSquare(ParityTable table, int form, long[] sum) {
        long[] parity = new long[table.words];
        parity[0] = form;
        table.add(parity);
        table.add(sum);
        ParityTable.xor(parity, sum);
        table.add(parity);
    }

    /// The table of the whole for a table of h.
    ParityTable whole(ParityTable half) {
        int n = first.size();
        var table = empty();
        for (int i = 0; i < half.size(); i++) {
            int digits = 0;
            long sums = 0;
            for (int v = 0; v < n; v++) {
                if (half.has(i, v)) digits |= 1 << v;
            }
            for (int k = 0; k < third.size(); k++) {
                if (half.has(i, n + k)) sums |= 1L << k;
            }
            table.add(parity(digits, 0, sums));
            table.add(parity(0, digits, sums));
            table.add(parity(digits, digits, sums));
        }
        table.cancel();
        return table;
    }

    /// A table of no parities in the variables of the whole.
    ParityTable empty() {
        return new ParityTable(variables);
    }

    /// The parity of variables of the three kinds, where those of the second are the new ones, for
    /// which the matrices are symmetric.
    long[] parity(int a, int b, long c) {
        long[] parity = new long[variables + 63 >> 6];
        for (int v = 0; v < first.size(); v++) {
            if ((a >> v & 1) != 0) flip(parity, first.get(v));
            if ((b >> v & 1) == 0) continue;
            for (int l = 0; l < first.size(); l++) {
                if (ParityTable.bit(pairing[v], l)) flip(parity, second.get(l));
            }
        }
        for (int k = 0; k < third.size(); k++) {
            if ((c >> k & 1) != 0) flip(parity, third.get(k));
        }
        return parity;
    }
}
