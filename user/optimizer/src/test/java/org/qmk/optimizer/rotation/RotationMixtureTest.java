package org.qmk.optimizer.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

class RotationMixtureTest {

    @ParameterizedTest
    @CsvSource({"1e-2, 10", "1e-3, 10", "1e-4, 10", "1e-6, 5"})
    void the_mean_over_choices_differs_by_no_more_than_the_precision(double precision, int angles) {
        var synthesis = new RotationSynthesis(precision);
        var random = new SplittableRandom(2203_10064);
        for (int i = 0; i < angles; i++) {
            double angle = random.nextDouble(7);

            RotationMixture mixture = synthesis.mixture(angle);

            double[][][] rest = inPaulis(mixture, angle);
            // The Pauli component of the identity is 1 - error, without coherence with another:
            // what is left is a channel times `error`.
            assertTrue(mixture.weight() >= 0 && mixture.weight() <= 1);
            assertTrue(mixture.error() <= precision);
            assertEquals(1 - mixture.error(), rest[0][0][0], 1e-12);
            for (int other = 1; other < 4; other++) {
                assertEquals(0, Math.hypot(rest[0][other][0], rest[0][other][1]), 1e-12);
            }
        }
    }

    /// The channel after the inverse of the rotation: the sum over words of p c_i conj(c_j), where
    /// c are the coefficients of the unitary in 1, X, Y and Z.
    private static double[][][] inPaulis(RotationMixture mixture, double angle) {
        var chi = new double[4][4][2];
        for (int choice = 0; choice < 4; choice++) {
            CliffordTWord word = choice < 2 ? mixture.first() : mixture.second();
            double p = (choice < 2 ? mixture.weight() : 1 - mixture.weight()) / 2;
            var unitary = new DecimalUnitary();
            if (choice % 2 == 1) unitary.then(Opcode.APPLY_Z);
            for (Opcode gate : word.gates()) unitary.then(gate);
            if (choice % 2 == 1) unitary.then(Opcode.APPLY_Z);
            double[][] c = coefficients(unitary.toDoubles(), angle);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    chi[i][j][0] += p * (c[i][0] * c[j][0] + c[i][1] * c[j][1]);
                    chi[i][j][1] += p * (c[i][1] * c[j][0] - c[i][0] * c[j][1]);
                }
            }
        }
        return chi;
    }

    private static double[][] coefficients(double[][][] u, double angle) {
        double re = Math.cos(angle / 2);
        double im = Math.sin(angle / 2);
        double[][] first = {turned(u[0][0], re, im), turned(u[0][1], re, im)};
        double[][] second = {turned(u[1][0], re, -im), turned(u[1][1], re, -im)};
        double[] x = {second[0][0] + first[1][0], second[0][1] + first[1][1]};
        double[] y = {second[0][1] - first[1][1], first[1][0] - second[0][0]};
        return new double[][] {
            {(first[0][0] + second[1][0]) / 2, (first[0][1] + second[1][1]) / 2},
            {x[0] / 2, x[1] / 2},
            {y[0] / 2, y[1] / 2},
            {(first[0][0] - second[1][0]) / 2, (first[0][1] - second[1][1]) / 2}
        };
    }

    private static double[] turned(double[] x, double re, double im) {
        return new double[] {x[0] * re - x[1] * im, x[0] * im + x[1] * re};
    }

    @Test
    void a_mixture_has_about_half_the_t_gates_of_a_word() {
        var synthesis = new RotationSynthesis(1e-10);
        double mixed = 0;
        double single = 0;
        for (int i = 1; i <= 20; i++) {
            mixed += synthesis.mixture(0.1 * i).tCount();
            single += synthesis.word(0.1 * i).tCount();
        }

        assertTrue(mixed < 0.54 * single, mixed + " against " + single);
    }

    @Test
    void a_multiple_of_a_quarter_of_pi_is_not_mixed() {
        RotationMixture mixture = new RotationSynthesis(1e-6).mixture(Math.PI / 4);

        assertEquals(0, mixture.error());
        assertEquals(1, mixture.tCount());
    }

    /// A choice by a fair coin of 4000 throws is off by 0.05 with a chance below 1e-9.
    @Test
    void words_are_chosen_by_their_weight_and_twirled_in_half_of_the_cases() {
        RotationMixture mixture = new RotationSynthesis(1e-4).mixture(0.4);
        var random = new SplittableRandom(5);
        int firsts = 0;
        int twirls = 0;
        int throwsMade = 4000;
        for (int i = 0; i < throwsMade; i++) {
            var out = new GateList(1);
            mixture.append(out, 0, random);
            int plain = out.size();
            boolean isFirst =
                    plain == mixture.first().gates().size()
                            || plain == mixture.first().gates().size() + 2;
            int size = (isFirst ? mixture.first() : mixture.second()).gates().size();
            if (isFirst) firsts++;
            if (plain == size + 2) twirls++;
        }

        int apart = mixture.first().gates().size() - mixture.second().gates().size();
        assertTrue(apart != 0 && Math.abs(apart) != 2, "the sizes tell the words apart");
        assertEquals(mixture.weight(), (double) firsts / throwsMade, 0.05);
        assertEquals(0.5, (double) twirls / throwsMade, 0.05);
    }

    @Test
    void the_same_seed_chooses_the_same_gates() {
        RotationMixture mixture = new RotationSynthesis(1e-4).mixture(0.4);
        var one = new GateList(1);
        var other = new GateList(1);

        for (int i = 0; i < 5; i++) mixture.append(one, 0, new SplittableRandom(i));
        for (int i = 0; i < 5; i++) mixture.append(other, 0, new SplittableRandom(i));

        assertEquals(one.size(), other.size());
        for (int i = 0; i < one.size(); i++) assertEquals(one.opcode(i), other.opcode(i));
    }
}
