package org.qmk.qec.bp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qec.code.BinaryMatrix;
import org.qmk.qec.code.BivariateBicycle;
import org.qmk.qec.code.CssCode;
import org.qmk.qec.code.SimplexProduct;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;
import org.qmk.qec.decode.Syndromes;

class BeliefDecodersTest {

    private static final BeliefSettings SETTINGS = new BeliefSettings(30, 0.8);

    private static CssCode steane() {
        BinaryMatrix hamming = BinaryMatrix.of(3, 7, (i, j) -> (j + 1 >>> i & 1) != 0);
        return CssCode.stabilizer(hamming, hamming);
    }

    private static DecodingProblem random(int detectors, int mechanisms, long seed) {
        var random = new SplittableRandom(seed);
        var builder = new DecodingProblem.Builder(detectors);
        for (int i = 0; i < mechanisms; i++) {
            int[] fired = new int[1 + random.nextInt(4)];
            for (int j = 0; j < fired.length; j++) fired[j] = random.nextInt(detectors);
            builder.add(fired, random.nextInt(4), 0.01 + 0.2 * random.nextDouble());
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 300})
    void many_shots_get_the_beliefs_of_one(int shots) {
        DecodingProblem problem = BivariateBicycle.bicycle72().bitFlips(0.06);
        var decoder = new MinSumDecoder(problem, SETTINGS);
        var samples = new Syndromes(problem, shots, 1);
        int words = problem.words();
        int[] explained = new int[2];
        int[][] beliefs = new int[shots][problem.mechanisms()];
        boolean[] isExplained = new boolean[shots];

        decoder.lanes()
                .decode(
                        samples.syndromes,
                        shots,
                        (shot, lane, isRight) -> {
                            isExplained[shot] = isRight;
                            explained[isRight ? 1 : 0]++;
                            for (int i = 0; i < problem.mechanisms(); i++) {
                                beliefs[shot][i] = decoder.lanes().belief(lane, i);
                            }
                        });

        assertEquals(shots, explained[0] + explained[1]);
        for (int shot = 0; shot < shots; shot++) {
            decoder.decode(samples.syndromes, shot * words);
            assertEquals(decoder.isExplained(), isExplained[shot], "shot " + shot);
            for (int i = 0; i < problem.mechanisms(); i++) {
                assertEquals(decoder.belief(i), beliefs[shot][i], "shot " + shot);
            }
        }
        if (shots == 300) assertTrue(explained[0] > 0 && explained[1] > 0, "both ways are seen");
    }

    @Test
    void what_belief_propagation_calls_explained_is() {
        DecodingProblem problem = BivariateBicycle.bicycle72().bitFlips(0.06);
        var decoder = new MinSumDecoder(problem, SETTINGS);
        checkSays(decoder, new Syndromes(problem, 500, 2), 500);
    }

    private static void checkSays(SyndromeDecoder decoder, Syndromes samples, int shots) {
        for (int shot = 0; shot < shots; shot++) {
            int from = shot * decoder.problem().words();
            long observables = decoder.decode(samples.syndromes, from);
            assertEquals(
                    decoder.isExplained(),
                    Syndromes.isExplained(decoder, samples.syndromes, from),
                    "shot " + shot);
            assertEquals(Syndromes.observables(decoder), observables, "shot " + shot);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 40})
    void ordered_statistics_explain_every_syndrome_of_errors(int sweep) {
        for (CssCode code : new CssCode[] {BivariateBicycle.bicycle72(), SimplexProduct.of(3)}) {
            DecodingProblem problem = code.bitFlips(0.1);
            var decoder = new OrderedStatisticsDecoder(problem, new BeliefSettings(8, 0.7), sweep);
            var samples = new Syndromes(problem, 200, 3);
            checkSays(decoder, samples, 200);
            long[] many = new long[200];
            decoder.decodeAll(samples.syndromes, 200, many);
            for (int shot = 0; shot < 200; shot++) {
                assertEquals(many[shot], decoder.decode(samples.syndromes, shot * problem.words()));
                assertTrue(decoder.isExplained());
            }
        }
    }

