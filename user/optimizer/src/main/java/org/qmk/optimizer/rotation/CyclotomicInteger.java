package org.qmk.optimizer.rotation;

import java.math.BigInteger;

/// An element a + b w + c w^2 + d w^3 of Z[w], w = exp(i pi/4). Real ones are those of Z[sqrt 2],
/// with sqrt 2 = w - w^3.
record CyclotomicInteger(BigInteger a, BigInteger b, BigInteger c, BigInteger d) {

    static final CyclotomicInteger ZERO = of(0, 0, 0, 0);
    static final CyclotomicInteger ONE = of(1, 0, 0, 0);

    /// The unit 1 + sqrt 2, of norm -1: all units of Z[sqrt 2] are its powers, up to a sign.
    static final CyclotomicInteger SILVER = of(1, 1, 0, -1);

    /// Its inverse, sqrt 2 - 1.
    static final CyclotomicInteger SILVER_INVERSE = of(-1, 1, 0, -1);

    static CyclotomicInteger of(long a, long b, long c, long d) {
        return new CyclotomicInteger(
                BigInteger.valueOf(a),
                BigInteger.valueOf(b),
                BigInteger.valueOf(c),
                BigInteger.valueOf(d));
    }

    static CyclotomicInteger of(BigInteger integer) {
        return new CyclotomicInteger(integer, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }

    CyclotomicInteger plus(CyclotomicInteger y) {
        return new CyclotomicInteger(a.add(y.a), b.add(y.b), c.add(y.c), d.add(y.d));
    }

    CyclotomicInteger minus(CyclotomicInteger y) {
        return new CyclotomicInteger(
                a.subtract(y.a), b.subtract(y.b), c.subtract(y.c), d.subtract(y.d));
    }

    CyclotomicInteger negate() {
        return new CyclotomicInteger(a.negate(), b.negate(), c.negate(), d.negate());
    }

    /// w^4 = -1.
    CyclotomicInteger times(CyclotomicInteger y) {
        return new CyclotomicInteger(
                dot(a, y.a, b, y.d.negate(), c, y.c.negate(), d, y.b.negate()),
                dot(a, y.b, b, y.a, c, y.d.negate(), d, y.c.negate()),
                dot(a, y.c, b, y.b, c, y.a, d, y.d.negate()),
                dot(a, y.d, b, y.c, c, y.b, d, y.a));
    }

    private static BigInteger dot(
            BigInteger p,
            BigInteger q,
            BigInteger r,
            BigInteger s,
            BigInteger t,
            BigInteger u,
            BigInteger v,
            BigInteger w) {
        return p.multiply(q).add(r.multiply(s)).add(t.multiply(u)).add(v.multiply(w));
    }

    /// Times w^power.
    ///
    /// @param power 0 or more
    CyclotomicInteger turned(int power) {
        CyclotomicInteger x = this;
        for (int i = 0; i < (power & 7); i++) {
            x = new CyclotomicInteger(x.d.negate(), x.a, x.b, x.c);
        }
        return x;
    }

    CyclotomicInteger conjugate() {
        return new CyclotomicInteger(a, d.negate(), c.negate(), b.negate());
    }

    /// The other embedding: sqrt 2 becomes -sqrt 2, i stays.
    CyclotomicInteger bullet() {
        return new CyclotomicInteger(a, b.negate(), c, d.negate());
    }

    /// The square of the absolute value, in Z[sqrt 2].
    CyclotomicInteger squaredAbsolute() {
        BigInteger rational =
                a.multiply(a).add(b.multiply(b)).add(c.multiply(c)).add(d.multiply(d));
        BigInteger root = a.multiply(b).add(b.multiply(c)).add(c.multiply(d));
        root = root.subtract(d.multiply(a));
        return new CyclotomicInteger(rational, root, BigInteger.ZERO, root.negate());
    }

    /// The product of this and its three conjugates: an integer, 0 or more.
    BigInteger norm() {
        CyclotomicInteger square = squaredAbsolute();
        return square.a.multiply(square.a).subtract(square.b.multiply(square.b).shiftLeft(1));
    }

    boolean isZero() {
        return a.signum() == 0 && b.signum() == 0 && c.signum() == 0 && d.signum() == 0;
    }

    /// Whether an element of Z[sqrt 2] is above 0 in the first embedding.
    boolean isPositive() {
        int rational = a.signum();
        int root = b.signum();
        if (rational >= 0 && root >= 0) return rational + root > 0;
        if (rational <= 0 && root <= 0) return false;
        int larger = a.multiply(a).compareTo(b.multiply(b).shiftLeft(1));
        return larger > 0 ? rational > 0 : root > 0;
    }

    /// Times sqrt 2.
    CyclotomicInteger timesRootTwo() {
        return new CyclotomicInteger(b.subtract(d), a.add(c), b.add(d), c.subtract(a));
    }

    boolean isDivisibleByRootTwo() {
        return a.testBit(0) == c.testBit(0) && b.testBit(0) == d.testBit(0);
    }

    /// @throws ArithmeticException if this is not divisible by sqrt 2
    CyclotomicInteger dividedByRootTwo() {
        if (!isDivisibleByRootTwo()) throw new ArithmeticException(this + " by sqrt 2");
        CyclotomicInteger twice = timesRootTwo();
        return new CyclotomicInteger(
                twice.a.shiftRight(1),
                twice.b.shiftRight(1),
                twice.c.shiftRight(1),
                twice.d.shiftRight(1));
    }

    /// This times the three conjugates of a divisor other than itself: its quotient by the
    /// divisor's norm is that by the divisor.
    private CyclotomicInteger cofactorTimes(CyclotomicInteger divisor) {
        CyclotomicInteger square = divisor.squaredAbsolute();
        return times(divisor.conjugate()).times(square.bullet());
    }

    /// Whether a divisor, which is not 0, divides this.
    boolean isDivisibleBy(CyclotomicInteger divisor) {
        CyclotomicInteger x = cofactorTimes(divisor);
        BigInteger norm = divisor.norm();
        return x.a.mod(norm).signum() == 0
                && x.b.mod(norm).signum() == 0
                && x.c.mod(norm).signum() == 0
                && x.d.mod(norm).signum() == 0;
    }

    /// The quotient, each coefficient rounded to the nearest integer: the norm of what remains is
    /// below the divisor's.
    CyclotomicInteger quotient(CyclotomicInteger divisor) {
        CyclotomicInteger x = cofactorTimes(divisor);
        BigInteger norm = divisor.norm();
        return new CyclotomicInteger(
                rounded(x.a, norm), rounded(x.b, norm), rounded(x.c, norm), rounded(x.d, norm));
    }

    /// @param divisor above 0
    static BigInteger rounded(BigInteger x, BigInteger divisor) {
        BigInteger[] parts = x.shiftLeft(1).add(divisor).divideAndRemainder(divisor.shiftLeft(1));
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /// A greatest common divisor, by Euclid's algorithm: Z[w] is Euclidean by the norm.
    CyclotomicInteger gcd(CyclotomicInteger other) {
        CyclotomicInteger x = this;
        CyclotomicInteger y = other;
        while (!y.isZero()) {
            CyclotomicInteger remainder = x.minus(x.quotient(y).times(y));
            x = y;
            y = remainder;
        }
        return x;
    }
}
