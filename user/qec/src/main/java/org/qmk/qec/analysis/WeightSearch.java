package org.qmk.qec.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.qmk.qec.decode.DecodingProblem;

/// The fewest errors, of any number of detectors, that flip an observable and no detector, by a
/// search of all sets up to a size. It proves that there are none of fewer, which `WeightBound`
/// does not; its time grows with the power of the size.
///
/// Each set is found once: it starts with its first error, and every error after it is one of those
/// that flip the first detector that is still flipped. The last error is looked up.
public final class WeightSearch {

    /// Detectors that are flipped, ascending.
    private record Flipped(int[] detectors) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Flipped(int[] more) && Arrays.equals(detectors, more);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(detectors);
        }
    }

    private final DecodingProblem problem;
    private final int[][] columns;
    private final int widest;

    /// The mechanisms that flip the same detectors: more than one if observables differ.
    private final Map<Flipped, int[]> bySymptom = new HashMap<>();

    private WeightSearch(DecodingProblem problem) {
        this.problem = problem;
        columns = new int[problem.mechanisms()][];
        int most = 0;
        for (int i = 0; i < columns.length; i++) {
            int start = problem.columnStart(i);
            int[] column = new int[problem.columnStart(i + 1) - start];
            for (int k = 0; k < column.length; k++) column[k] = problem.detector(start + k);
            columns[i] = column;
            most = Math.max(most, column.length);
            int mechanism = i;
            bySymptom.merge(
                    new Flipped(column),
                    new int[] {mechanism},
                    (before, more) -> {
                        int[] both = Arrays.copyOf(before, before.length + 1);
                        both[before.length] = more[0];
                        return both;
                    });
        }
        widest = most;
    }

    /// @param problem whose errors each flip a detector
    /// @param weightMax 2 or more: the largest set that is looked for
    /// @return nothing if there is no such set
    public static OptionalInt of(DecodingProblem problem, int weightMax) {
        var search = new WeightSearch(problem);
        for (int weight = 2; weight <= weightMax; weight++) {
            for (int first = 0; first < search.columns.length; first++) {
                long observables = problem.observables(first);
                if (search.isFound(first, search.columns[first], observables, weight - 1)) {
                    return OptionalInt.of(weight);
                }
            }
        }
        return OptionalInt.empty();
    }

    /// Whether so many mechanisms behind the first flip back the detectors, but not all
    /// observables.
    private boolean isFound(int first, int[] detectors, long observables, int left) {
        if (detectors.length == 0 || detectors.length > left * widest) return false;
        if (left == 1) {
            int[] last = bySymptom.get(new Flipped(detectors));
            if (last == null) return false;
            for (int mechanism : last) {
                if (mechanism > first && problem.observables(mechanism) != observables) return true;
            }
            return false;
        }
        int row = detectors[0];
        for (int entry = problem.rowStart(row + 1) - 1; entry >= problem.rowStart(row); entry--) {
            int mechanism = problem.mechanism(entry);
            if (mechanism <= first) break;
            long flipped = observables ^ problem.observables(mechanism);
            if (isFound(first, sum(detectors, columns[mechanism]), flipped, left - 1)) return true;
        }
        return false;
    }

    /// What is in one of two ascending lists.
    private static int[] sum(int[] a, int[] b) {
        int[] sum = new int[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            if (j == b.length || i < a.length && a[i] < b[j]) sum[size++] = a[i++];
            else if (i == a.length || b[j] < a[i]) sum[size++] = b[j++];
            else {
                i++;
                j++;
            }
        }
        return Arrays.copyOf(sum, size);
    }
}
