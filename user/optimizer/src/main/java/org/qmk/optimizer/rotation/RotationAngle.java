package org.qmk.optimizer.rotation;

import java.math.BigInteger;

/// The angle of a rotation, to any number of digits.
///
/// @param radians a finite double, taken for exactly what it is
/// @param isEighths whether the angle is meant for the nearest multiple of pi/4 instead
record RotationAngle(double radians, boolean isEighths) {

    private static final double QUARTER_PI = Math.PI / 4;

    /// Larger doubles lie too far apart to be meant for a multiple.
    private static final double NEAREST_MAX = 0x1p20;

    /// An angle that is nearer to a multiple of pi/4 than doubles are apart, there or at pi/4, is
    /// taken for it.
    static RotationAngle of(double radians) {
        double eighths = Math.rint(radians / QUARTER_PI);
        double distance = Math.abs(radians - eighths * QUARTER_PI);
        boolean isExact =
                eighths == 0
                        ? radians == 0
                        : distance <= 2 * Math.ulp(radians) && Math.abs(radians) < NEAREST_MAX;
        return new RotationAngle(radians, isExact);
    }

    /// The number of eighths of a turn to the nearest multiple of pi/4.
    long eighths() {
        return (long) Math.rint(radians / QUARTER_PI);
    }

    /// The cosine and the sine of half the angle.
    BigInteger[] cosineAndSineOfHalf(FixedPoint fixed) {
        if (isEighths) {
            BigInteger eighth = fixed.pi().shiftRight(3);
            return fixed.cosineAndSine(eighth.multiply(BigInteger.valueOf(eighths() & 15)));
        }
        // Of a large angle many multiples of pi are taken away, each of which has an error.
        int more = 8 + Math.max(0, Math.getExponent(radians));
        var finer = new FixedPoint(fixed.bits() + more);
        BigInteger turn = finer.pi().shiftLeft(1);
        BigInteger half = finer.of(radians).shiftRight(1).mod(turn);
        return fixed.cosineAndSine(half.shiftRight(more));
    }
}
