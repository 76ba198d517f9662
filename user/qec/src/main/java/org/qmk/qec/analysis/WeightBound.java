package org.qmk.qec.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.qmk.qec.QecFailure;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ErrorColumns;

/// An upper bound of the fewest errors, of any number of detectors, that flip an observable and no
/// detector: by information set decoding (Prange, 1962). Each trial eliminates in a random order of
/// the errors and looks at the sets that have one error out of the rest.
public final class WeightBound {

    private WeightBound() {}

    /// @param trials 1 or more
    /// @return nothing if no set was found
    public static OptionalInt of(DetectorErrorModel model, int trials, long seed)
            throws QecFailure {
        ErrorColumns errors = model.columns();
        List<BitSet> columns = new ArrayList<>();
        for (int error = 0; error < errors.count(); error++) {
            var column = new BitSet();
            for (int i = errors.start(error); i < errors.end(error); i++) {
                int symptom = errors.symptom(i);
                if (ErrorColumns.isDetector(symptom)) column.flip(symptom);
                else if (ErrorColumns.isObservable(symptom)) {
                    column.flip(errors.detectors() + ErrorColumns.observable(symptom));
                }
            }
            if (errors.chance(error) > 0) columns.add(column);
        }
        return of(columns, errors.detectors(), trials, seed);
    }

    /// @param columns of each error: checks, and behind them observables
    /// @param checks the number of checks
    public static OptionalInt of(List<BitSet> columns, int checks, int trials, long seed) {
        var random = new Random(seed);
        List<BitSet> order = new ArrayList<>(columns);
        int best = Integer.MAX_VALUE;
        for (int trial = 0; trial < trials; trial++) {
            Collections.shuffle(order, random);
            best = Math.min(best, lightest(order, checks));
        }
        return best == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /// Adds columns one by one to a basis, each with the set of columns that it is the sum of; one
    /// that is a sum of others gives a set without checks.
    private static int lightest(List<BitSet> order, int checks) {
        BitSet[] basis = new BitSet[checks];
        BitSet[] members = new BitSet[checks];
        int best = Integer.MAX_VALUE;
        for (int i = 0; i < order.size(); i++) {
            var rest = (BitSet) order.get(i).clone();
            var set = new BitSet();
            set.set(i);
            int bit = rest.nextSetBit(0);
            for (; bit >= 0 && bit < checks; bit = rest.nextSetBit(bit + 1)) {
                if (basis[bit] == null) break;
                rest.xor(basis[bit]);
                set.xor(members[bit]);
            }
            if (bit >= 0 && bit < checks) {
                basis[bit] = rest;
                members[bit] = set;
            } else if (!rest.isEmpty()) {
                best = Math.min(best, set.cardinality());
            }
        }
        return best;
    }
}
