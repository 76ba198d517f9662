package org.qmk.qec.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.dem.Symptom;

/// Splits errors that their own channel could not into parts that are known from others: each part
/// has one or two detectors.
final class GraphlikeSplit {

    private static final int TERMS_MAX = 63;
    private static final long NO_DETECTOR = -1;

    private record Key(long first, long second) {}

    /// A part of an error: where its symptoms are in the pool.
    private record Part(int from, int to) {}

    private record Rewrite(int id, long[] symptoms) {}

    private final ErrorClasses classes;
    private final AnalysisOptions options;
    private final Map<Key, Part> known = new HashMap<>();
    private final List<Part> solution = new ArrayList<>();
    private final List<long[]> parts = new ArrayList<>();

    private GraphlikeSplit(ErrorClasses classes, AnalysisOptions options) {
        this.classes = classes;
        this.options = options;
    }

    static void run(ErrorClasses classes, AnalysisOptions options) throws QecFailure {
        new GraphlikeSplit(classes, options).run();
    }

    private void run() throws QecFailure {
        boolean needed = false;
        int[] sorted = classes.sorted();
        for (int id : sorted) needed |= !isGraphlike(id);
        if (!needed) return;
        for (int id : sorted) learn(id);
        List<Rewrite> rewrites = new ArrayList<>();
        for (int id : sorted) {
            if (!isGraphlike(id)) rewrites.add(new Rewrite(id, split(id)));
        }
        for (Rewrite rewrite : rewrites) {
            double chance = classes.chance(rewrite.id);
            classes.forget(rewrite.id);
            classes.begin();
            classes.append(rewrite.symptoms, 0, rewrite.symptoms.length);
            classes.add(classes.store(classes.tag(rewrite.id)), chance);
        }
    }

    private boolean isGraphlike(int id) {
        long[] pool = classes.pool();
        int detectors = 0;
        for (int i = classes.start(id); i < classes.end(id); i++) {
            if (pool[i] == Symptom.SEPARATOR) detectors = 0;
            else if (Symptom.isDetector(pool[i]) && ++detectors > 2) return false;
        }
        return true;
    }

    private void learn(int id) {
        for (Part part : partsOf(id)) {
            long first = NO_DETECTOR;
            long second = NO_DETECTOR;
            int detectors = 0;
            for (int i = part.from; i < part.to; i++) {
                long symptom = classes.pool()[i];
                if (!Symptom.isDetector(symptom)) continue;
                if (detectors == 0) first = symptom;
                else second = symptom;
                detectors++;
            }
            if (detectors == 1 || detectors == 2) known.put(new Key(first, second), part);
        }
    }

    private List<Part> partsOf(int id) {
        List<Part> found = new ArrayList<>();
        int from = classes.start(id);
        int end = classes.end(id);
        for (int i = from; i <= end; i++) {
            if (i == end || classes.pool()[i] == Symptom.SEPARATOR) {
                found.add(new Part(from, i));
                from = i + 1;
            }
        }
        return found;
    }

    private long[] symptoms(Part part) {
        return java.util.Arrays.copyOfRange(classes.pool(), part.from, part.to);
    }

    private long[] split(int id) throws QecFailure {
        parts.clear();
        for (Part part : partsOf(id)) {
            long[] problem = symptoms(part);
            if (fromKnown(problem)) continue;
            if (!options.blockRemnants() && withRemnant(problem)) continue;
            if (!options.keepFailures()) throw failure(problem);
            parts.add(problem);
        }
        int size = parts.size() - 1;
        for (long[] part : parts) size += part.length;
        long[] joined = new long[size];
        int at = 0;
        for (long[] part : parts) {
            if (at > 0) joined[at++] = Symptom.SEPARATOR;
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private QecFailure failure(long[] problem) {
        var text = new StringBuilder();
        for (long symptom : problem) text.append(' ').append(Symptom.text(symptom));
        return new QecFailure(
                QecRule.NOT_GRAPHLIKE,
                "the error%s cannot be split into parts of at most two detectors: allow such"
                                .formatted(text)
                        + " errors to stay, or do not decompose");
    }

    /// Whether known parts give exactly the problem, observables too; the parts are then added.
    private boolean fromKnown(long[] problem) throws QecFailure {
        if (problem.length > TERMS_MAX) {
            throw new QecFailure(
                    QecRule.NOT_GRAPHLIKE,
                    "an error has %d symptoms, too many to split".formatted(problem.length));
        }
        long used = 0;
        long observables = 0;
        for (int i = 0; i < problem.length; i++) {
            if (!Symptom.isObservable(problem[i])) continue;
            used |= 1L << i;
            observables ^= bit(problem[i]);
        }
        solution.clear();
        if (!search(problem, 0, used, observables)) return false;
        for (int i = solution.size() - 1; i >= 0; i--) parts.add(symptoms(solution.get(i)));
        return true;
    }

    private static long bit(long observable) throws QecFailure {
        long number = Symptom.number(observable);
        if (number < Long.SIZE) return 1L << number;
        throw new QecFailure(
                QecRule.NOT_GRAPHLIKE,
                "an error with L%d is to be split, expected observables below 64"
                        .formatted(number));
    }

    private boolean search(long[] problem, int from, long usedBefore, long observables)
            throws QecFailure {
        int start = from;
        while (start < problem.length && (usedBefore >>> start & 1) != 0) start++;
        if (start == problem.length) return observables == 0;
        long used = usedBefore | 1L << start;
        for (int k = start + 1; k <= problem.length; k++) {
            boolean alone = k == problem.length;
            if (!alone && (used >>> k & 1) != 0) continue;
            Part part = known.get(new Key(problem[start], alone ? NO_DETECTOR : problem[k]));
            if (part == null) continue;
            long change = 0;
            for (int i = part.from; i < part.to; i++) {
                long symptom = classes.pool()[i];
                if (Symptom.isObservable(symptom)) change ^= bit(symptom);
            }
            long next = alone ? used : used | 1L << k;
            if (search(problem, start + 1, next, observables ^ change)) {
                solution.add(part);
                return true;
            }
        }
        return false;
    }

    /// Takes known parts as they come, and makes what is left of the error a part of its own if at
    /// most two detectors are.
    private boolean withRemnant(long[] problem) {
        int detectors = 0;
        while (detectors < problem.length && Symptom.isDetector(problem[detectors])) detectors++;
        if (detectors <= 2) {
            parts.add(problem);
            return true;
        }
        var rest = new SymptomSet();
        rest.xor(problem, 0, problem.length);
        List<long[]> found = new ArrayList<>();
        boolean[] done = new boolean[detectors];
        for (int i = 0; i < detectors; i++) {
            for (int j = i + 1; j < detectors && !done[i]; j++) {
                if (done[j]) continue;
                if (takeKnown(new Key(problem[i], problem[j]), found, rest)) {
                    done[i] = true;
                    done[j] = true;
                }
            }
        }
        int missed = 0;
        for (int i = 0; i < detectors; i++) {
            if (done[i] || takeKnown(new Key(problem[i], NO_DETECTOR), found, rest)) continue;
            missed++;
        }
        if (missed > 2) return false;
        parts.addAll(found);
        if (!rest.isEmpty()) parts.add(java.util.Arrays.copyOf(rest.items(), rest.size()));
        return true;
    }

    private boolean takeKnown(Key key, List<long[]> found, SymptomSet rest) {
        Part part = known.get(key);
        if (part == null) return false;
        found.add(symptoms(part));
        rest.xor(classes.pool(), part.from, part.to);
        return true;
    }
}
