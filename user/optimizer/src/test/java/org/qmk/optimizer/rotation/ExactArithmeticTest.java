package org.qmk.optimizer.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Opcode;

class ExactArithmeticTest {

    private static final List<Opcode> GATES =
            List.of(
                    Opcode.APPLY_H,
                    Opcode.APPLY_S,
                    Opcode.APPLY_T,
                    Opcode.APPLY_X,
                    Opcode.APPLY_TDG,
                    Opcode.APPLY_Y,
                    Opcode.APPLY_SX,
                    Opcode.APPLY_Z,
                    Opcode.APPLY_SDG,
                    Opcode.APPLY_SXDG);

    /// A t of xi = a + b sqrt 2 has coefficients whose squares add up to a.
    @Test
    void the_norm_equation_is_solved_if_and_only_if_a_search_of_all_solves_it() {
        int most = 24;
        Set<List<Integer>> solvable = new HashSet<>();
        for (int a = -5; a <= 5; a++) {
            for (int b = -5; b <= 5; b++) {
                for (int c = -5; c <= 5; c++) {
                    for (int d = -5; d <= 5; d++) {
                        int rational = a * a + b * b + c * c + d * d;
                        int root = a * b + b * c + c * d - d * a;
                        solvable.add(List.of(rational, root));
                    }
                }
            }
        }
        int solved = 0;
        for (int a = -2; a <= most; a++) {
            for (int b = -most; b <= most; b++) {
                var xi = CyclotomicInteger.of(a, b, 0, -b);

                Optional<CyclotomicInteger> t = NormEquation.solve(xi, 100);

                assertEquals(solvable.contains(List.of(a, b)), t.isPresent(), xi.toString());
                if (t.isEmpty()) continue;
                assertEquals(xi, t.get().squaredAbsolute());
                solved++;
            }
        }
        assertTrue(solved > 100);
    }

    @Test
    void the_norm_equation_is_solved_for_large_numbers() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            var t =
                    CyclotomicInteger.of(
                            random.nextInt(2000) - 1000,
                            random.nextInt(2000) - 1000,
                            random.nextInt(2000) - 1000,
                            random.nextInt(2000) - 1000);

            CyclotomicInteger xi = t.squaredAbsolute();

