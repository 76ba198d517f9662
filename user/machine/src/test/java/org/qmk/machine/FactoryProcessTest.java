package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactoryProcessTest {

    /// Round by round, unit by unit: slow and plain.
    private static final class PlainProcess {
        final List<FactoryPipeline.Level> levels;
        final long seed;
        final long subject;
        final List<int[]> left = new ArrayList<>();
        final List<boolean[]> full = new ArrayList<>();
        final long[] kept;
        long runs;

        PlainProcess(List<FactoryPipeline.Level> levels, long seed, long subject) {
            this.levels = levels;
            this.seed = seed;
            this.subject = subject;
            kept = new long[levels.size()];
            for (FactoryPipeline.Level level : levels) {
                left.add(new int[level.units()]);
                full.add(new boolean[level.units()]);
            }
            settle();
        }

        long round() {
            long made = 0;
            for (int at = 0; at < levels.size(); at++) {
                FactoryPipeline.Level level = levels.get(at);
                for (int unit = 0; unit < level.units(); unit++) {
                    if (left.get(at)[unit] == 0 || --left.get(at)[unit] > 0) continue;
                    double uniform = Draw.uniform(Draw.bits(seed, 3, runs++, subject));
                    if (uniform < level.failure()) continue;
                    if (at == levels.size() - 1) made += level.outputs();
                    else full.get(at)[unit] = true;
                }
            }
            settle();
            return made;
        }

        void settle() {
            for (boolean again = true; again; ) {
                again = false;
                for (int at = 0; at < levels.size(); at++) {
                    for (int unit = 0; unit < levels.get(at).units(); unit++) {
                        again |= moved(at, unit);
                    }
                }
            }
        }

        boolean moved(int at, int unit) {
            FactoryPipeline.Level level = levels.get(at);
            if (full.get(at)[unit]) {
                if (kept[at] + level.outputs() > level.buffer()) return false;
                kept[at] += level.outputs();
                full.get(at)[unit] = false;
                return true;
            }
            boolean fed = at == 0 || kept[at - 1] >= level.inputs();
            if (left.get(at)[unit] > 0 || !fed) return false;
            if (at > 0) kept[at - 1] -= level.inputs();
            left.get(at)[unit] = level.rounds();
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_pipeline_makes_what_a_plain_simulation_makes(int depth) {
        var random = new Random(41 + depth);
        for (int repeat = 0; repeat < 60; repeat++) {
            List<FactoryPipeline.Level> levels = randomLevels(depth, random);
            var process = new FactoryProcess(levels, 5, repeat);
            var plain = new PlainProcess(levels, 5, repeat);
            for (int epoch = 0; epoch < 40; epoch++) {
                int rounds = random.nextInt(30);
                long expected = 0;
                for (int i = 0; i < rounds; i++) expected += plain.round();

                assertEquals(expected, process.pass(rounds), levels + " epoch " + epoch);
            }
        }
    }

    private static List<FactoryPipeline.Level> randomLevels(int depth, Random random) {
        List<FactoryPipeline.Level> levels = new ArrayList<>();
        int keeps = 0;
        for (int i = 0; i < depth; i++) {
            int outputs = 1 + random.nextInt(3);
            int buffer = outputs + random.nextInt(6);
            int inputs = i == 0 ? 0 : 1 + random.nextInt(keeps);
            int rounds = 1 + random.nextInt(9);
            double failure = random.nextInt(3) / 4.0;
            levels.add(
                    new FactoryPipeline.Level(
                            1 + random.nextInt(4), inputs, outputs, rounds, failure, buffer));
            keeps = levels.getLast().keeps();
        }
        return levels;
    }

    /// Seven standard deviations: a false alarm has a chance below 1e-11, and the seed is fixed.
    @ParameterizedTest
    @CsvSource({"1, 18, 0.86", "4, 7, 0.25", "16, 51, 0.02"})
    void tries_succeed_as_often_as_the_level_says(int units, int rounds, double failure) {
        var level = new FactoryPipeline.Level(units, 0, 1, rounds, failure, 1);
        var process = new FactoryProcess(List.of(level), 11, 0);
        long runs = 20_000;

        long made = process.pass((int) runs * rounds);

        double mean = (double) units * runs * (1 - failure);
        assertEquals(mean, made, 7 * Math.sqrt(mean * failure));
    }

    /// 16 states from each first level in 20 rounds: the second, which takes 15 of them in 30
    /// rounds, has as many runs as the first feeds, or as it can do.
    @ParameterizedTest
    @CsvSource({"16, 20, 1", "4, 20, 4", "16, 60, 1"})
    void the_slower_level_sets_the_pace(int units, int rounds, int secondUnits) {
        var first = new FactoryPipeline.Level(units, 0, 1, rounds, 0, 32);
        var second = new FactoryPipeline.Level(secondUnits, 15, 1, 30, 0, 1);
        int total = 30_000;

        long made = new FactoryProcess(List.of(first, second), 1, 0).pass(total);

        double fed = (double) total * units / rounds / 15;
        double done = (double) total * secondUnits / 30;
        assertEquals(Math.min(fed, done), made, 3);
    }

    @Test
    void levels_that_could_never_begin_are_refused() {
        var first = new FactoryPipeline.Level(1, 0, 4, 5, 0, 15);
        var second = new FactoryPipeline.Level(1, 15, 1, 5, 0, 1);

        assertThrows(
                IllegalArgumentException.class,
                () -> new FactoryPipeline(1, List.of(first, second)));
        assertThrows(IllegalArgumentException.class, () -> new FactoryPipeline(1, List.of(second)));
    }
}
