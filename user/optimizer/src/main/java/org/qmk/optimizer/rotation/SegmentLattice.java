package org.qmk.optimizer.rotation;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;

/// The grid problem of Ross and Selinger (arXiv 1403.2975, section 5): all u in Z[w] such that
/// u / sqrt 2^k lies in the segment of the unit disk that is nearest to a point z of its circle,
/// and the other embedding of u / sqrt 2^k in the unit disk.
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

    /// The basis: along z and across in half axes, then the other embedding.
    private final double[][] vectors;

    /// @param re the real part of z
    /// @param epsilon the segment is where |u - z|^2 <= epsilon^2 on the circle
    SegmentLattice(FixedPoint fixed, BigInteger re, BigInteger im, double epsilon) {
        this.fixed = fixed;
        this.re = re;
        this.im = im;
        BigInteger square = fixed.times(fixed.of(epsilon), fixed.of(epsilon));
        depth = fixed.one().subtract(square.shiftRight(1));
        // Half axes: epsilon^2/3 along z and 2 epsilon/sqrt 3 across; the center (1 - epsilon^2/3)
        // z.
        BigInteger axis = square.divide(BigInteger.valueOf(3));
        BigInteger across = fixed.root(axis).shiftLeft(1);
        var given = new BigInteger[4][];
        for (int i = 0; i < 4; i++) {
            BigInteger[] here = rotated(BASIS[i]);
            BigInteger[] there = EmbeddedPoint.of(BASIS[i].bullet(), fixed);
            int excess = fixed.bits() - MANTISSA;
            given[i] =
                    new BigInteger[] {
                        here[0].shiftLeft(MANTISSA).divide(axis),
                        here[1].shiftLeft(MANTISSA).divide(across),
                        there[0].shiftRight(excess),
                        there[1].shiftRight(excess)
                    };
        }
        basis = LatticeBasis.reduced(given);
        triangle = basis.triangle(MANTISSA);
        vectors = basis.vectors(MANTISSA);
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

    /// The first answer to a question about the u for one k that are not sqrt 2 times one for
    /// k - 1. There may be millions: near a multiple of pi/4 they come at once, on a few planes.
    <T> Optional<T> first(int k, Function<CyclotomicInteger, Optional<T>> question) {
        var whole = new BigInteger[4];
        var fraction = new double[4];
        for (int i = 0; i < 4; i++) {
            BigInteger x = center[i].shiftLeft(k / 2);
            if (k % 2 != 0) x = fixed.times(x, fixed.rootTwo());
            whole[i] = CyclotomicInteger.rounded(x, fixed.one());
            fraction[i] = fixed.toDouble(x.subtract(whole[i].shiftLeft(fixed.bits())));
        }
        return new Walk<>(k, question, whole, fraction).from(3, Math.scalb(2 * SLACK, k));
    }

    /// The points of the ball, one after the other.
    ///
    /// @param whole the center, rounded
    /// @param fraction what it is more
    private final class Walk<T> {

        private final int k;
        private final Function<CyclotomicInteger, Optional<T>> question;
        private final BigInteger[] whole;
        private final double[] fraction;
        private final long[] chosen = new long[4];
        private final double radius;

        Walk(
                int k,
                Function<CyclotomicInteger, Optional<T>> question,
                BigInteger[] whole,
                double[] fraction) {
            this.k = k;
            this.question = question;
            this.whole = whole;
            this.fraction = fraction;
            radius = Math.pow(2, 0.5 * k);
        }

        /// The coordinates above one being chosen.
        ///
        /// @param squaredRadius what is left of it
        Optional<T> from(int level, double squaredRadius) {
            if (level < 0) {
                if (isOutside()) return Optional.empty();
                CyclotomicInteger u = basis.combination(whole, chosen);
                return isCandidate(u, k) ? question.apply(u) : Optional.empty();
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
                Optional<T> answer = from(level - 1, left);
                if (answer.isPresent()) return answer;
            }
            return Optional.empty();
        }

        /// Whether a point of the ball is clearly outside of the disk or of the parabola in which
        /// the segment is.
        private boolean isOutside() {
            double along = coordinate(0);
            double across = coordinate(1);
            double otherRe = coordinate(2);
            double otherIm = coordinate(3);
            return along < -0.5 * SLACK
                    || along + 2 * across * across > SLACK
                    || otherRe * otherRe + otherIm * otherIm > SLACK;
        }

        /// Of the point chosen, from the center, over the radius.
        private double coordinate(int i) {
            double sum = 0;
            for (int j = 0; j < 4; j++) sum += (chosen[j] - fraction[j]) * vectors[j][i];
            return sum / radius;
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
