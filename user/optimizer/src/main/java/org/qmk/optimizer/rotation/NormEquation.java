package org.qmk.optimizer.rotation;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// Solves t* t = xi for t in Z[w], where xi in Z[sqrt 2] is not negative in either embedding: Ross
/// and Selinger, arXiv 1403.2975, section 6 and appendix C.
///
/// A solution exists if and only if each prime of Z[sqrt 2] above a prime p = 7 modulo 8 divides xi
/// an even number of times. All other primes are norms of Z[w].
final class NormEquation {

    private static final BigInteger SEVEN = BigInteger.valueOf(7);
    private static final CyclotomicInteger ROOT_TWO = CyclotomicInteger.of(0, 1, 0, -1);
    private static final CyclotomicInteger ONE_PLUS_OMEGA = CyclotomicInteger.of(1, 1, 0, 0);

    private NormEquation() {}

    /// A solution; empty if there is none, or if the norm of xi was not factored.
    ///
    /// @param stepsMax how much effort factoring is worth; see `Factorization`
    static Optional<CyclotomicInteger> solve(CyclotomicInteger xi, long stepsMax) {
        if (xi.isZero()) return Optional.of(CyclotomicInteger.ZERO);
        if (!xi.isPositive() || !xi.bullet().isPositive()) return Optional.empty();
        BigInteger norm = xi.a().multiply(xi.a()).subtract(xi.b().multiply(xi.b()).shiftLeft(1));
        BigInteger odd = norm.shiftRight(norm.getLowestSetBit());
        // The odd part is then a product of an odd number of primes 7 modulo 8, and others.
        if (odd.and(SEVEN).equals(SEVEN)) return Optional.empty();
        var factors = Factorization.of(norm, stepsMax);
        for (Factorization.Power power : factors.powers()) {
            if (residue(power.prime()) == 7 && power.exponent() % 2 != 0) return Optional.empty();
        }
        return factors.isComplete() ? solve(xi, factors.powers()) : Optional.empty();
    }

    private static int residue(BigInteger prime) {
        return prime.and(SEVEN).intValue();
    }

    private static Optional<CyclotomicInteger> solve(
            CyclotomicInteger xi, List<Factorization.Power> powers) {
        CyclotomicInteger left = xi;
        CyclotomicInteger t = CyclotomicInteger.ONE;
        for (Factorization.Power power : powers) {
            for (CyclotomicInteger s : primesAbove(power.prime())) {
                CyclotomicInteger square = s.squaredAbsolute();
                while (left.isDivisibleBy(s)) {
                    // Only s above 7 modulo 8 can divide without its square.
                    if (!left.isDivisibleBy(square)) return Optional.empty();
                    left = left.quotient(square);
                    t = t.times(s);
                }
            }
        }
        return Optional.of(t.times(rootOfUnit(left)));
    }

    /// One element of Z[w] for each prime of Z[sqrt 2] above p, that it divides: its square is that
    /// prime up to a unit, or for p = 7 modulo 8 itself is.
    private static List<CyclotomicInteger> primesAbove(BigInteger p) {
        var integer = CyclotomicInteger.of(p);
        return switch (residue(p)) {
            case 2 -> List.of(ONE_PLUS_OMEGA);
            case 1 -> {
                var root = CyclotomicInteger.of(eighthRoot(p));
                var s = integer.gcd(root.minus(CyclotomicInteger.of(0, 1, 0, 0)));
                yield List.of(s, s.bullet());
            }
            case 3 -> {
                BigInteger root = BigInteger.TWO.negate().modPow(quarter(p), p);
                yield List.of(
                        integer.gcd(
                                CyclotomicInteger.of(root).plus(CyclotomicInteger.of(0, 1, 0, 1))));
            }
            case 5 -> {
                BigInteger root = BigInteger.TWO.modPow(p.shiftRight(2), p);
                yield List.of(
                        integer.gcd(
                                CyclotomicInteger.of(root).plus(CyclotomicInteger.of(0, 0, 1, 0))));
            }
            case 7 -> {
                BigInteger root = BigInteger.TWO.modPow(quarter(p), p);
                var s = integer.gcd(CyclotomicInteger.of(root).plus(ROOT_TWO));
                yield List.of(s, s.bullet());
            }
            default -> throw new IllegalStateException(p + " is no prime");
        };
    }

    /// (p + 1)/4: that power of a square is its root, for p = 3 modulo 4.
    private static BigInteger quarter(BigInteger p) {
        return p.add(BigInteger.ONE).shiftRight(2);
    }

    /// A primitive eighth root of 1 modulo p = 1 modulo 8: a power of the least number that is no
    /// square.
    private static BigInteger eighthRoot(BigInteger p) {
        BigInteger minusOne = p.subtract(BigInteger.ONE);
        for (BigInteger g = BigInteger.valueOf(3); ; g = g.add(BigInteger.ONE)) {
            BigInteger root = g.modPow(p.shiftRight(3), p);
            BigInteger square = root.multiply(root).mod(p);
            if (square.multiply(square).mod(p).equals(minusOne)) return root;
        }
    }

    /// The root of a unit of Z[sqrt 2] that is positive in both embeddings: the unit is an even
    /// power of 1 + sqrt 2.
    private static CyclotomicInteger rootOfUnit(CyclotomicInteger unit) {
        var larger = CyclotomicInteger.SILVER;
        var smaller = CyclotomicInteger.SILVER_INVERSE;
        CyclotomicInteger root = CyclotomicInteger.ONE;
        CyclotomicInteger left = unit;
        while (left.b().signum() > 0) {
            left = left.times(smaller).times(smaller);
            root = root.times(larger);
        }
        while (left.b().signum() < 0) {
            left = left.times(larger).times(larger);
            root = root.times(smaller);
        }
        return root;
    }
}
