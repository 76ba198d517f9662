package org.qmk.optimizer.rotation;

/// Arithmetic modulo an odd number of at most 63 bits, on residues times 2^64 (Montgomery's form).
final class MontgomeryModulus {

    private final long n;

    /// -1/n modulo 2^64.
    private final long negativeInverse;

    /// 2^128 modulo n.
    private final long square;

    /// @param n odd, above 1
    MontgomeryModulus(long n) {
        this.n = n;
        long inverse = n;
        // Newton: each step doubles the bits that are right, of which there are 3 at first.
        for (int i = 0; i < 5; i++) inverse *= 2 - n * inverse;
        negativeInverse = -inverse;
        long power = Long.remainderUnsigned(-n, n);
        for (int i = 0; i < 64; i++) power = plus(power, power);
        square = power;
    }

    /// @param value 0 or more
    long represent(long value) {
        return times(value % n, square);
    }

    long plus(long x, long y) {
        long sum = x + y - n;
        return sum < 0 ? sum + n : sum;
    }

    /// The product of two numbers below n, over 2^64.
    long times(long x, long y) {
        long high = Math.unsignedMultiplyHigh(x, y);
        long low = x * y;
        long factor = low * negativeInverse;
        long sum = high + Math.unsignedMultiplyHigh(factor, n) + (low == 0 ? 0 : 1);
        return sum >= n || sum < 0 ? sum - n : sum;
    }

    /// Miller and Rabin's test with one witness.
    boolean isStrongProbablePrime(long witness) {
        if (witness % n == 0) return true;
        long one = represent(1);
        long minusOne = n - one;
        int twos = Long.numberOfTrailingZeros(n - 1);
        long base = represent(witness);
        long x = one;
        for (int bit = 63; bit >= twos; bit--) {
            x = times(x, x);
            if ((n - 1 >>> bit & 1) != 0) x = times(x, base);
        }
        if (x == one || x == minusOne) return true;
        for (int i = 1; i < twos; i++) {
            x = times(x, x);
            if (x == minusOne) return true;
        }
        return false;
    }
}