    @Test
    void a_syndrome_that_no_error_has_is_not_explained() {
        var problem =
                new DecodingProblem.Builder(3)
                        .add(new int[] {0, 1}, 0, 0.1)
                        .add(new int[] {1, 2}, 1, 0.1)
                        .build();
        for (int sweep : new int[] {0, 2}) {
            var decoder = new OrderedStatisticsDecoder(problem, SETTINGS, sweep);

            assertEquals(0, decoder.decode(new long[] {1}, 0));
            assertFalse(decoder.isExplained());
            assertEquals(1, decoder.decode(new long[] {6}, 0));
            assertTrue(decoder.isExplained());
        }
    }

    @Test
    void a_sweep_over_all_finds_the_likeliest_set_where_pairs_are_enough() {
        for (long seed = 0; seed < 20; seed++) {
            DecodingProblem problem = random(6, 8, seed);
            var decoder = new OrderedStatisticsDecoder(problem, new BeliefSettings(1, 1), 8);
            int[] priors = Beliefs.priors(problem);
            long[] least = new long[64];
            Arrays.fill(least, Long.MAX_VALUE);
            for (int set = 0; set < 1 << problem.mechanisms(); set++) {
                long[] syndrome = new long[1];
                long weight = 0;
                for (int i = 0; i < problem.mechanisms(); i++) {
                    if ((set >>> i & 1) == 0) continue;
                    problem.flip(i, syndrome, 0);
                    weight += priors[i];
                }
                least[(int) syndrome[0]] = Math.min(least[(int) syndrome[0]], weight);
            }
            for (int syndrome = 0; syndrome < 64; syndrome++) {
                decoder.decode(new long[] {syndrome}, 0);
                assertEquals(least[syndrome] < Long.MAX_VALUE, decoder.isExplained());
                if (!decoder.isExplained()) continue;
                long weight = 0;
                for (int i = 0; i < problem.mechanisms(); i++) {
                    if (decoder.isInCorrection(i)) weight += priors[i];
                }
                assertTrue(weight >= least[syndrome]);
                // Belief propagation alone may have explained it worse.
                if (decoder.decode(new long[] {syndrome}, 0) >= 0 && decoder.isSolved()) {
                    assertEquals(least[syndrome], weight, "seed " + seed);
                }
            }
        }
    }

    @Test
    void ordered_statistics_are_nearly_as_good_as_can_be_on_small_codes() {
        for (DecodingProblem problem :
                new DecodingProblem[] {
                    steane().bitFlips(0.05),
                    Syndromes.surface(3, 0.05),
                    Syndromes.surface(5, 0.05),
                    toric().bitFlips(0.05)
                }) {
            var settings = new BeliefSettings(30, 0.5);
            var decoder = new OrderedStatisticsDecoder(problem, settings, 10);

            double failure = Syndromes.failure(decoder);

            double least = Syndromes.leastFailure(problem);
            assertTrue(failure >= least - 1e-12);
            assertTrue(failure <= 1.05 * least, failure + " against " + least);
        }
    }

    /// The toric code of 18 qubits.
    private static CssCode toric() {
        return new BivariateBicycle(3, 3, new int[] {0, 0, 1, 0}, new int[] {0, 0, 0, 1}).code();
    }

    @Test
    void all_errors_of_weight_two_are_corrected_in_a_code_of_distance_six() {
        DecodingProblem problem = BivariateBicycle.bicycle72().bitFlips(0.01);
        var decoder = new OrderedStatisticsDecoder(problem, SETTINGS, 5);
        var relay = new RelayDecoder(problem, RelaySettings.usual());
        for (int i = 0; i < problem.mechanisms(); i++) {
            for (int j = i + 1; j < problem.mechanisms(); j++) {
                long[] syndrome = new long[problem.words()];
                problem.flip(i, syndrome, 0);
                problem.flip(j, syndrome, 0);
                long flipped = problem.observables(i) ^ problem.observables(j);

                assertEquals(flipped, decoder.decode(syndrome, 0), i + " and " + j);
                assertEquals(flipped, relay.decode(syndrome, 0), i + " and " + j);
            }
        }
    }

