package org.qmk.optimizer.rotation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The prime factors of a number: trial division, then Pollard's rho (Brent's form) with a bound on
/// its steps. Nothing is random: the same number always gives the same answer.
final class Factorization {

    /// A prime and how often it divides.
    record Power(BigInteger prime, int exponent) {}

    private static final int SMALL_PRIMES_MAX = 256;

    /// For Miller and Rabin's test: with these no number below 2^64 is taken for a prime wrongly.
    private static final int[] WITNESSES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

    /// Differences whose product has a common divisor taken with the number at once.
    private static final int BATCH = 64;

    private final List<Power> powers = new ArrayList<>();
    private long stepsLeft;
    private boolean isComplete = true;

    private Factorization(long stepsMax) {
        stepsLeft = stepsMax;
    }

    /// @param n above 0
    /// @param stepsMax how many steps of Pollard's rho may be spent
    static Factorization of(BigInteger n, long stepsMax) {
        var factorization = new Factorization(stepsMax);
        BigInteger left = n;
        for (int p = 2; p < SMALL_PRIMES_MAX; p++) {
            BigInteger prime = BigInteger.valueOf(p);
            int exponent = 0;
            BigInteger[] parts = left.divideAndRemainder(prime);
            while (parts[1].signum() == 0) {
                exponent++;
                left = parts[0];
                parts = left.divideAndRemainder(prime);
            }
            if (exponent > 0) factorization.powers.add(new Power(prime, exponent));
        }
        factorization.split(left);
        return factorization;
    }

    /// Whether all factors were found; else `powers` lacks some.
    boolean isComplete() {
        return isComplete;
    }

    List<Power> powers() {
        return List.copyOf(powers);
    }

    private void split(BigInteger n) {
        if (n.equals(BigInteger.ONE)) return;
        if (isPrime(n)) {
            add(n);
            return;
        }
        BigInteger root = n.sqrt();
        if (root.multiply(root).equals(n)) {
            split(root);
            split(root);
            return;
        }
        BigInteger divisor = n.bitLength() < Long.SIZE ? smallDivisor(n) : divisor(n);
        if (divisor.equals(BigInteger.ONE)) {
            isComplete = false;
            return;
        }
        split(divisor);
        split(n.divide(divisor));
    }

    private void add(BigInteger prime) {
        for (int i = 0; i < powers.size(); i++) {
            if (powers.get(i).prime.equals(prime)) {
                powers.set(i, new Power(prime, powers.get(i).exponent + 1));
                return;
            }
        }
        powers.add(new Power(prime, 1));
    }

    /// @param n odd, above 1
    private static boolean isPrime(BigInteger n) {
        if (n.bitLength() >= Long.SIZE) return n.isProbablePrime(60);
        var modulus = new MontgomeryModulus(n.longValueExact());
        for (int witness : WITNESSES) {
            if (!modulus.isStrongProbablePrime(witness)) return false;
        }
        return true;
    }

    /// A divisor other than 1 and n, or 1 if the steps ran out.
    private BigInteger smallDivisor(BigInteger big) {
        long n = big.longValueExact();
        var modulus = new MontgomeryModulus(n);
        for (int constant = 1; stepsLeft > 0; constant++) {
            long c = modulus.represent(constant);
            long y = modulus.represent(2);
            long gcd = 1;
            for (long stride = 1; gcd == 1 && stepsLeft > 0; stride *= 2) {
                long x = y;
                for (long i = 0; i < stride; i++) y = modulus.plus(modulus.times(y, y), c);
                long saved = y;
                for (long done = 0; done < stride && gcd == 1; done += BATCH) {
                    saved = y;
                    long product = modulus.represent(1);
                    for (long i = done; i < Math.min(stride, done + BATCH); i++) {
                        y = modulus.plus(modulus.times(y, y), c);
                        product = modulus.times(product, Math.abs(x - y));
                    }
                    gcd = gcd(product, n);
                }
                stepsLeft -= 2 * stride;
                if (gcd != n) continue;
                gcd = 1;
                y = saved;
                while (gcd == 1) {
                    y = modulus.plus(modulus.times(y, y), c);
                    gcd = gcd(Math.abs(x - y), n);
                }
                if (gcd == n) break;
            }
            if (gcd != 1 && gcd != n) return BigInteger.valueOf(gcd);
        }
        return BigInteger.ONE;
    }

    private static long gcd(long a, long b) {
        while (a != 0) {
            long remainder = b % a;
            b = a;
            a = remainder;
        }
        return b;
    }

    /// The same for numbers of more than 63 bits.
    private BigInteger divisor(BigInteger n) {
        for (int constant = 1; stepsLeft > 0; constant++) {
            BigInteger c = BigInteger.valueOf(constant);
            BigInteger y = BigInteger.TWO;
            BigInteger gcd = BigInteger.ONE;
            for (long stride = 1; gcd.equals(BigInteger.ONE) && stepsLeft > 0; stride *= 2) {
                BigInteger x = y;
                for (long i = 0; i < stride; i++) y = y.multiply(y).add(c).mod(n);
                BigInteger saved = y;
                for (long done = 0; done < stride && gcd.equals(BigInteger.ONE); done += BATCH) {
                    saved = y;
                    BigInteger product = BigInteger.ONE;
                    for (long i = done; i < Math.min(stride, done + BATCH); i++) {
                        y = y.multiply(y).add(c).mod(n);
                        product = product.multiply(x.subtract(y)).mod(n);
                    }
                    gcd = product.gcd(n);
                }
                stepsLeft -= 2 * stride;
                if (!gcd.equals(n)) continue;
                gcd = BigInteger.ONE;
                y = saved;
                while (gcd.equals(BigInteger.ONE)) {
                    y = y.multiply(y).add(c).mod(n);
                    gcd = x.subtract(y).gcd(n);
                }
                if (gcd.equals(n)) break;
            }
            if (!gcd.equals(BigInteger.ONE) && !gcd.equals(n)) return gcd;
        }
        return BigInteger.ONE;
    }
}
