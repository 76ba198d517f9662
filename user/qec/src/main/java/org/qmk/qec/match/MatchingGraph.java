package org.qmk.qec.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ErrorColumns;

/// A graph whose nodes are detectors and whose edges are errors that flip one detector (then the
/// other end is the boundary) or two. Parallel edges are merged as independent errors.
///
/// Weights ln((1-p)/p) are rounded to even integers. An edge of negative weight is taken as having
/// happened: its detectors and observables are flipped in every shot, and its weight turned round.
public final class MatchingGraph {

    /// Weights are rounded to at most so many steps of the largest.
    static final int LEVELS_MAX = 1 << 20;

    /// No sum of weights along a shortest path is above this.
    private static final int DISTANCE_MAX = 1 << 29;

    private final int nodes;
    private final int observables;
    private final int edges;

    /// Compressed rows: the slots of node x are those from `starts[x]` to `starts[x+1]`, lightest
    /// first, those to the boundary before others of the same weight. The boundary is node
    /// `nodes()`, which has no slots.
    final int[] starts;

    final int[] origins;
    final int[] targets;
    final int[] weights;

    /// The slot of the same edge at its other end, or -1 at the boundary.
    final int[] reverse;

    /// The first 64 observables that an edge flips.
    final long[] flips;

    /// By slot, the edge.
    final int[] edgeOf;

    /// By edge: its chance, merged.
    final double[] chances;

    /// By edge: its slots (the second -1 at the boundary), and words of observables.
    final int[] slots;

    final long[] words;
    final int wordCount;

    /// What the edges of negative weight do in every shot.
    final int[] flippedNodes;

    final long[] flippedWords;
    final double negativeWeight;

    /// Integer weight for a weight of 1.
    final double scale;

    /// By edge: edges that likely happened too if it did, and what they weigh then.
    final int[] impliedStarts;

    final int[] implied;
    final int[] impliedWeights;

    /// One edge while the graph is made.
    private static final class Draft {
        final int a;
        final int b;
        double chance;
        final long[] words;

        Draft(int a, int b, double chance, long[] words) {
            this.a = a;
            this.b = b;
            this.chance = chance;
            this.words = words;
        }

        double weight() {
            return Math.log((1 - chance) / chance);
        }
    }

    private MatchingGraph(int nodes, int observables, List<Draft> drafts, List<Correlation> pairs) {
        this.nodes = nodes;
        this.observables = observables;
        wordCount = Math.max(1, (observables + 63) / 64);
        edges = drafts.size();
        words = new long[edges * wordCount];
        flippedWords = new long[wordCount];
        double[] exact = new double[edges];
        chances = new double[edges];
        boolean[] odd = new boolean[nodes + 1];
        double largest = 0;
        double negative = 0;
        for (int e = 0; e < edges; e++) {
            Draft draft = drafts.get(e);
            System.arraycopy(draft.words, 0, words, e * wordCount, wordCount);
            chances[e] = draft.chance;
            exact[e] = draft.weight();
            if (exact[e] < 0) {
                negative += exact[e];
                flip(draft, odd);
                exact[e] = -exact[e];
            }
            largest = Math.max(largest, exact[e]);
        }
        negativeWeight = negative;
        starts = new int[nodes + 2];
        for (Draft draft : drafts) {
            starts[draft.a + 1]++;
            if (draft.b != nodes) starts[draft.b + 1]++;
        }
        for (int x = 0; x <= nodes; x++) starts[x + 1] += starts[x];
        int size = starts[nodes + 1];
        origins = new int[size];
        targets = new int[size];
        weights = new int[size];
        reverse = new int[size];
        flips = new long[size];
        edgeOf = new int[size];
        slots = new int[2 * edges];
        fill(drafts, exact);
        int levels = Math.min(LEVELS_MAX, DISTANCE_MAX / (2 * hops()));
        scale = largest == 0 ? 1 : 2 * levels / largest;
        weigh(exact);
        sort();
        flippedNodes = odds(odd);
        impliedStarts = new int[edges + 1];
        implied = new int[pairs.size()];
        impliedWeights = new int[pairs.size()];
        imply(pairs);
    }

    private void flip(Draft draft, boolean[] odd) {
        odd[draft.a] ^= true;
        odd[draft.b] ^= true;
        for (int i = 0; i < wordCount; i++) flippedWords[i] ^= draft.words[i];
    }

    private int[] odds(boolean[] odd) {
        int count = 0;
        int[] found = new int[nodes];
        for (int x = 0; x < nodes; x++) if (odd[x]) found[count++] = x;
        return Arrays.copyOf(found, count);
    }

    private void fill(List<Draft> drafts, double[] exact) {
        int[] at = Arrays.copyOf(starts, nodes + 1);
        // Sorted by the exact weight now; rounding keeps the order.
        Integer[] order = new Integer[edges];
        for (int e = 0; e < edges; e++) order[e] = e;
        Arrays.sort(order, (e, f) -> Double.compare(exact[e], exact[f]));
        for (int e : order) {
            Draft draft = drafts.get(e);
            int s = at[draft.a]++;
            int t = draft.b == nodes ? -1 : at[draft.b]++;
            put(s, draft.a, draft.b, t, e);
            if (t >= 0) put(t, draft.b, draft.a, s, e);
            slots[2 * e] = s;
            slots[2 * e + 1] = t;
        }
    }

