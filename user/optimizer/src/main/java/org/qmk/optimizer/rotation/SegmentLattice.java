package org.qmk.optimizer.rotation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The grid problem of Ross and Selinger (arXiv 1403.2975, section 5): all u in Z[w] such that
/// u / sqrt 2^k lies in the segment of the unit disk that is nearest to a point z of its circle, and
/// the other embedding of u / sqrt 2^k in the unit disk.
///
/// The segment is in an ellipse. Ellipse times disk is a ball in coordinates in which Z[w] is a
/// lattice of four dimensions; a reduced basis of it (Lenstra, Lenstra and Lovasz) does for all k
/// what grid operators do, and makes the ball a round one of few points, which are then enumerated
/// (Fincke and Pohst). Whether a point is in the segment is decided with whole precision.
final class SegmentLattice {

    /// Digits of a lattice vector below the radius of the ball over the largest coefficient.
    private static final int MANTISSA = 64;

    /// For the rounding of doubles.
    private static final double SLACK = 1 + 1e-6;

    private static final CyclotomicInteger[] BASIS = {
        CyclotomicInteger.of(1, 0, 0, 0),
        CyclotomicInteger.of(0, 1, 0, 0),
        CyclotomicInteger.of(0, 0, 1, 0),
        CyclotomicInteger.of(0, 0, 0, 1)
    };

    private final FixedPoint fixed;
    private final BigInteger re;
    private final BigInteger im;

    /// The least real part of u conj(z) in the segment.
    private final BigInteger depth;

    private final LatticeBasis basis;

    /// The center of the ellipse for k = 0, in coordinates of the basis, times 2^`centerBits`.
    private final BigInteger[] center;

    /// An upper triangular matrix: the basis in orthonormal coordinates.
    private final double[][] triangle;

    /// @param re the real part of z
    /// @param epsilon the segment is where |u - z|^2 <= epsilon^2 on the circle
    SegmentLattice(FixedPoint fixed, BigInteger re, BigInteger im, double epsilon) {
        this.fixed = fixed;
        this.re = re;
        this.im = im;
        BigInteger square = fixed.times(fixed.of(epsilon), fixed.of(epsilon));
        depth = fixed.one().subtract(square.shiftRight(1));
        // Half axes: epsilon^2/3 along z and 2 epsilon/sqrt 3 across; the center (1 - epsilon^2/3) z.
        BigInteger axis = square.divide(BigInteger.valueOf(3));
        BigInteger across = fixed.root(axis).shiftLeft(1);
        var vectors = new BigInteger[4][];
        for (int i = 0; i < 4; i++) {
            BigInteger[] here = rotated(BASIS[i]);
            BigInteger[] there = EmbeddedPoint.of(BASIS[i].bullet(), fixed);
            int excess = fixed.bits() - MANTISSA;
            vectors[i] =
                    new BigInteger[] {
                        here[0].shiftLeft(MANTISSA).divide(axis),
                        here[1].shiftLeft(MANTISSA).divide(across),
                        there[0].shiftRight(excess),
                        there[1].shiftRight(excess)
                    };
        }
        basis = LatticeBasis.reduced(vectors);
        triangle = basis.triangle(MANTISSA);
        BigInteger along = fixed.one().subtract(axis).shiftLeft(MANTISSA).divide(axis);
        center = basis.coordinatesOfFirstAxis(along, fixed.bits());
    }

    /// How many digits the arithmetic needs.
    ///
    /// @param exponentMax the largest k
    static FixedPoint fixedPoint(double epsilon, int exponentMax) {
        return new FixedPoint(2 * MANTISSA - 3 * Math.getExponent(epsilon) + exponentMax / 2);
    }

    /// The real and the imaginary part of u conj(z).
    BigInteger[] rotated(CyclotomicInteger u) {
        BigInteger[] point = EmbeddedPoint.of(u, fixed);
        return new BigInteger[] {
            fixed.times(point[0], re).add(fixed.times(point[1], im)),
            fixed.times(point[1], re).subtract(fixed.times(point[0], im))
        };
    }

    /// All u for one k that are not sqrt 2 times one for k - 1.
    List<CyclotomicInteger> points(int k) {
        var whole = new BigInteger[4];
        var fraction = new double[4];
        for (int i = 0; i < 4; i++) {
            BigInteger x = center[i].shiftLeft(k / 2);
            if (k % 2 != 0) x = fixed.times(x, fixed.rootTwo());
            whole[i] = CyclotomicInteger.rounded(x, fixed.one());
            fraction[i] = fixed.toDouble(x.subtract(whole[i].shiftLeft(fixed.bits())));
        }
        List<CyclotomicInteger> points = new ArrayList<>();
        double squaredRadius = Math.scalb(2 * SLACK, k);
        enumerate(3, squaredRadius, fraction, new long[4], whole, k, points);
        return points;
    }

    private void enumerate(
            int level,
            double squaredRadius,
            double[] fraction,
            long[] chosen,
            BigInteger[] whole,
            int k,
            List<CyclotomicInteger> points) {
        if (level < 0) {
            CyclotomicInteger u = basis.combination(whole, chosen);
            if (isCandidate(u, k)) points.add(u);
            return;
        }
        double offset = 0;
        for (int i = level + 1; i < 4; i++) {
            offset += triangle[level][i] * (chosen[i] - fraction[i]);
        }
        double length = triangle[level][level];
        double middle = fraction[level] - offset / length;
        double reach = Math.sqrt(squaredRadius) / length;
        for (long x = (long) Math.ceil(middle - reach); x <= middle + reach; x++) {
            double distance = length * (x - middle);
            double left = squaredRadius - distance * distance;
            if (left < 0) continue;
            chosen[level] = x;
            enumerate(level - 1, left, fraction, chosen, whole, k, points);
        }
    }

    private boolean isCandidate(CyclotomicInteger u, int k) {
        if (k > 0 && u.isDivisibleByRootTwo()) return false;
        BigInteger along = rotated(u)[0].shiftRight(k / 2);
        if (k % 2 != 0) along = fixed.over(along, fixed.rootTwo());
        if (along.compareTo(depth) < 0) return false;
        CyclotomicInteger left = complement(u, k);
        return !isNegative(left) && !isNegative(left.bullet());
    }

    private static boolean isNegative(CyclotomicInteger x) {
        return !x.isZero() && !x.isPositive();
    }

    /// 2^k - |u|^2.
    static CyclotomicInteger complement(CyclotomicInteger u, int k) {
        return CyclotomicInteger.of(BigInteger.ONE.shiftLeft(k)).minus(u.squaredAbsolute());
    }
}
