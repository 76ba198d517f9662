package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Sets of bits that are added modulo 2: a space of sums, to which rows are added one by one.
final class ParitySpace {

    // Each with a first bit that no other has.
    private final List<BitSet> reduced = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();

    static BitSet of(int... bits) {
        var row = new BitSet();
        for (int bit : bits) row.flip(bit);
        return row;
    }

    int rank() {
        return reduced.size();
    }

    /// Adds a row; false if it is a sum of others.
    boolean add(BitSet row) {
        var rest = (BitSet) row.clone();
        for (int i = 0; i < reduced.size(); i++) {
            if (rest.get(pivots.get(i))) rest.xor(reduced.get(i));
        }
        if (rest.isEmpty()) return false;
        int pivot = rest.nextSetBit(0);
        for (BitSet other : reduced) if (other.get(pivot)) other.xor(rest);
        reduced.add(rest);
        pivots.add(pivot);
        return true;
    }

    /// A basis of what has an even overlap with every row.
    List<BitSet> kernel(int columns) {
        List<BitSet> basis = new ArrayList<>();
        for (int free = 0; free < columns; free++) {
            if (pivots.contains(free)) continue;
            var vector = of(free);
            for (int i = 0; i < reduced.size(); i++) {
                if (reduced.get(i).get(free)) vector.flip(pivots.get(i));
            }
            basis.add(vector);
        }
        return basis;
    }
}