    private void put(int slot, int from, int to, int back, int edge) {
        origins[slot] = from;
        targets[slot] = to;
        reverse[slot] = back;
        edgeOf[slot] = edge;
        flips[slot] = words[edge * wordCount];
    }

    private void weigh(double[] exact) {
        for (int s = 0; s < weights.length; s++) {
            weights[s] = 2 * (int) Math.round(exact[edgeOf[s]] * scale / 2);
        }
    }

    /// Puts the slot to the boundary before others of the same weight.
    private void sort() {
        for (int x = 0; x < nodes; x++) {
            for (int s = starts[x]; s < starts[x + 1]; s++) {
                if (targets[s] != nodes) continue;
                for (int t = s; t > starts[x] && weights[t - 1] == weights[t]; t--) swap(t - 1, t);
            }
        }
    }

    private void swap(int s, int t) {
        int from = origins[s];
        int toS = targets[s];
        int backS = reverse[s];
        int edgeS = edgeOf[s];
        put(s, from, targets[t], reverse[t], edgeOf[t]);
        put(t, from, toS, backS, edgeS);
        relink(s);
        relink(t);
    }

    private void relink(int slot) {
        int e = edgeOf[slot];
        int back = reverse[slot];
        if (back >= 0) reverse[back] = slot;
        if (back < 0 || slots[2 * e] != back) slots[2 * e] = slot;
        else slots[2 * e + 1] = slot;
    }

    /// At least the number of edges of the longest of shortest paths, the boundary counted in.
    private int hops() {
        int[] depth = new int[nodes];
        int[] line = new int[nodes];
        Arrays.fill(depth, -1);
        int most = 0;
        for (int root = 0; root < nodes; root++) {
            if (depth[root] >= 0) continue;
            depth[root] = 0;
            line[0] = root;
            int end = 1;
            for (int i = 0; i < end; i++) {
                int x = line[i];
                most = Math.max(most, depth[x]);
                for (int s = starts[x]; s < starts[x + 1]; s++) {
                    int y = targets[s];
                    if (y == nodes || depth[y] >= 0) continue;
                    depth[y] = depth[x] + 1;
                    line[end++] = y;
                }
            }
        }
        return 2 * most + 2;
    }

    private record Correlation(int cause, int effect, double chance) {}

    private void imply(List<Correlation> pairs) {
        int i = 0;
        for (int e = 0; e < edges; e++) {
            impliedStarts[e] = i;
            while (i < pairs.size() && pairs.get(i).cause == e) {
                double chance = pairs.get(i).chance;
                implied[i] = pairs.get(i).effect;
                double weight = Math.log((1 - chance) / chance);
                impliedWeights[i] = 2 * (int) Math.round(weight * scale / 2);
                i++;
            }
        }
        impliedStarts[edges] = i;
    }

    /// The graph of a model whose errors have been decomposed.
    ///
    /// @throws QecFailure if a part of an error flips more than two detectors
    public static MatchingGraph of(DetectorErrorModel model) throws QecFailure {
        var drafting = new Drafting(model.columns());
        return drafting.graph();
    }

    /// Whether an edge is taken as having happened in every shot.
    boolean isNegative(int edge) {
        return Math.log((1 - chances[edge]) / chances[edge]) < 0;
    }

    boolean sameFlips(int e, int f) {
        int i = e * wordCount;
        int j = f * wordCount;
        return Arrays.equals(words, i, i + wordCount, words, j, j + wordCount);
    }

    /// All words of the observables that an edge flips.
    long[] flips(int edge) {
        return Arrays.copyOfRange(words, edge * wordCount, (edge + 1) * wordCount);
    }

    /// Merges parallel edges: errors of the same ends are independent, and flip what the first of
    /// them flips.
    static final class Drafts {

        private final int nodes;
        private final int observables;
        private final Map<Long, Integer> numbers = new HashMap<>();
        private final List<Draft> drafts = new ArrayList<>();

        Drafts(int nodes, int observables) {
            this.nodes = nodes;
            this.observables = observables;
        }

        /// @param b larger than `a`; the number of nodes stands for the boundary
        /// @return the number of the edge
        int add(int a, int b, double chance, long[] words) {
            Integer known = numbers.putIfAbsent((long) a << 32 | b, drafts.size());
            if (known == null) {
                drafts.add(new Draft(a, b, chance, words));
                return drafts.size() - 1;
            }
            Draft draft = drafts.get(known);
            draft.chance = either(draft.chance, chance);
            return known;
        }

        MatchingGraph graph() {
            return new MatchingGraph(nodes, observables, drafts, List.of());
        }
    }

