package org.qmk.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.qvm.Graph;
import org.qmk.sim.Choice;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulators;

/// Counts of results, and whether they fit a distribution.
///
/// The test: an outcome of probability 0 is never seen, and for each other outcome the observed
/// frequency f of n shots obeys n KL(f || p) <= ln(2 K / a), K being the number of outcomes. By the
/// Chernoff bound a right sampler fails with probability at most a, for every n; a is 1e-14 here,
/// so that all comparisons of one run together, fewer than 1e5, stay below 1e-9.
record Sample(TreeMap<String, Long> counts) {

    static final double FALSE_ALARM = 1e-14;

    /// Runs a graph on the simulator of the given name; nothing if that one does not apply.
    static Optional<Sample> of(String simulator, Graph graph, long seed, int shots) {
        return switch (Simulators.named(simulator, graph)) {
            case Choice.Refused _ -> Optional.empty();
            case Choice.Chosen(var chosen, _, _) ->
                    Optional.of(of(graph, chosen.run(graph, new Shots(seed, 0, shots))));
        };
    }

    static Sample of(Graph graph, ShotOutcomes outcomes) {
        TreeMap<String, Long> counts = new TreeMap<>();
        char[] key = new char[graph.outputs().size()];
        for (int shot = 0; shot < outcomes.shots(); shot++) {
            for (int i = 0; i < key.length; i++) {
                key[i] = outcomes.bit(graph.outputEvent(i), shot) ? '1' : '0';
            }
            counts.merge(new String(key), 1L, Long::sum);
        }
        return new Sample(counts);
    }

    long shots() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What speaks against these counts coming from the distribution; nothing if they may.
    Optional<String> objection(TreeMap<String, Double> exact) {
        long shots = shots();
        double allowed = Math.log(2.0 * Math.max(1, exact.size()) / FALSE_ALARM);
        for (Map.Entry<String, Long> seen : counts.entrySet()) {
            if (exact.getOrDefault(seen.getKey(), 0.0) < ExactDistribution.NEVER) {
                return Optional.of(
                        "%s came %d times and has probability 0"
                                .formatted(seen.getKey(), seen.getValue()));
            }
        }
        for (Map.Entry<String, Double> expected : exact.entrySet()) {
            double frequency = counts.getOrDefault(expected.getKey(), 0L) / (double) shots;
            double surprise = shots * divergence(frequency, expected.getValue());
            if (surprise > allowed) {
                return Optional.of(
                        "%s came %d times in %d shots and has probability %.9g"
                                .formatted(
                                        expected.getKey(),
                                        counts.getOrDefault(expected.getKey(), 0L),
                                        shots,
                                        expected.getValue()));
            }
        }
        return Optional.empty();
    }

    /// Kullback-Leibler divergence of a coin of probability f from one of probability p, in nats.
    private static double divergence(double f, double p) {
        double heads = f == 0 ? 0 : f * Math.log(f / p);
        if (f == 1) return heads;
        // What has probability 1 up to rounding and did not always come is infinitely surprising.
        double rest = 1 - p;
        return rest < 1e-9 ? Double.POSITIVE_INFINITY : heads + (1 - f) * Math.log((1 - f) / rest);
    }
}
