package org.qmk.optimizer.rotation;

import java.math.BigInteger;

/// Real numbers as integers in units of 2^-bits, rounded down: an error of a few units each.
record FixedPoint(int bits) {

    /// Bits more inside the series, for their rounding errors.
    private static final int GUARD = 16;

    BigInteger one() {
        return BigInteger.ONE.shiftLeft(bits);
    }

    /// The number that a double is, exactly but for what lies below a unit.
    BigInteger of(double value) {
        int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
        BigInteger mantissa = BigInteger.valueOf((long) Math.scalb(value, -exponent));
        return mantissa.shiftLeft(bits + exponent);
    }

    BigInteger times(BigInteger x, BigInteger y) {
        return x.multiply(y).shiftRight(bits);
    }

    BigInteger over(BigInteger x, BigInteger y) {
        return x.shiftLeft(bits).divide(y);
    }

    BigInteger root(BigInteger x) {
        return x.shiftLeft(bits).sqrt();
    }

    BigInteger rootTwo() {
        return root(BigInteger.TWO.shiftLeft(bits));
    }

    double toDouble(BigInteger x) {
        int excess = Math.max(0, x.bitLength() - 62);
        return Math.scalb((double) x.shiftRight(excess).longValueExact(), excess - bits);
    }

    /// Machin: pi = 16 arctan(1/5) - 4 arctan(1/239).
    BigInteger pi() {
        var finer = new FixedPoint(bits + GUARD);
        BigInteger fifth = finer.arctanOfInverse(5).shiftLeft(4);
        return fifth.subtract(finer.arctanOfInverse(239).shiftLeft(2)).shiftRight(GUARD);
    }

    private BigInteger arctanOfInverse(long n) {
        BigInteger square = BigInteger.valueOf(n * n);
        BigInteger power = one().divide(BigInteger.valueOf(n));
        BigInteger sum = power;
        for (long i = 3; power.signum() != 0; i += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(i)));
        }
        return sum;
    }

    /// The cosine and the sine of an angle in radians.
    BigInteger[] cosineAndSine(BigInteger angle) {
        int halvings = 8 + Math.max(0, angle.bitLength() - bits);
        var finer = new FixedPoint(bits + GUARD + 2 * halvings);
        BigInteger x = angle.shiftLeft(finer.bits - bits - halvings);
        BigInteger re = finer.one();
        BigInteger im = x;
        BigInteger term = x;
        for (long i = 2; term.signum() != 0; i += 2) {
            term = finer.times(term, x).divide(BigInteger.valueOf(-i));
            re = re.add(term);
            term = finer.times(term, x).divide(BigInteger.valueOf(i + 1));
            im = im.add(term);
        }
        for (int i = 0; i < halvings; i++) {
            BigInteger square = finer.times(im, im).shiftLeft(1);
            im = finer.times(re, im).shiftLeft(1);
            re = finer.one().subtract(square);
        }
        int excess = finer.bits - bits;
        return new BigInteger[] {re.shiftRight(excess), im.shiftRight(excess)};
    }
}