    @Test
    void a_relay_explains_more_than_its_first_leg_and_says_which() {
        DecodingProblem problem = BivariateBicycle.bicycle72().bitFlips(0.06);
        var samples = new Syndromes(problem, 400, 5);
        int[] explained = new int[2];
        for (int legs = 0; legs < 2; legs++) {
            var settings = new RelaySettings(30, 30, legs * 40, 1, 0.125, -0.24, 0.66, 1, 7);
            var decoder = new RelayDecoder(problem, settings);
            checkSays(decoder, samples, 400);
            for (int shot = 0; shot < 400; shot++) {
                decoder.decode(samples.syndromes, shot * problem.words());
                if (decoder.isExplained()) explained[legs]++;
            }
        }

        assertTrue(explained[0] < 400 && explained[1] > explained[0], Arrays.toString(explained));
        assertTrue(explained[1] >= 396, Arrays.toString(explained));
    }

    @Test
    void more_solutions_of_a_relay_give_no_heavier_correction() {
        DecodingProblem problem = BivariateBicycle.bicycle72().bitFlips(0.08);
        var samples = new Syndromes(problem, 150, 6);
        var one = new RelayDecoder(problem, new RelaySettings(40, 30, 60, 1, 0.1, -0.2, 0.6, 1, 8));
        var five =
                new RelayDecoder(problem, new RelaySettings(40, 30, 60, 5, 0.1, -0.2, 0.6, 1, 8));
        int lighter = 0;
        for (int shot = 0; shot < 150; shot++) {
            one.decode(samples.syndromes, shot * problem.words());
            five.decode(samples.syndromes, shot * problem.words());
            if (!one.isExplained()) continue;
            assertTrue(five.isExplained());
            assertTrue(weight(five) <= weight(one), "shot " + shot);
            if (weight(five) < weight(one)) lighter++;
        }

        assertTrue(lighter > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void many_relays_side_by_side_answer_what_one_does(int solutions) {
        DecodingProblem problem = BivariateBicycle.bicycle72().bitFlips(0.08);
        var samples = new Syndromes(problem, 150, 6);
        // Some shots are left unexplained.
        var settings = new RelaySettings(8, 6, 5, solutions, 0.1, -0.2, 0.6, 1, 8);
        var decoder = new RelayDecoder(problem, settings);
        long[] many = new long[150];
        int explained = 0;

        decoder.decodeAll(samples.syndromes, 150, many);

        for (int shot = 0; shot < 150; shot++) {
            assertEquals(many[shot], decoder.decode(samples.syndromes, shot * problem.words()));
            if (decoder.isExplained()) explained++;
        }
        assertTrue(explained > 50 && explained < 150, explained + " are explained");
    }

    private static int weight(SyndromeDecoder decoder) {
        int weight = 0;
        for (int i = 0; i < decoder.problem().mechanisms(); i++) {
            if (decoder.isInCorrection(i)) weight++;
        }
        return weight;
    }

    @Test
    void what_was_decoded_before_does_not_matter() {
        DecodingProblem problem = SimplexProduct.of(3).bitFlips(0.05);
        var samples = new Syndromes(problem, 50, 9);
        int words = problem.words();
        SyndromeDecoder[] decoders = {
            new MinSumDecoder(problem, SETTINGS),
            new OrderedStatisticsDecoder(problem, SETTINGS, 3),
            new RelayDecoder(problem, RelaySettings.usual())
        };
        for (SyndromeDecoder decoder : decoders) {
            long[] forwards = new long[50];
            decoder.decodeAll(samples.syndromes, 50, forwards);
            long[] backwards = new long[50];
            for (int shot = 49; shot >= 0; shot--) {
                backwards[shot] = decoder.decode(samples.syndromes, shot * words);
            }
            assertArrayEquals(forwards, backwards);
        }
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new BeliefSettings(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new BeliefSettings(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new BeliefSettings(1, 1.1));
        assertThrows(
                IllegalArgumentException.class, () -> new RelaySettings(1, 1, 1, 0, 0, 0, 0, 1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RelaySettings(1, 1, 1, 1, 0, 0.5, 0.4, 1, 0));
    }
}
