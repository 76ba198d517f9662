package org.qmk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Sampled outcomes beside the distribution that they should have.
final class SampledOutcomes {

    private SampledOutcomes() {}

    /// Holds outcomes against a distribution: every outcome, and 32 random parities of events. Each
    /// comparison may deviate by what Bernstein's inequality allows at a chance of 1e-16.
    static void assertSampled(Map<String, Double> expected, ShotOutcomes outcomes, long seed) {
        assertTrue(outcomes.events() <= 64, "an outcome fits a long");
        var counts = new TreeMap<Long, Integer>();
        for (int shot = 0; shot < outcomes.shots(); shot++) {
            counts.merge(packed(outcomes, shot), 1, Integer::sum);
        }
        var chances = new TreeMap<Long, Double>();
        expected.forEach((outcome, chance) -> chances.put(packed(outcome), chance));
        counts.forEach(
                (outcome, count) ->
                        assertTrue(
                                chances.getOrDefault(outcome, 0.0) > 1e-12,
                                () ->
                                        "impossible outcome %x in %d shots"
                                                .formatted(outcome, count)));
        chances.forEach(
                (outcome, chance) -> {
                    int count = counts.getOrDefault(outcome, 0);
                    assertNear(chance, count, outcomes, "outcome " + Long.toHexString(outcome));
                });
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 32; i++) {
            long mask = random.nextLong();
            double chance = 0;
            int count = 0;
            for (var entry : chances.entrySet()) {
                if ((Long.bitCount(entry.getKey() & mask) & 1) != 0) chance += entry.getValue();
            }
            for (var entry : counts.entrySet()) {
                if ((Long.bitCount(entry.getKey() & mask) & 1) != 0) count += entry.getValue();
            }
            assertNear(chance, count, outcomes, "parity " + Long.toHexString(mask));
        }
    }

    private static void assertNear(double chance, int count, ShotOutcomes outcomes, String what) {
        double n = outcomes.shots();
        double bound = Bernstein.deviation(chance, outcomes.shots(), 1e-16);
        assertEquals(chance, count / n, bound, what);
    }

    private static long packed(String outcome) {
        long packed = 0;
        for (int i = 0; i < outcome.length(); i++) {
            if (outcome.charAt(i) == '1') packed |= 1L << i;
        }
        return packed;
    }

    private static long packed(ShotOutcomes outcomes, int shot) {
        long packed = 0;
        for (int event = 0; event < outcomes.events(); event++) {
            if (outcomes.bit(event, shot)) packed |= 1L << event;
        }
        return packed;
    }
}