    /// The chance that exactly one of two independent errors happens.
    private static double either(double p, double q) {
        return p * (1 - q) + q * (1 - p);
    }

    /// The graph of a problem whose mechanisms flip one or two detectors.
    ///
    /// @param first gets the first mechanism of each edge; as long as there are mechanisms
    static MatchingGraph of(DecodingProblem problem, int[] first) throws QecFailure {
        int nodes = problem.detectors();
        var drafts = new Drafts(nodes, DecodingProblem.OBSERVABLES_MAX);
        for (int i = 0; i < problem.mechanisms(); i++) {
            int start = problem.columnStart(i);
            int size = problem.columnStart(i + 1) - start;
            if (size > 2 || problem.chance(i) >= 1) {
                throw new QecFailure(
                        size > 2 ? QecRule.NOT_GRAPHLIKE : QecRule.PARAMETER,
                        "mechanism %d flips %d detectors with chance %s, expected 1 or 2, below 1"
                                .formatted(i, size, problem.chance(i)));
            }
            int b = size == 1 ? nodes : problem.detector(start + 1);
            long[] words = {problem.observables(i)};
            int before = drafts.drafts.size();
            int edge = drafts.add(problem.detector(start), b, problem.chance(i), words);
            if (edge == before) first[edge] = i;
        }
        return drafts.graph();
    }

    /// Collects edges, and which of them come together.
    private static final class Drafting {

        private final ErrorColumns columns;
        private final int nodes;
        private final int wordCount;
        private final Drafts edges;
        private final List<Map<Integer, Double>> together = new ArrayList<>();
        private final int[] ends = new int[2];
        private int[] parts = new int[4];

        Drafting(ErrorColumns columns) throws QecFailure {
            this.columns = columns;
            nodes = columns.detectors();
            wordCount = Math.max(1, (columns.observables() + 63) / 64);
            edges = new Drafts(nodes, columns.observables());
            for (int i = 0; i < columns.count(); i++) add(i);
        }

        private void add(int error) throws QecFailure {
            double chance = columns.chance(error);
            if (chance == 0) return;
            int count = 0;
            int end = columns.end(error);
            for (int from = columns.start(error); from < end; ) {
                int to = from;
                while (to < end && columns.symptom(to) != ErrorColumns.SEPARATOR) to++;
                int edge = part(error, from, to, chance);
                if (edge >= 0) {
                    if (count == parts.length) parts = Arrays.copyOf(parts, 2 * count);
                    parts[count++] = edge;
                }
                from = to + 1;
            }
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    if (i == j || parts[i] == parts[j]) continue;
                    together.get(parts[i]).merge(parts[j], chance, MatchingGraph::either);
                }
            }
        }

        /// @return the edge, or -1 if no detector sees it
        private int part(int error, int from, int to, double chance) throws QecFailure {
            int count = 0;
            long[] words = new long[wordCount];
            for (int i = from; i < to; i++) {
                int symptom = columns.symptom(i);
                if (ErrorColumns.isObservable(symptom)) {
                    int observable = ErrorColumns.observable(symptom);
                    words[observable >> 6] ^= 1L << observable;
                } else if (count > 0 && ends[count - 1] == symptom) {
                    count--;
                } else if (count == 2 && ends[0] == symptom) {
                    ends[0] = ends[--count];
                } else if (count == 2) {
                    throw new QecFailure(
                            QecRule.NOT_GRAPHLIKE,
                            ("error %d flips more than two detectors, expected errors decomposed"
                                            + " into parts of one or two: analyse the circuit with"
                                            + " decomposition")
                                    .formatted(error));
                } else {
                    ends[count++] = symptom;
                }
            }
            if (count == 0) return -1;
            int other = count == 1 ? nodes : ends[1];
            int a = Math.min(ends[0], other);
            int b = Math.max(ends[0], other);
            int edge = edges.add(a, b, chance, words);
            if (edge == together.size()) together.add(new HashMap<>());
            return edge;
        }

        MatchingGraph graph() throws QecFailure {
            List<Draft> drafts = edges.drafts;
            for (Draft draft : drafts) {
                if (draft.chance >= 1 || draft.chance <= 0) {
                    throw new QecFailure(
                            QecRule.PARAMETER,
                            ("the errors that flip D%d together have a chance of %s, expected"
                                            + " less than 1: take what always happens out of the"
                                            + " model")
                                    .formatted(draft.a, draft.chance));
                }
            }
            List<Correlation> pairs = new ArrayList<>();
            for (int e = 0; e < drafts.size(); e++) {
                int cause = e;
                double chance = drafts.get(e).chance;
                together.get(e).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(
                                effect -> {
                                    double given = Math.min(0.5, effect.getValue() / chance);
                                    pairs.add(new Correlation(cause, effect.getKey(), given));
                                });
            }
            return new MatchingGraph(nodes, columns.observables(), drafts, pairs);
        }
    }

    /// The number of detectors.
    public int nodes() {
        return nodes;
    }

    public int edges() {
        return edges;
    }

    public int observables() {
        return observables;
    }
}