            CyclotomicInteger found = NormEquation.solve(xi, 1_000_000).orElseThrow();
            assertEquals(xi, found.squaredAbsolute());
        }
    }

    @Test
    void numbers_are_factored_as_their_primes_were_chosen() {
        var random = new java.util.Random(3);
        for (int i = 0; i < 60; i++) {
            List<BigInteger> primes = new ArrayList<>();
            BigInteger product = BigInteger.ONE;
            for (int j = 0; j <= i % 4; j++) {
                primes.add(BigInteger.probablePrime(4 + random.nextInt(22), random));
                product = product.multiply(primes.getLast());
            }
            if (i % 5 == 0) {
                primes.add(primes.getFirst());
                product = product.multiply(primes.getFirst());
            }

            var factors = Factorization.of(product, 1_000_000);

            assertTrue(factors.isComplete());
            BigInteger again = BigInteger.ONE;
            for (Factorization.Power power : factors.powers()) {
                assertTrue(primes.contains(power.prime()), power + " of " + primes);
                again = again.multiply(power.prime().pow(power.exponent()));
            }
            assertEquals(product, again);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000016000000063", "1000000000000000012000000000000000027"})
    void a_product_of_large_primes_is_left_alone_when_the_effort_is_spent(String text) {
        var factors = Factorization.of(new BigInteger(text), 0);

        assertFalse(factors.isComplete());
    }

    @Test
    void primes_below_2_to_the_63_are_told_as_the_library_tells_them() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < 4000; i++) {
            long n = random.nextLong() >>> 1 + i % 50 | 1;
            if (n < 3) continue;
            boolean isPrime = true;
            var modulus = new MontgomeryModulus(n);
            for (int witness : new int[] {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37}) {
                isPrime &= modulus.isStrongProbablePrime(witness);
            }

            assertEquals(BigInteger.valueOf(n).isProbablePrime(50), isPrime, n + "");
        }
    }

    @Test
    void words_are_brought_to_a_form_of_the_same_unitary_and_no_more_t_gates() {
        var random = new SplittableRandom(6);
        for (int i = 0; i < 300; i++) {
            List<Opcode> gates = new ArrayList<>();
            int size = random.nextInt(40);
            for (int j = 0; j < size; j++) gates.add(GATES.get(random.nextInt(GATES.size())));
            var word = new CliffordTWord(gates, 0);

            CliffordTWord form = CliffordTWord.of(word.product());

            assertTrue(form.tCount() <= word.tCount());
            assertTrue(form.gates().size() <= 2 * form.tCount() + 4, form::toString);
            assertEquals(form.phase(), word.product().phaseOver(form.product()));
            assertEquals(form.gates(), CliffordTWord.of(form.product()).gates());
        }
    }

    /// Matsumoto and Amano: such a word has the fewest T gates.
    @Test
    void a_normal_form_keeps_its_t_count() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 100; i++) {
            List<Opcode> gates = new ArrayList<>();
            for (int j = random.nextInt(6); j > 0; j--) gates.add(GATES.get(j % 2));
            int count = random.nextInt(50);
            for (int j = 0; j < count; j++) {
                gates.add(Opcode.APPLY_T);
                gates.add(Opcode.APPLY_H);
                if (random.nextBoolean()) gates.add(Opcode.APPLY_S);
            }

            CliffordTWord form = CliffordTWord.of(new CliffordTWord(gates, 0).product());

            assertEquals(count, form.tCount());
        }
    }

    @Test
    void every_unitary_without_t_is_at_most_three_gates() {
        Set<List<Opcode>> words = new HashSet<>();
        var random = new SplittableRandom(8);
        for (int i = 0; i < 1000; i++) {
            ExactUnitary unitary = ExactUnitary.IDENTITY;
            for (int j = 0; j < 12 + i % 2; j++)
                unitary = unitary.then(GATES.get(random.nextInt(2)));
            words.add(CliffordTWord.of(unitary).gates());
        }

        assertEquals(24, words.size());
        assertTrue(words.stream().allMatch(word -> word.size() <= 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void the_grid_problem_has_the_points_that_a_search_of_all_has(int k) {
        double epsilon = 0.6;
        double angle = 2.1;
        FixedPoint fixed = SegmentLattice.fixedPoint(epsilon, 10);
        BigInteger[] z = fixed.cosineAndSine(fixed.of(angle));
        var lattice = new SegmentLattice(fixed, z[0], z[1], epsilon);
        Set<CyclotomicInteger> expected = new HashSet<>();
        int most = 1 + (int) Math.ceil(Math.pow(2, k / 2.0));
        double h = Math.sqrt(0.5);
        double radius = Math.pow(2, k / 2.0);
        for (int a = -most; a <= most; a++) {
            for (int b = -most; b <= most; b++) {
                for (int c = -most; c <= most; c++) {
                    for (int d = -most; d <= most; d++) {
                        double re = (a + (b - d) * h) / radius;
                        double im = (c + (b + d) * h) / radius;
                        double otherRe = (a - (b - d) * h) / radius;
                        double otherIm = (c - (b + d) * h) / radius;
                        double along = re * Math.cos(angle) + im * Math.sin(angle);
                        if (re * re + im * im > 1 + 1e-12) continue;
                        if (otherRe * otherRe + otherIm * otherIm > 1 + 1e-12) continue;
                        if (along < 1 - epsilon * epsilon / 2) continue;
                        var u = CyclotomicInteger.of(a, b, c, d);
                        if (k == 0 || !u.isDivisibleByRootTwo()) expected.add(u);
                    }
                }
            }
        }

        List<CyclotomicInteger> points = new ArrayList<>();
        Optional<Boolean> none =
                lattice.first(
                        k,
                        u -> {
                            points.add(u);
                            return Optional.empty();
                        });

        assertTrue(none.isEmpty());
        assertEquals(expected, new HashSet<>(points));
        assertEquals(expected.size(), points.size());
    }

    @Test
    void fixed_point_numbers_agree_with_known_ones() {
        var fixed = new FixedPoint(200);
        BigInteger pi =
                new java.math.BigDecimal(
                                "3.1415926535897932384626433832795028841971693993751058209749445"
                                        + "9230781640628620899862803482534211706798")
                        .multiply(new java.math.BigDecimal(BigInteger.ONE.shiftLeft(200)))
                        .toBigInteger();

        assertTrue(fixed.pi().subtract(pi).abs().bitLength() <= 3);
        for (double angle : new double[] {0, 1e-9, -0.5, 1, 2.5, -3, 100}) {
            BigInteger[] both = fixed.cosineAndSine(fixed.of(angle));
            assertEquals(Math.cos(angle), fixed.toDouble(both[0]), 1e-15);
            assertEquals(Math.sin(angle), fixed.toDouble(both[1]), 1e-15);
        }
        assertEquals(Math.sqrt(2), fixed.toDouble(fixed.rootTwo()), 1e-15);
        for (double value : new double[] {1, -0.3, 1e-20, 12345.678, 1e30}) {
            assertEquals(value, fixed.toDouble(fixed.of(value)), 1e-15 * Math.abs(value));
        }
    }

    @Test
    void division_tells_what_does_not_divide() {
        var x = CyclotomicInteger.of(3, -1, 4, 2);
        var y = CyclotomicInteger.of(5, 9, -2, 6);
        CyclotomicInteger product = x.times(y);

        assertTrue(product.isDivisibleBy(y));
        assertEquals(x, product.quotient(y));
        assertFalse(product.plus(CyclotomicInteger.ONE).isDivisibleBy(y));
        assertEquals(x, x.timesRootTwo().dividedByRootTwo());
        assertThrows(
                ArithmeticException.class,
                () -> CyclotomicInteger.of(1, 0, 0, 0).dividedByRootTwo());
        assertEquals(product.norm(), x.norm().multiply(y.norm()));
        assertEquals(y.norm(), product.gcd(y.times(CyclotomicInteger.of(2, 1, 0, 0))).norm());
    }
}
