package org.qmk.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How long things waited, in epochs. All is 0 if nothing waited.
///
/// @param p50 the least wait that half of them do not exceed
/// @param p99 the least wait that 99 of 100 do not exceed
public record WaitStatistics(int count, double mean, long p50, long p99) {

    public static WaitStatistics of(List<Long> waits) {
        if (waits.isEmpty()) return new WaitStatistics(0, 0, 0, 0);
        List<Long> sorted = new ArrayList<>(waits);
        Collections.sort(sorted);
        double sum = 0;
        for (long wait : sorted) sum += wait;
        return new WaitStatistics(
                sorted.size(),
                sum / sorted.size(),
                NearestRank.of(sorted, 50),
                NearestRank.of(sorted, 99));
    }
}
