package org.qmk.optimizer.rotation;

import java.math.BigInteger;

/// How a word differs from a rotation about z: with w exp(-i angle/2) the upper left entry of the
/// word, at the phase at which its determinant is 1.
///
/// @param infidelity 1 - (Re w)^2: the square of the sine of half the angle of the one after the
///     inverse of the other
/// @param coherence Re w Im w: by how much the word turns too little about z, to first order
record RotationDefect(double infidelity, double coherence) {

    /// Digits that are not 0; all but a few are right.
    private static final int BITS = 64;

    /// An infidelity below 2^-960 is none.
    private static final int BITS_MAX = 1024;

    static RotationDefect of(CliffordTWord word, RotationAngle angle) {
        ExactUnitary product = word.product();
        for (int bits = 2 * BITS; bits <= BITS_MAX; bits *= 2) {
            var fixed = new FixedPoint(bits);
            BigInteger[] half = angle.cosineAndSineOfHalf(fixed);
            BigInteger[] first = turned(product.a(), half[0], half[1], fixed);
            BigInteger[] last = turned(product.d(), half[0], half[1].negate(), fixed);
            // The first entry times the conjugate of the last is w^2, whatever the phase.
            BigInteger re = first[0].multiply(last[0]).add(first[1].multiply(last[1]));
            BigInteger im = first[1].multiply(last[0]).subtract(first[0].multiply(last[1]));
            BigInteger square = first[0].multiply(first[0]).add(first[1].multiply(first[1]));
            int excess = bits + product.exponent() + 1;
            BigInteger infidelity = fixed.one().subtract(square.add(re).shiftRight(excess));
            if (infidelity.signum() > 0 && infidelity.bitLength() >= BITS) {
                BigInteger coherence = im.shiftRight(excess);
                return new RotationDefect(fixed.toDouble(infidelity), fixed.toDouble(coherence));
            }
        }
        return new RotationDefect(0, 0);
    }

    /// x (cosine + i sine).
    private static BigInteger[] turned(
            CyclotomicInteger x, BigInteger cosine, BigInteger sine, FixedPoint fixed) {
        BigInteger[] point = EmbeddedPoint.of(x, fixed);
        return new BigInteger[] {
            fixed.times(point[0], cosine).subtract(fixed.times(point[1], sine)),
            fixed.times(point[0], sine).add(fixed.times(point[1], cosine))
        };
    }

    /// The operator norm of the difference at the best global phase.
    double error() {
        return Math.sqrt(2 * infidelity / (1 + Math.sqrt(1 - Math.min(1, infidelity))));
    }
}
