package org.qmk.qec.bp;

import java.util.Arrays;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;

/// Belief propagation, and where that explains no syndrome, ordered statistics: the mechanisms that
/// are independent and most believed in are solved for, all others being taken not to have
/// happened; then some sets of one or two others are tried (combination sweep).
///
/// Source: Panteleev and Kalachev, arXiv 1904.02703; Roffe, White, Burton and Campbell, arXiv
/// 2005.07016.
public final class OrderedStatisticsDecoder implements SyndromeDecoder {

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final DecodingProblem problem;
    private final MinSumDecoder belief;
    private final int[] priors;
    private final int sweep;
    private final int fullRank;
    private final ColumnElimination elimination;
    private final int[] order;
    private final int[] spare;
    private final int[] keys;
    private final int[] spareKeys;
    private final int[] counts = new int[DIGITS];
    private final int[] free;
    private final long[] freeColumns;
    private final long[] solution;
    private final long[] candidate;
    private final boolean[] isFlipped;
    private boolean isSolved;
    private boolean isExplained;

    /// @param sweep among how many of the most believed of the others pairs are tried, each single
    ///     one being tried too; 0 for no sweep (OSD-0)
    public OrderedStatisticsDecoder(DecodingProblem problem, BeliefSettings settings, int sweep) {
        if (sweep < 0) throw new IllegalArgumentException("sweep is " + sweep + ", expected 0 up");
        this.problem = problem;
        this.sweep = Math.min(sweep, problem.mechanisms());
        belief = new MinSumDecoder(problem, settings);
        priors = Beliefs.priors(problem);
        elimination = new ColumnElimination(problem);
        elimination.start();
        for (int i = 0; i < problem.mechanisms(); i++) elimination.add(i);
        fullRank = elimination.rank();
        order = new int[problem.mechanisms()];
        spare = new int[order.length];
        keys = new int[order.length];
        spareKeys = new int[order.length];
        free = new int[order.length];
        freeColumns = new long[this.sweep * elimination.words()];
        solution = new long[elimination.words()];
        candidate = new long[elimination.words()];
        isFlipped = new boolean[order.length];
    }

    @Override
    public DecodingProblem problem() {
        return problem;
    }

    @Override
    public long decode(long[] syndrome, int from) {
        long observables = belief.decode(syndrome, from);
        isSolved = !belief.isExplained();
        isExplained = true;
        if (!isSolved) return observables;
        for (int i = 0; i < order.length; i++) keys[i] = belief.belief(i);
        return solve(syndrome, from);
    }

    @Override
    public void decodeAll(long[] syndromes, int shots, long[] observables) {
        MinSumLanes lanes = belief.lanes();
        int words = problem.words();
        lanes.decode(
                syndromes,
                shots,
                (shot, lane, isRight) -> {
                    if (isRight) {
                        observables[shot] = lanes.observables(lane);
                        return;
                    }
                    for (int i = 0; i < order.length; i++) keys[i] = lanes.belief(lane, i);
                    observables[shot] = solve(syndromes, shot * words);
                });
    }

    @Override
    public boolean isExplained() {
        return isExplained;
    }

    @Override
    public boolean isInCorrection(int mechanism) {
        return isSolved ? isFlipped[mechanism] : belief.isInCorrection(mechanism);
    }

    /// Whether the last correction is one of ordered statistics.
    boolean isSolved() {
        return isSolved;
    }

    /// The beliefs are in `keys`.
    private long solve(long[] syndrome, int from) {
        sort();
        elimination.start();
        int others = 0;
        for (int i = 0; i < order.length; i++) {
            boolean isPivot = elimination.rank() < fullRank && elimination.add(order[i]);
            if (!isPivot) free[others++] = order[i];
            else if (isSparse(syndrome, from)) break;
        }
        isExplained = elimination.transformed(syndrome, from, solution);
        Arrays.fill(isFlipped, false);
        if (!isExplained) return 0;
        if (sweep > 0) sweep(others);
        long observables = 0;
        for (int i = 0; i < solution.length; i++) {
            long left = solution[i];
            while (left != 0) {
                int mechanism = elimination.pivot(64 * i + Long.numberOfTrailingZeros(left));
                left &= left - 1;
                isFlipped[mechanism] = true;
            }
        }
        for (int i = 0; i < order.length; i++) {
            if (isFlipped[i]) observables ^= problem.observables(i);
        }
        return observables;
    }

    /// Whether no sweep follows and the columns so far are enough; asked now and then.
    private boolean isSparse(long[] syndrome, int from) {
        return sweep == 0
                && elimination.rank() % 16 == 0
                && elimination.transformed(syndrome, from, solution);
    }

    /// Adds to the solution what makes it the likeliest of those tried, and flips it.
    private void sweep(int others) {
        int words = elimination.words();
        long best = weight(solution);
        int first = -1;
        int second = -1;
        for (int i = 0; i < others; i++) {
            elimination.transformed(free[i], candidate, 0);
            if (i < sweep) System.arraycopy(candidate, 0, freeColumns, i * words, words);
            for (int j = 0; j < words; j++) candidate[j] ^= solution[j];
            long weight = weight(candidate) + priors[free[i]];
            if (weight < best) {
                best = weight;
                first = i;
            }
        }
        for (int i = 0; i < Math.min(sweep, others); i++) {
            for (int j = i + 1; j < Math.min(sweep, others); j++) {
                for (int k = 0; k < words; k++) {
                    candidate[k] =
                            solution[k] ^ freeColumns[i * words + k] ^ freeColumns[j * words + k];
                }
                long weight = weight(candidate) + priors[free[i]] + priors[free[j]];
                if (weight < best) {
                    best = weight;
                    first = i;
                    second = j;
                }
            }
        }
        flip(first);
        flip(second);
    }

    private void flip(int other) {
        if (other < 0) return;
        isFlipped[free[other]] = true;
        elimination.transformed(free[other], candidate, 0);
        for (int i = 0; i < solution.length; i++) solution[i] ^= candidate[i];
    }

    private long weight(long[] pivots) {
        long weight = 0;
        for (int i = 0; i < pivots.length; i++) {
            long left = pivots[i];
            while (left != 0) {
                weight += priors[elimination.pivot(64 * i + Long.numberOfTrailingZeros(left))];
                left &= left - 1;
            }
        }
        return weight;
    }

    /// Orders mechanisms by belief, those that most likely happened first; equal ones by number.
    private void sort() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            // As unsigned numbers in the same order.
            keys[i] ^= Integer.MIN_VALUE;
        }
        int[] from = order;
        int[] to = spare;
        int[] fromKeys = keys;
        int[] toKeys = spareKeys;
        for (int shift = 0; shift < Integer.SIZE; shift += DIGIT_BITS) {
            Arrays.fill(counts, 0);
            for (int key : fromKeys) counts[key >>> shift & DIGITS - 1]++;
            int sum = 0;
            for (int i = 0; i < DIGITS; i++) {
                int count = counts[i];
                counts[i] = sum;
                sum += count;
            }
            for (int i = 0; i < from.length; i++) {
                int place = counts[fromKeys[i] >>> shift & DIGITS - 1]++;
                to[place] = from[i];
                toKeys[place] = fromKeys[i];
            }
            int[] swapped = from;
            from = to;
            to = swapped;
            swapped = fromKeys;
            fromKeys = toKeys;
            toKeys = swapped;
        }
        // Three digits: the result is in the spare array.
        System.arraycopy(from, 0, order, 0, order.length);
    }
}
