package org.qmk.runtime;

import java.util.List;

/// Percentiles that are members of what they are taken of.
public final class NearestRank {

    private NearestRank() {}

    /// Element number ceil(percent / 100 n), from 1.
    ///
    /// @param sorted one or more, ascending
    /// @param percent 1 to 100
    public static <T> T of(List<T> sorted, int percent) {
        long rank = ((long) percent * sorted.size() + 99) / 100;
        return sorted.get((int) rank - 1);
    }
}
