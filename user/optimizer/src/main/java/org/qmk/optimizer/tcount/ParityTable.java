package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Parities of variables, each of which turns the phase by an eighth of a turn where it is odd.
///
/// Only the third-order part matters: two tables with the same number, modulo 2, of parities that
/// hold each one, two and three variables differ by a Clifford.
final class ParityTable {

    final int variables;
    final int words;
    private int size;
    private long[] bits;

    ParityTable(int variables) {
        this.variables = variables;
        words = Math.max(1, variables + 63 >> 6);
        bits = new long[8 * words];
    }

    private ParityTable(ParityTable other) {
        variables = other.variables;
        words = other.words;
        size = other.size;
        bits = other.bits.clone();
    }

    ParityTable copy() {
        return new ParityTable(this);
    }

    int size() {
        return size;
    }

    /// Appends a parity. @param parity its variables, as bits; copied
    void add(long[] parity) {
        if ((size + 1) * words > bits.length) bits = Arrays.copyOf(bits, 2 * bits.length);
        System.arraycopy(parity, 0, bits, size * words, words);
        size++;
    }

    long[] parity(int index) {
        return Arrays.copyOfRange(bits, index * words, (index + 1) * words);
    }

    long word(int index, int word) {
        return bits[index * words + word];
    }

    boolean has(int index, int variable) {
        return (bits[index * words + (variable >> 6)] >>> variable & 1) != 0;
    }

    void toggle(int index, long[] difference) {
        for (int i = 0; i < words; i++) bits[index * words + i] ^= difference[i];
    }

    /// Removes a parity; the last takes its place.
    void remove(int index) {
        size--;
        System.arraycopy(bits, size * words, bits, index * words, words);
    }

    /// Removes empty parities and pairs of equal ones; neither has a third-order part.
    void cancel() {
        Map<Parity, Integer> places = HashMap.newHashMap(size);
        List<Parity> kept = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            var parity = new Parity(parity(i));
            if (parity.isEmpty()) continue;
            Integer place = places.remove(parity);
            if (place == null) {
                places.put(parity, kept.size());
                kept.add(parity);
            } else {
                kept.set(place, null);
            }
        }
        size = 0;
        for (Parity parity : kept) {
            if (parity != null) add(parity.bits());
        }
    }

    /// The variables' rows: bit i of row v says whether parity i holds variable v.
    long[][] rows() {
        long[][] rows = new long[variables][size + 63 >> 6];
        for (int i = 0; i < size; i++) {
            for (int v = 0; v < variables; v++) {
                if (has(i, v)) rows[v][i >> 6] |= 1L << i;
            }
        }
        return rows;
    }

    /// The same table in as few variables as it has independent parities, and the way back.
    Compressed compressed() {
        // echelon[k] has its leading bit, lead[k], in no other row; combination is of variables
        List<long[]> basis = new ArrayList<>();
        List<Integer> leads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long[] rest = parity(i);
            for (int k = 0; k < basis.size(); k++) {
                if (bit(rest, leads.get(k))) xor(rest, basis.get(k));
            }
            int lead = lowest(rest);
            if (lead < 0) continue;
            for (long[] row : basis) {
                if (bit(row, lead)) xor(row, rest);
            }
            basis.add(rest);
            leads.add(lead);
        }
        // in reduced form a parity's coordinates are its bits at the leads
        var small = new ParityTable(basis.size());
        for (int i = 0; i < size; i++) {
            long[] coordinates = new long[small.words];
            for (int k = 0; k < basis.size(); k++) {
                if (has(i, leads.get(k))) coordinates[k >> 6] |= 1L << k;
            }
            small.add(coordinates);
        }
        return new Compressed(small, basis, variables);
    }

    /// @param table in coordinates of the basis
    /// @param basis parities of the wider table
    record Compressed(ParityTable table, List<long[]> basis, int variables) {

        ParityTable expanded(ParityTable reduced) {
            var wide = new ParityTable(variables);
            for (int i = 0; i < reduced.size(); i++) {
                long[] parity = new long[wide.words];
                for (int k = 0; k < basis.size(); k++) {
                    if (reduced.has(i, k)) xor(parity, basis.get(k));
                }
                wide.add(parity);
            }
            return wide;
        }
    }

    static boolean bit(long[] bits, int index) {
        return (bits[index >> 6] >>> index & 1) != 0;
    }

    static void xor(long[] into, long[] from) {
        for (int i = 0; i < from.length; i++) into[i] ^= from[i];
    }

    static boolean odd(long[] a, long[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) sum ^= a[i] & b[i];
        return (Long.bitCount(sum) & 1) != 0;
    }

    /// The lowest bit that is set, or -1.
    static int lowest(long[] bits) {
        for (int i = 0; i < bits.length; i++) {
            if (bits[i] != 0) return 64 * i + Long.numberOfTrailingZeros(bits[i]);
        }
        return -1;
    }

    private record Parity(long[] bits) {

        boolean isEmpty() {
            return lowest(bits) < 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Parity(long[] theirs) && Arrays.equals(bits, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits);
        }
    }
}
