package org.qmk.qec.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.dem.DetectorErrorModel;

/// The rounds of a memory: how it begins and ends, and the round that repeats in between. It gives
/// graphs of windows of a memory of any length. The last coordinate of a detector is its round.
public final class RoundTemplate {

    /// So many rounds at the start and at the end may differ from those in between.
    static final int EDGE_ROUNDS = 2;

    /// A last round that has not come yet.
    static final long OPEN = Long.MAX_VALUE;

    private static final int OUTSIDE = -1;

    private final MatchingGraph graph;
    private final int rounds;

    /// By detector of the template: its round, and its number there.
    private final int[] roundOf;

    private final int[] numberOf;
    private final int[] widths;

    /// By round, the edges whose earlier end lies in it.
    private final List<List<Link>> links = new ArrayList<>();

    /// An edge: numbers of its ends within their rounds; the second is in the same round, in the
    /// next, or outside.
    private record Link(int a, int b, boolean next, double chance, int edge) {}

    private RoundTemplate(MatchingGraph graph, int[] roundOf) throws QecFailure {
        this.graph = graph;
        this.roundOf = roundOf;
        rounds = Arrays.stream(roundOf).max().orElse(-1) + 1;
        widths = new int[rounds];
        numberOf = new int[roundOf.length];
        for (int x = 0; x < roundOf.length; x++) numberOf[x] = widths[roundOf[x]]++;
        for (int round = 0; round < rounds; round++) links.add(new ArrayList<>());
        for (int e = 0; e < graph.edges(); e++) link(e);
        check();
    }

    /// @throws QecFailure if a detector has no coordinates, an error reaches over more than two
    ///     rounds, or the rounds in between are too few or not all the same
    public static RoundTemplate of(DetectorErrorModel model) throws QecFailure {
        var graph = MatchingGraph.of(model);
        SortedMap<Long, double[]> places = model.coordinates();
        int[] roundOf = new int[graph.nodes()];
        for (int x = 0; x < roundOf.length; x++) {
            double[] place = places.get((long) x);
            double round = place == null || place.length == 0 ? -1 : place[place.length - 1];
            if (round != Math.rint(round) || round < 0 || round > roundOf.length) {
                throw fault("the last coordinate of D" + x + " is no round");
            }
            roundOf[x] = (int) round;
        }
        return new RoundTemplate(graph, roundOf);
    }

    private static QecFailure fault(String sentence) {
        return new QecFailure(QecRule.PARAMETER, sentence + ", expected a memory of many rounds");
    }

    private void link(int e) throws QecFailure {
        int slot = graph.slots[2 * e];
        int a = graph.origins[slot];
        int b = graph.targets[slot];
        double chance = graph.chances[e];
        if (b == graph.nodes()) {
            links.get(roundOf[a]).add(new Link(numberOf[a], OUTSIDE, false, chance, e));
            return;
        }
        if (roundOf[a] > roundOf[b] || roundOf[a] == roundOf[b] && a > b) {
            int other = a;
            a = b;
            b = other;
        }
        int reach = roundOf[b] - roundOf[a];
        if (reach > 1) throw fault("an error flips D%d and D%d".formatted(a, b));
        links.get(roundOf[a]).add(new Link(numberOf[a], numberOf[b], reach == 1, chance, e));
    }

    private void check() throws QecFailure {
        int last = rounds - 1;
        if (last < 2 * EDGE_ROUNDS) throw fault("the model has %d rounds".formatted(rounds));
        if (graph.flippedNodes.length > 0 || graph.negativeWeight < 0) {
            throw fault("an error has a chance above 1/2");
        }
        var bulk = keyed(EDGE_ROUNDS);
        for (int round = EDGE_ROUNDS; round <= last - EDGE_ROUNDS; round++) {
            var other = keyed(round);
            boolean same =
                    widths[round] == widths[EDGE_ROUNDS] && other.keySet().equals(bulk.keySet());
            for (var link : bulk.entrySet()) {
                if (!same) break;
                Link twin = other.get(link.getKey());
                double chance = link.getValue().chance;
                same =
                        Math.abs(twin.chance - chance) <= 1e-9 * chance
                                && graph.sameFlips(twin.edge, link.getValue().edge);
            }
            if (!same) throw fault("round %d is not like round 2".formatted(round));
        }
    }

    private SortedMap<Long, Link> keyed(int round) {
        SortedMap<Long, Link> keyed = new TreeMap<>();
        for (Link link : links.get(round)) {
            long other = 2L * (link.b + 1) + (link.next ? 1 : 0);
            keyed.put((long) link.a << 33 | other, link);
        }
        return keyed;
    }

    int observables() {
        return graph.observables();
    }

    /// The number of detectors of a round.
    public int width(long round, long last) {
        return widths[templateRound(round, last)];
    }

    /// The most detectors that a round has.
    public int widest() {
        return Arrays.stream(widths).max().getAsInt();
    }

    private int templateRound(long round, long last) {
        if (round < EDGE_ROUNDS) return (int) round;
        if (last != OPEN && last - round < EDGE_ROUNDS) return (int) (rounds - 1 - last + round);
        return EDGE_ROUNDS;
    }

    /// The graph of the rounds from `from` to before `to`: errors that also flip a detector behind
    /// lead to the boundary.
    ///
    /// @param starts gets the first node of each round, and their number; longer by one
    /// @param open whether what is before is undecided too: then errors that also flip a detector
    ///     there lead to the boundary, and are left out otherwise
    MatchingGraph window(long from, long to, long last, int[] starts, boolean open) {
        var drafts = inner(from, to, last, starts);
        int size = (int) (to - from);
        int outside = starts[size];
        if (last == OPEN || to <= last) cut(drafts, to - 1, last, starts[size - 1], outside, false);
        if (open && from > 0) cut(drafts, from - 1, last, starts[0], outside, true);
        return drafts.graph();
    }

    /// The graph of these rounds where all before and behind is decided.
    MatchingGraph closed(long from, long to, long last) {
        return inner(from, to, last, new int[(int) (to - from) + 1]).graph();
    }

    private MatchingGraph.Drafts inner(long from, long to, long last, int[] starts) {
        if (last != OPEN && last < 2 * EDGE_ROUNDS) {
            throw new IllegalArgumentException(
                    "the stream has %d rounds, expected at least %d"
                            .formatted(last + 1, 2 * EDGE_ROUNDS + 1));
        }
        int size = (int) (to - from);
        for (int i = 0; i < size; i++) starts[i + 1] = starts[i] + width(from + i, last);
        int outside = starts[size];
        var drafts = new MatchingGraph.Drafts(outside, graph.observables());
        for (int i = 0; i < size; i++) {
            for (Link link : links.get(templateRound(from + i, last))) {
                int round = link.next ? i + 1 : i;
                if (round == size) continue;
                int b = link.b == OUTSIDE ? outside : starts[round] + link.b;
                drafts.add(starts[i] + link.a, b, link.chance, graph.flips(link.edge));
            }
        }
        return drafts;
    }

    /// Adds the errors between a round and the next as edges from one of them to the boundary.
    private void cut(
            MatchingGraph.Drafts drafts,
            long round,
            long last,
            int start,
            int outside,
            boolean later) {
        for (Link link : links.get(templateRound(round, last))) {
            if (!link.next) continue;
            int node = start + (later ? link.b : link.a);
            drafts.add(node, outside, link.chance, graph.flips(link.edge));
        }
    }
}
