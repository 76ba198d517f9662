package org.qmk.mlir;

import java.util.BitSet;
import java.util.List;

/// The order in which handles begin, if nothing else is said: the lowest that never began is next.
final class HandleOrder {

    private final BitSet begun = new BitSet();

    /// All below have begun.
    private int lowest;

    /// The handle that begins next.
    int next() {
        lowest = begun.nextClearBit(lowest);
        return lowest;
    }

    void begin(int handle) {
        begun.set(handle);
    }

    /// Begins handles and says whether they are the next ones.
    boolean expects(List<Integer> handles) {
        boolean expected = true;
        for (int handle : handles) {
            expected &= handle == next();
            begin(handle);
        }
        return expected;
    }
}
