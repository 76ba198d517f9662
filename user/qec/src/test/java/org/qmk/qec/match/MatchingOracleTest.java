package org.qmk.qec.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qec.UndecodableShot;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.dem.DetectorErrorModel;

/// Matching against searches that know nothing of blossoms: all sets of edges of small graphs, and
/// all pairings of the events of larger ones.
class MatchingOracleTest {

    private record Edge(int a, int b, double chance, int flips) {
        String line() {
            String other = b < 0 ? "" : " D" + b;
            String observables = ((flips & 1) != 0 ? " L0" : "") + ((flips & 2) != 0 ? " L1" : "");
            return "error(%s) D%d%s%s%n".formatted(chance, a, other, observables);
        }
    }

    private static DetectorErrorModel model(List<Edge> edges) throws Exception {
        var text = new StringBuilder();
        for (Edge edge : edges) text.append(edge.line());
        return DetectorErrorModel.parse(text.append("logical_observable L1\n").toString());
    }

    private static List<Edge> random(SplittableRandom random, int nodes, int edges, int kind) {
        List<Edge> made = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            int a = random.nextInt(nodes);
            boolean outwards = kind % 3 != 0 && random.nextInt(5) == 0;
            int b = outwards ? -1 : random.nextInt(nodes);
            // Two parts that no edge connects.
            if (kind % 4 == 1 && b >= 0) b = b / 2 * 2 + a % 2;
            double chance =
                    switch (kind % 5) {
                        case 0 -> 0.1;
                        case 1 -> random.nextInt(1, 100) / 100.0;
                        case 2 -> random.nextBoolean() ? 0.5 : 0.2;
                        case 3 -> Math.pow(10, -6 * random.nextDouble()) / 2;
                        default -> random.nextInt(1, 50) / 100.0;
                    };
            if (b >= nodes) b = -1;
            made.add(new Edge(a, b, chance, random.nextInt(4)));
        }
        return made;
    }

    /// The merged edges, by ends: those of first come flip what it flips.
    private static List<Edge> merged(List<Edge> edges) {
        Map<Long, Edge> merged = new TreeMap<>();
        for (Edge edge : edges) {
            if (edge.a == edge.b) continue;
            int low = edge.b < 0 ? edge.a : Math.min(edge.a, edge.b);
            int high = edge.b < 0 ? 99 : Math.max(edge.a, edge.b);
            merged.merge(
                    100L * low + high,
                    edge,
                    (e, f) -> {
                        double p = e.chance + f.chance - 2 * e.chance * f.chance;
                        return new Edge(e.a, e.b, p, e.flips);
                    });
        }
        return List.copyOf(merged.values());
    }

    private static int bits(Edge edge) {
        return 1 << edge.a | (edge.b < 0 ? 0 : 1 << edge.b);
    }

    private static double weight(Edge edge) {
        return Math.log((1 - edge.chance) / edge.chance);
    }

    /// For each set of events and each prediction, the least weight of a set of edges.
    private static double[][] bests(List<Edge> edges, int nodes) {
        double[][] best = new double[1 << nodes][4];
        for (double[] row : best) Arrays.fill(row, Double.POSITIVE_INFINITY);
        best[0][0] = 0;
        for (Edge edge : edges) {
            int bits = bits(edge);
            double[][] next = new double[1 << nodes][4];
            for (int s = 0; s < best.length; s++) {
                for (int f = 0; f < 4; f++) {
                    double with = best[s ^ bits][f ^ edge.flips] + weight(edge);
                    next[s][f] = Math.min(best[s][f], with);
                }
            }
            best = next;
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void every_syndrome_of_small_graphs_gets_the_least_weight(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int kind = 0; kind < 60; kind++) {
            int nodes = random.nextInt(2, 9);
            List<Edge> edges = random(random, nodes, random.nextInt(1, 22), kind);
            if (merged(edges).isEmpty()) continue;
            var graph = MatchingGraph.of(model(edges));
            var decoder = new MatchingDecoder(graph);
            double[][] bests = bests(merged(edges), graph.nodes());
            int[] events = new int[graph.nodes()];
            for (int syndrome = 0; syndrome < bests.length; syndrome++) {
                int count = 0;
                for (int x = 0; x < graph.nodes(); x++) {
                    if ((syndrome >> x & 1) != 0) events[count++] = x;
                }
                String which = "seed %d kind %d syndrome %x".formatted(seed, kind, syndrome);
                check(decoder, events, count, bests[syndrome], which);
            }
        }
    }

    private static void check(
            MatchingDecoder decoder, int[] events, int count, double[] best, String which) {
        long[] flips = new long[1];
        double least = Arrays.stream(best).min().getAsDouble();
        if (least == Double.POSITIVE_INFINITY) {
            assertThrows(
                    UndecodableShot.class, () -> decoder.decode(events, 0, count, flips, 0), which);
            return;
        }

        decoder.decode(events, 0, count, flips, 0);

        assertEquals(least, decoder.weight(), 1e-3, which);
        assertEquals(least, best[(int) flips[0]], 1e-3, which);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pairings_of_larger_graphs_have_the_least_weight(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int kind = 0; kind < 30; kind++) {
            int nodes = random.nextInt(12, 60);
            List<Edge> edges = random(random, nodes, nodes * random.nextInt(2, 5), 5 * kind + 3);
            var graph = MatchingGraph.of(model(edges));
            var decoder = new MatchingDecoder(graph);
            int[][] distances = distances(graph);
            for (int shot = 0; shot < 12; shot++) {
                int[] events =
                        random.ints(0, graph.nodes())
                                .distinct()
                                .limit(random.nextInt(1, Math.min(14, graph.nodes() / 2)))
                                .toArray();
                String which = "seed %d kind %d shot %d".formatted(seed, kind, shot);
                long least = pairing(distances, events);
                long[] flips = new long[1];
                if (least >= FAR) {
                    assertThrows(
                            UndecodableShot.class,
                            () -> decoder.decode(events, 0, events.length, flips, 0),
                            which);
                    continue;
                }
                decoder.decode(events, 0, events.length, flips, 0);
                assertEquals(least, Math.round(decoder.weight() * graph.scale), which);
                checkPath(graph, decoder, events, least, which);
            }
        }
    }

    /// The edges of a matching have its weight, end at the events, and flip what it predicts.
    private static void checkPath(
            MatchingGraph graph, MatchingDecoder decoder, int[] events, long least, String which) {
        decoder.match(events, 0, events.length);
        int count = decoder.path();
        long weight = 0;
        long crossed = 0;
        int[] degree = new int[graph.nodes() + 1];
        for (int i = 0; i < count; i++) {
            int slot = graph.slots[2 * decoder.pathEdge(i)];
            weight += graph.weights[slot];
            crossed ^= graph.flips[slot];
            degree[graph.origins[slot]] ^= 1;
            degree[graph.targets[slot]] ^= 1;
        }
        long[] flips = new long[1];
        decoder.finish(flips, 0);
        for (int x : events) degree[x] ^= 1;
        degree[graph.nodes()] = 0;
        assertEquals(least, weight, which);
        assertEquals(flips[0], crossed, which);
        assertEquals(0, Arrays.stream(degree).sum(), which);
    }

    private static final int FAR = 1 << 29;

    private static int[][] distances(MatchingGraph graph) {
        int n = graph.nodes();
        int[][] distances = new int[n][n + 1];
        for (int[] row : distances) Arrays.fill(row, FAR);
        for (int x = 0; x < n; x++) {
            distances[x][x] = 0;
            for (int s = graph.starts[x]; s < graph.starts[x + 1]; s++) {
                distances[x][graph.targets[s]] = graph.weights[s];
            }
        }
        for (int via = 0; via < n; via++) {
            for (int x = 0; x < n; x++) {
                for (int y = 0; y <= n; y++) {
                    int round = Math.min(FAR, distances[x][via] + distances[via][y]);
                    distances[x][y] = Math.min(distances[x][y], round);
                }
            }
        }
        return distances;
    }

    private static long pairing(int[][] distances, int[] events) {
        int boundary = distances.length;
        long[] best = new long[1 << events.length];
        for (int set = 1; set < best.length; set++) {
            int i = Integer.numberOfTrailingZeros(set);
            int rest = set & set - 1;
            long least = distances[events[i]][boundary] + best[rest];
            for (int others = rest; others != 0; others &= others - 1) {
                int j = Integer.numberOfTrailingZeros(others);
                least = Math.min(least, distances[events[i]][events[j]] + best[rest & ~(1 << j)]);
            }
            best[set] = Math.min(FAR, least);
        }
        return best[best.length - 1];
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void corrections_explain_the_syndrome_and_flip_what_is_predicted(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int kind = 0; kind < 30; kind++) {
            var model = model(random(random, 20, 50, kind));
            var problem = DecodingProblem.ofParts(model.columns());
            var decoder = new MatchingSyndromeDecoder(problem);
            long syndrome = 0;
            for (int i = 0; i < 4; i++) {
                int m = random.nextInt(problem.mechanisms());
                for (int at = problem.columnStart(m); at < problem.columnStart(m + 1); at++) {
                    syndrome ^= 1L << problem.detector(at);
                }
            }
            long[] left = {syndrome};

            long flips = decoder.decode(left, 0);

            assertTrue(decoder.isExplained());
            for (int m = 0; m < problem.mechanisms(); m++) {
                if (!decoder.isInCorrection(m)) continue;
                problem.flip(m, left, 0);
                flips ^= problem.observables(m);
            }
            assertEquals(0, left[0], "seed %d kind %d".formatted(seed, kind));
            assertEquals(0, flips, "seed %d kind %d".formatted(seed, kind));
        }
    }

    @Test
    void more_than_64_observables_are_predicted() throws Exception {
        var text = new StringBuilder();
        for (int x = 0; x < 99; x++) text.append("error(0.1) D%d D%d L%d%n".formatted(x, x + 1, x));
        var graph = MatchingGraph.of(DetectorErrorModel.parse(text.toString()));
        var decoder = new MatchingDecoder(graph);
        long[] flips = new long[2];

        decoder.decode(new int[] {60, 70}, 0, 2, flips, 0);

        assertEquals(0xf000000000000000L, flips[0]);
        assertEquals(0x3f, flips[1]);
    }

    @Test
    void a_detector_given_twice_is_refused_and_leaves_no_trace() throws Exception {
        var graph = MatchingGraph.of(DetectorErrorModel.parse("error(0.1) D0 D1 L0\n"));
        var decoder = new MatchingDecoder(graph);
        long[] flips = new long[1];

        assertThrows(
                IllegalArgumentException.class,
                () -> decoder.decode(new int[] {0, 0}, 0, 2, flips, 0));
        decoder.decode(new int[] {0, 1}, 0, 2, flips, 0);

        assertEquals(1, flips[0]);
        assertTrue(decoder.weight() > 2, String.format(Locale.ROOT, "%f", decoder.weight()));
    }
}
