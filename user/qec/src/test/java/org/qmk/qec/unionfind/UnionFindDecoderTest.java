package org.qmk.qec.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qec.QecFailure;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.Syndromes;
import org.qmk.qec.dem.DetectorErrorModel;

class UnionFindDecoderTest {

    /// A random graph with few edges at the boundary: some of its parts may have none.
    private static DecodingProblem graph(int nodes, int edges, long seed) {
        var random = new SplittableRandom(seed);
        var builder = new DecodingProblem.Builder(nodes);
        for (int i = 0; i < edges; i++) {
            boolean isAtBoundary = random.nextInt(12) == 0;
            int[] ends = {random.nextInt(nodes), random.nextInt(nodes)};
            builder.add(
                    isAtBoundary ? new int[] {ends[0]} : ends,
                    random.nextInt(4),
                    0.001 + 0.3 * random.nextDouble());
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void every_syndrome_of_errors_is_explained(long seed) {
        DecodingProblem problem = graph(70 + (int) seed, 90 + 20 * (int) seed, seed);
        var decoder = new UnionFindDecoder(problem);
        var samples = new Syndromes(problem, 300, seed);
        int words = problem.words();
        long[] forwards = new long[300];
        for (int shot = 0; shot < 300; shot++) {
            forwards[shot] = decoder.decode(samples.syndromes, shot * words);

            assertTrue(decoder.isExplained(), "shot " + shot);
            assertTrue(Syndromes.isExplained(decoder, samples.syndromes, shot * words));
            assertEquals(Syndromes.observables(decoder), forwards[shot]);
        }
        for (int shot = 299; shot >= 0; shot--) {
            assertEquals(forwards[shot], decoder.decode(samples.syndromes, shot * words));
        }
    }

    @Test
    void a_syndrome_that_no_error_has_is_not_explained() {
        DecodingProblem problem =
                new DecodingProblem.Builder(5)
                        .add(new int[] {0, 1}, 1, 0.1)
                        .add(new int[] {1, 2}, 0, 0.1)
                        .add(new int[] {3}, 2, 0.1)
                        .build();
        var decoder = new UnionFindDecoder(problem);

        decoder.decode(new long[] {0b00001}, 0);
        assertFalse(decoder.isExplained());
        decoder.decode(new long[] {0b10000}, 0);
        assertFalse(decoder.isExplained());
        assertEquals(3, decoder.decode(new long[] {0b01011}, 0));
        assertTrue(decoder.isExplained());
    }

    @Test
    void likely_mechanisms_are_preferred() {
        DecodingProblem problem =
                new DecodingProblem.Builder(3)
                        .add(new int[] {0, 2}, 1, 0.0001)
                        .add(new int[] {0, 1}, 0, 0.1)
                        .add(new int[] {1, 2}, 0, 0.1)
                        .build();
        var decoder = new UnionFindDecoder(problem);

        assertEquals(0, decoder.decode(new long[] {0b101}, 0));
        assertTrue(decoder.isInCorrection(1) && decoder.isInCorrection(2));
        assertFalse(decoder.isInCorrection(0));
    }

    @Test
    void errors_of_less_than_half_the_distance_are_corrected() {
        DecodingProblem problem = Syndromes.surface(7, 0.01);
        var decoder = new UnionFindDecoder(problem);
        for (int i = 0; i < problem.mechanisms(); i++) {
            for (int j = 0; j < i; j++) {
                for (int k = 0; k < j; k++) {
                    long[] syndrome = new long[problem.words()];
                    problem.flip(i, syndrome, 0);
                    problem.flip(j, syndrome, 0);
                    problem.flip(k, syndrome, 0);
                    long flipped =
                            problem.observables(i)
                                    ^ problem.observables(j)
                                    ^ problem.observables(k);

                    assertEquals(flipped, decoder.decode(syndrome, 0), i + " " + j + " " + k);
                }
            }
        }
    }

    @Test
    void it_fails_not_much_more_often_than_it_must_on_small_codes() {
        for (int distance : new int[] {3, 5}) {
            DecodingProblem problem = Syndromes.surface(distance, 0.05);

            double failure = Syndromes.failure(new UnionFindDecoder(problem));

            double least = Syndromes.leastFailure(problem);
            assertTrue(failure >= least - 1e-12);
            assertTrue(failure <= 1.5 * least, failure + " against " + least);
        }
    }

    @Test
    void mechanisms_of_three_detectors_are_refused() {
        var builder = new DecodingProblem.Builder(3).add(new int[] {0, 1, 2}, 0, 0.1);

        assertThrows(IllegalArgumentException.class, () -> new UnionFindDecoder(builder.build()));
    }

    @Test
    void parts_of_a_decomposed_model_are_a_graph() throws QecFailure {
        var model =
                DetectorErrorModel.parse(
                        """
                        error(0.1) D0 D1 L0 ^ D2
                        error(0.2) D0 D1 L0
                        error(0.25) D2 D2 L1
                        """);
        DecodingProblem parts = DecodingProblem.ofParts(model.columns());

        assertEquals(2, parts.mechanisms());
        assertEquals(0.1 * 0.8 + 0.9 * 0.2, parts.chance(0), 1e-15);
        assertEquals(1, parts.observables(0));
        assertEquals(0.1, parts.chance(1), 1e-15);
        assertEquals(1, new UnionFindDecoder(parts).decode(new long[] {0b111}, 0));
        DecodingProblem whole = DecodingProblem.of(model.columns());
        assertEquals(2, whole.mechanisms());
        assertEquals(3, whole.columnStart(1));
        assertThrows(IllegalArgumentException.class, () -> new UnionFindDecoder(whole));
    }
}
