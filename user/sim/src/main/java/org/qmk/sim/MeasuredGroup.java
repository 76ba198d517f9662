package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The outcomes of Z measurements of some slots of a near-Clifford state, as XORs: of what is
/// certain, of fair coins, and of the values of independent products on the active qubits. Products
/// and the vectors that they touch fall into clusters that have nothing to do with one another.
final class MeasuredGroup {

    /// Vectors, and commuting independent products on them, of which the first are bound.
    record Cluster(List<DenseCore> cores, int[] products, int bound) {

        int width() {
            int width = 0;
            for (DenseCore core : cores) width += core.width();
            return width;
        }
    }

    private final NearCliffordState state;
    private final int words;
    // Which measurements a bit is XORed to, by bit.
    private final long[] base;
    private final List<long[]> coins = new ArrayList<>();
    private final List<long[]> columns = new ArrayList<>();
    private final List<PauliRow> products = new ArrayList<>();
    private final int bound;
    private final List<Cluster> clusters = new ArrayList<>();

    /// @param slots distinct ones
    MeasuredGroup(NearCliffordState state, int[] slots) {
        this.state = state;
        words = Math.max(1, slots.length + 63 >>> 6);
        base = new long[words];
        PauliRow[] rows = new PauliRow[slots.length];
        for (int i = 0; i < rows.length; i++) rows[i] = state.frame().rowZ(slots[i]).copy();
        tossCoins(rows);
        List<DenseCore> cores = state.cores();
        PauliRow[] projections = state.frame().bound().toArray(new PauliRow[0]);
        int[] active = cores.stream().flatMapToInt(core -> Arrays.stream(core.qubits())).toArray();
        List<Integer> pivots = new ArrayList<>();
        addProducts(projections, active, pivots, 0);
        bound = products.size();
        addProducts(rows, active, pivots, bound);
        express(rows, active, pivots);
        cluster(cores);
    }

    int words() {
        return words;
    }

    List<Cluster> clusters() {
        return clusters;
    }

    /// The first so many products are +1: what is drawn otherwise has to be drawn again.
    int bound() {
        return bound;
    }

    PauliRow product(int index) {
        return products.get(index);
    }

    int coins() {
        return coins.size();
    }

    void start(long[] outcome) {
        System.arraycopy(base, 0, outcome, 0, words);
    }

    /// Records that a coin fell on 1.
    void toss(long[] outcome, int coin) {
        flip(outcome, coins.get(coin));
    }

    /// Records that a product is -1.
    void negate(long[] outcome, int product) {
        flip(outcome, columns.get(product));
    }

    private static void flip(long[] outcome, long[] mask) {
        for (int i = 0; i < mask.length; i++) outcome[i] ^= mask[i];
    }

    /// Takes from each row its letters X and Y on qubits that are 0. Such a measurement is fair,
    /// and its outcome 1 is the outcome 0 after a Z of the qubit, which changes the rows that have
    /// X or Y there.
    private void tossCoins(PauliRow[] rows) {
        for (int i = 0; i < rows.length; i++) {
            int qubit = state.zeroWithX(rows[i]);
            if (qubit < 0) continue;
            long[] mask = new long[words];
            for (int j = 0; j < rows.length; j++) {
                if (rows[j].hasX(qubit)) mask[j >>> 6] |= 1L << j;
            }
            coins.add(mask);
            int qubits = 64 * rows[i].words();
            PauliRow.exchange(rows, PauliRow.letter(qubits, qubit, false, true), rows[i].copy());
        }
    }

    /// Gauss-Jordan elimination of the rows' letters on active qubits, vector by vector: products
    /// of separate vectors come out separate.
    ///
    /// @param first the products before it are left as they are
    private void addProducts(PauliRow[] rows, int[] active, List<Integer> pivots, int first) {
        for (PauliRow row : rows) {
            PauliRow rest = row.copy();
            for (int i = 0; i < products.size(); i++) {
                if (has(rest, active, pivots.get(i))) rest.times(products.get(i), 0);
            }
            int pivot = 0;
            while (pivot < 2 * active.length && !has(rest, active, pivot)) pivot++;
            if (pivot == 2 * active.length) continue;
            for (PauliRow other : products.subList(first, products.size())) {
                if (has(other, active, pivot)) other.times(rest, 0);
            }
            products.add(rest);
            columns.add(new long[words]);
            pivots.add(pivot);
        }
    }

    /// Tells which products each row is the product of.
    private void express(PauliRow[] rows, int[] active, List<Integer> pivots) {
        for (int j = 0; j < rows.length; j++) {
            PauliRow rest = rows[j].copy();
            for (int i = 0; i < products.size(); i++) {
                if (!has(rest, active, pivots.get(i))) continue;
                rest.times(products.get(i), 0);
                columns.get(i)[j >>> 6] |= 1L << j;
            }
            if (rest.isNegative()) base[j >>> 6] |= 1L << j;
        }
    }

    /// Column 2 i is the X of the i-th active qubit, column 2 i + 1 its Z.
    private static boolean has(PauliRow row, int[] active, int column) {
        int qubit = active[column >>> 1];
        return (column & 1) == 0 ? row.hasX(qubit) : row.hasZ(qubit);
    }

    private void cluster(List<DenseCore> cores) {
        int[] root = new int[cores.size()];
        for (int i = 0; i < root.length; i++) root[i] = i;
        int[] first = new int[products.size()];
        for (int p = 0; p < first.length; p++) {
            first[p] = -1;
            for (int i = 0; i < root.length; i++) {
                if (cores.get(i).masks(products.get(p)) == 0) continue;
                if (first[p] < 0) first[p] = i;
                int from = root[i];
                int to = root[first[p]];
                for (int j = 0; j < root.length; j++) if (root[j] == from) root[j] = to;
            }
        }
        for (int i = 0; i < root.length; i++) {
            int cluster = i;
            if (root[i] != i) continue;
            List<DenseCore> members = new ArrayList<>();
            for (int j = 0; j < root.length; j++) if (root[j] == cluster) members.add(cores.get(j));
            int[] touching = new int[products.size()];
            int count = 0;
            int within = 0;
            for (int p = 0; p < first.length; p++) {
                if (root[first[p]] != cluster) continue;
                touching[count++] = p;
                if (p < bound) within = count;
            }
            // Without a measurement in it, what it is projected onto matters to nobody.
            if (count > 0 && touching[count - 1] >= bound) {
                clusters.add(new Cluster(members, Arrays.copyOf(touching, count), within));
            }
        }
    }
}
