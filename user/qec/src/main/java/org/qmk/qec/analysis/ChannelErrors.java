package org.qmk.qec.analysis;

import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.dem.Symptom;

/// The errors of one Pauli channel: all products of a few basis errors, each with its chance. If
/// asked to, splits those with many detectors into others of the same channel.
final class ChannelErrors {

    private static final int MASK_BITS = 64;

    private final ErrorClasses classes;
    private final boolean decompose;
    private final int[] ids = new int[16];
    private final long[] masks = new long[16];
    private final long[] involved = new long[MASK_BITS];
    private final int[] pairs = new int[16];
    private int involvedCount;
    private int pairCount;

    ChannelErrors(ErrorClasses classes, boolean decompose) {
        this.classes = classes;
        this.decompose = decompose;
    }

    /// @param chances of each product, by the set of basis errors in it as bits; of 0 nothing
    /// @param disjoint whether no two products happen together
    void add(double[] chances, boolean disjoint, int tag, SymptomSet... basis) throws QecFailure {
        int cases = 1 << basis.length;
        for (int k = 0; k < basis.length; k++) ids[1 << k] = classes.store(basis[k], tag);
        for (int k = 3; k < cases; k++) {
            int rest = k & k - 1;
            if (rest != 0) ids[k] = classes.storeSum(ids[rest], ids[k ^ rest], tag);
        }
        double[] own = chances;
        if (disjoint) {
            own = chances.clone();
            mergeAlike(own, cases);
        }
        if (decompose) {
            mask(basis, cases);
            split(cases, tag);
        }
        for (int k = 1; k < cases; k++) classes.add(ids[k], own[k]);
    }

    /// Cases that differ by something without symptoms exclude each other: their chances add up.
    private void mergeAlike(double[] chances, int cases) {
        for (int k = 1; k < cases; k++) {
            if (!classes.isEmpty(ids[k])) continue;
            for (int to = 0; to < cases; to++) {
                int from = to ^ k;
                if (from <= to) continue;
                chances[to] += chances[from];
                chances[from] = 0;
            }
        }
    }

    private void mask(SymptomSet[] basis, int cases) throws QecFailure {
        involvedCount = 0;
        for (int k = 0; k < basis.length; k++) {
            long mask = 0;
            for (int i = 0; i < basis[k].size(); i++) {
                long symptom = basis[k].get(i);
                if (Symptom.isDetector(symptom)) mask ^= 1L << place(symptom);
            }
            masks[1 << k] = mask;
        }
        for (int k = 3; k < cases; k++) {
            int rest = k & k - 1;
            if (rest != 0) masks[k] = masks[rest] ^ masks[k ^ rest];
        }
    }

    private int place(long symptom) throws QecFailure {
        for (int i = 0; i < involvedCount; i++) if (involved[i] == symptom) return i;
        if (involvedCount == MASK_BITS) {
            throw new QecFailure(
                    QecRule.TOO_MANY_SYMPTOMS,
                    "a channel is seen by more than %d detectors, which is too many to decompose"
                            .formatted(MASK_BITS));
        }
        involved[involvedCount] = symptom;
        return involvedCount++;
    }

    /// Gidney, arXiv:2103.02202, section 4.3: first single detectors, then pairs that are none of
    /// them, then up to two such pairs and single ones.
    private void split(int cases, int tag) {
        long singles = 0;
        for (int k = 1; k < cases; k++) if (Long.bitCount(masks[k]) == 1) singles |= masks[k];
        pairCount = 0;
        for (int k = 1; k < cases; k++) {
            if (isPair(k, singles)) pairs[pairCount++] = k;
        }
        for (int k = 1; k < cases; k++) {
            if (Long.bitCount(masks[k]) < 2 || isPair(k, singles)) continue;
            classes.begin();
            long rest = appendPairs(k, singles);
            for (int single = 1; rest != 0 && single < cases; single++) {
                if (Long.bitCount(masks[single]) != 1 || (masks[single] & ~rest) != 0) continue;
                rest &= ~masks[single];
                appendPart(single);
            }
            classes.dropLast();
            ids[k] = classes.store(tag);
        }
    }

    private boolean isPair(int k, long singles) {
        return Long.bitCount(masks[k]) == 2 && (masks[k] & ~singles) != 0;
    }

    private void appendPart(int k) {
        classes.append(ids[k]);
        classes.append(Symptom.SEPARATOR);
    }

    /// Appends what single detectors do not reach, and returns what they have to.
    private long appendPairs(int k, long singles) {
        long goal = masks[k];
        if ((goal & ~singles) == 0) return goal;
        for (int i = 0; i < pairCount; i++) {
            long mask = masks[pairs[i]];
            if ((goal & mask) == mask && (goal & ~(singles | mask)) == 0) {
                appendPart(pairs[i]);
                return goal & ~mask;
            }
        }
        for (int i = 0; i < pairCount; i++) {
            long first = masks[pairs[i]];
            for (int j = i + 1; j < pairCount; j++) {
                long second = masks[pairs[j]];
                if ((first & second) != 0 || (goal & ~(singles | first | second)) != 0) continue;
                boolean ordered = !isBefore(ids[pairs[j]], ids[pairs[i]]);
                appendPart(ordered ? pairs[i] : pairs[j]);
                appendPart(ordered ? pairs[j] : pairs[i]);
                return goal & ~(first | second);
            }
        }
        appendPart(k);
        return 0;
    }

    private boolean isBefore(int a, int b) {
        long[] pool = classes.pool();
        return java.util.Arrays.compare(
                        pool,
                        classes.start(a),
                        classes.end(a),
                        pool,
                        classes.start(b),
                        classes.end(b))
                < 0;
    }
}
