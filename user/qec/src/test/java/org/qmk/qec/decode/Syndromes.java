package org.qmk.qec.decode;

import java.util.SplittableRandom;

/// Random errors and what they flip.
public final class Syndromes {

    public final long[] syndromes;
    public final long[] observables;

    /// Each mechanism happens with its own chance.
    public Syndromes(DecodingProblem problem, int shots, long seed) {
        var random = new SplittableRandom(seed);
        int words = problem.words();
        syndromes = new long[shots * words];
        observables = new long[shots];
        for (int shot = 0; shot < shots; shot++) {
            for (int i = 0; i < problem.mechanisms(); i++) {
                if (random.nextDouble() >= problem.chance(i)) continue;
                problem.flip(i, syndromes, shot * words);
                observables[shot] ^= problem.observables(i);
            }
        }
    }

    /// Whether the last correction of a decoder has the syndrome.
    public static boolean isExplained(SyndromeDecoder decoder, long[] syndrome, int from) {
        DecodingProblem problem = decoder.problem();
        long[] left = java.util.Arrays.copyOfRange(syndrome, from, from + problem.words());
        for (int i = 0; i < problem.mechanisms(); i++) {
            if (decoder.isInCorrection(i)) problem.flip(i, left, 0);
        }
        return java.util.Arrays.stream(left).allMatch(word -> word == 0);
    }

    /// The observables of the last correction.
    public static long observables(SyndromeDecoder decoder) {
        long flipped = 0;
        for (int i = 0; i < decoder.problem().mechanisms(); i++) {
            if (decoder.isInCorrection(i)) flipped ^= decoder.problem().observables(i);
        }
        return flipped;
    }

    /// The chance that a decoder is wrong about an observable, over all errors: of few mechanisms.
    public static double failure(SyndromeDecoder decoder) {
        double[][] chances = classes(decoder.problem());
        double right = 0;
        for (int syndrome = 0; syndrome < chances.length; syndrome++) {
            right += chances[syndrome][(int) decoder.decode(new long[] {syndrome}, 0)];
        }
        return 1 - right;
    }

    /// The least that it can be.
    public static double leastFailure(DecodingProblem problem) {
        double right = 0;
        for (double[] classes : classes(problem)) {
            right += java.util.Arrays.stream(classes).max().orElseThrow();
        }
        return 1 - right;
    }

    /// The chance of each syndrome with each set of observables.
    private static double[][] classes(DecodingProblem problem) {
        int observables = 0;
        for (int i = 0; i < problem.mechanisms(); i++) {
            observables =
                    Math.max(observables, 64 - Long.numberOfLeadingZeros(problem.observables(i)));
        }
        double[][] chances = new double[1 << problem.detectors()][1 << observables];
        chances[0][0] = 1;
        for (int i = 0; i < problem.mechanisms(); i++) {
            long[] flipped = new long[1];
            problem.flip(i, flipped, 0);
            double[][] next = new double[chances.length][1 << observables];
            for (int syndrome = 0; syndrome < chances.length; syndrome++) {
                for (int set = 0; set < 1 << observables; set++) {
                    double chance = chances[syndrome][set];
                    next[syndrome][set] += chance * (1 - problem.chance(i));
                    next[syndrome ^ (int) flipped[0]][set ^ (int) problem.observables(i)] +=
                            chance * problem.chance(i);
                }
            }
            chances = next;
        }
        return chances;
    }

    /// A rotated surface code's X errors: qubits in a square, Z checks on every other face.
    public static DecodingProblem surface(int distance, double chance) {
        int checks = (distance * distance - 1) / 2;
        var builder = new DecodingProblem.Builder(checks);
        int[][] number = new int[distance + 1][distance + 1];
        int count = 0;
        for (int i = 0; i <= distance; i++) {
            for (int j = 0; j <= distance; j++) {
                boolean isCheck = (i + j) % 2 == 0 && i > 0 && i < distance;
                number[i][j] = isCheck ? count++ : -1;
            }
        }
        if (count != checks) throw new IllegalStateException(count + " checks of " + checks);
        for (int row = 0; row < distance; row++) {
            for (int column = 0; column < distance; column++) {
                int[] around = {
                    number[row][column],
                    number[row + 1][column],
                    number[row][column + 1],
                    number[row + 1][column + 1]
                };
                int[] fired = java.util.Arrays.stream(around).filter(check -> check >= 0).toArray();
                builder.add(fired, row == 0 ? 1 : 0, chance);
            }
        }
        return builder.build();
    }
}
