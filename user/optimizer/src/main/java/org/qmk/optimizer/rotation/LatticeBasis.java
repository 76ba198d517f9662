package org.qmk.optimizer.rotation;

import java.math.BigInteger;
import java.util.Arrays;

/// A basis of a lattice in four dimensions, reduced by the integral form of the algorithm of
/// Lenstra, Lenstra and Lovasz: Cohen, A Course in Computational Algebraic Number Theory, algorithm
/// 2.6.7.
final class LatticeBasis {

    private static final int DIMENSION = 4;

    /// Binary digits of the quotients that become doubles.
    private static final int DIGITS = 62;

    private final BigInteger[][] vectors;

    /// Each vector as a combination of those that were given.
    private final BigInteger[][] combinations;

    /// Gram determinants of the first 0, 1, ... vectors.
    private final BigInteger[] determinants = new BigInteger[DIMENSION + 1];

    /// Coefficients of Gram and Schmidt, times the determinant of their column.
    private final BigInteger[][] lambda = new BigInteger[DIMENSION][DIMENSION];

    private LatticeBasis(BigInteger[][] vectors) {
        this.vectors = vectors;
        combinations = new BigInteger[DIMENSION][DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            Arrays.fill(combinations[i], BigInteger.ZERO);
            combinations[i][i] = BigInteger.ONE;
        }
        determinants[0] = BigInteger.ONE;
    }

    /// @param vectors independent; changed
    static LatticeBasis reduced(BigInteger[][] vectors) {
        var basis = new LatticeBasis(vectors);
        for (int i = 0; i < DIMENSION; i++) basis.orthogonalize(i);
        int k = 1;
        while (k < DIMENSION) {
            basis.shorten(k, k - 1);
            if (basis.isToSwap(k)) {
                basis.swap(k);
                k = Math.max(1, k - 1);
            } else {
                for (int l = k - 2; l >= 0; l--) basis.shorten(k, l);
                k++;
            }
        }
        return basis;
    }

    private void orthogonalize(int k) {
        for (int j = 0; j <= k; j++) {
            BigInteger u = dot(vectors[k], vectors[j]);
            for (int i = 0; i < j; i++) {
                u = determinants[i + 1].multiply(u).subtract(lambda[k][i].multiply(lambda[j][i]));
                u = u.divide(determinants[i]);
            }
            if (j < k) lambda[k][j] = u;
            else determinants[k + 1] = u;
        }
    }

    private static BigInteger dot(BigInteger[] x, BigInteger[] y) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < DIMENSION; i++) sum = sum.add(x[i].multiply(y[i]));
        return sum;
    }

    private void shorten(int k, int l) {
        BigInteger factor = CyclotomicInteger.rounded(lambda[k][l], determinants[l + 1]);
        if (factor.signum() == 0) return;
        for (int i = 0; i < DIMENSION; i++) {
            vectors[k][i] = vectors[k][i].subtract(factor.multiply(vectors[l][i]));
            combinations[k][i] = combinations[k][i].subtract(factor.multiply(combinations[l][i]));
        }
        lambda[k][l] = lambda[k][l].subtract(factor.multiply(determinants[l + 1]));
        for (int i = 0; i < l; i++) {
            lambda[k][i] = lambda[k][i].subtract(factor.multiply(lambda[l][i]));
        }
    }

    /// Lovasz's condition with 3/4 fails.
    private boolean isToSwap(int k) {
        BigInteger here = determinants[k + 1].multiply(determinants[k - 1]);
        here = here.add(lambda[k][k - 1].multiply(lambda[k][k - 1])).shiftLeft(2);
        BigInteger before = determinants[k].multiply(determinants[k]);
        return here.compareTo(before.add(before.shiftLeft(1))) < 0;
    }

    private void swap(int k) {
        BigInteger[] vector = vectors[k];
        vectors[k] = vectors[k - 1];
        vectors[k - 1] = vector;
        BigInteger[] combination = combinations[k];
        combinations[k] = combinations[k - 1];
        combinations[k - 1] = combination;
        for (int j = 0; j < k - 1; j++) {
            BigInteger coefficient = lambda[k][j];
            lambda[k][j] = lambda[k - 1][j];
            lambda[k - 1][j] = coefficient;
        }
        BigInteger between = lambda[k][k - 1];
        BigInteger determinant =
                determinants[k - 1]
                        .multiply(determinants[k + 1])
                        .add(between.multiply(between))
                        .divide(determinants[k]);
        for (int i = k + 1; i < DIMENSION; i++) {
            BigInteger t = lambda[i][k];
            lambda[i][k] =
                    determinants[k + 1]
                            .multiply(lambda[i][k - 1])
                            .subtract(between.multiply(t))
                            .divide(determinants[k]);
            lambda[i][k - 1] =
                    determinant
                            .multiply(t)
                            .add(between.multiply(lambda[i][k]))
                            .divide(determinants[k + 1]);
        }
        determinants[k] = determinant;
    }

    /// The triangular matrix whose columns are the vectors in orthonormal coordinates.
    ///
    /// @param bits how many binary digits of the vectors' entries are fractions
    double[][] triangle(int bits) {
        var triangle = new double[DIMENSION][DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            BigInteger squared = determinants[i + 1].shiftLeft(DIGITS).divide(determinants[i]);
            triangle[i][i] = Math.sqrt(new FixedPoint(2 * bits + DIGITS).toDouble(squared));
            for (int j = i + 1; j < DIMENSION; j++) {
                double coefficient =
                        new FixedPoint(DIGITS)
                                .toDouble(
                                        lambda[j][i].shiftLeft(DIGITS).divide(determinants[i + 1]));
                triangle[i][j] = coefficient * triangle[i][i];
            }
        }
        return triangle;
    }

    /// @param bits how many binary digits of the vectors' entries are fractions
    double[][] vectors(int bits) {
        var fixed = new FixedPoint(bits);
        return Arrays.stream(vectors)
                .map(vector -> Arrays.stream(vector).mapToDouble(fixed::toDouble).toArray())
                .toArray(double[][]::new);
    }

    /// The coordinates of (x, 0, 0, 0) in this basis, as fixed point numbers.
    BigInteger[] coordinatesOfFirstAxis(BigInteger x, int bits) {
        var result = new BigInteger[DIMENSION];
        var cofactors = new BigInteger[DIMENSION];
        BigInteger determinant = BigInteger.ZERO;
        for (int i = 0; i < DIMENSION; i++) {
            cofactors[i] = cofactor(i);
            determinant = determinant.add(cofactors[i].multiply(vectors[i][0]));
        }
        for (int i = 0; i < DIMENSION; i++) {
            result[i] = x.multiply(cofactors[i]).shiftLeft(bits).divide(determinant);
        }
        return result;
    }

    /// The signed minor of the first coordinate of one vector.
    private BigInteger cofactor(int skipped) {
        var rows = new BigInteger[DIMENSION - 1][];
        for (int i = 0, row = 0; i < DIMENSION; i++) {
            if (i != skipped) rows[row++] = vectors[i];
        }
        BigInteger minor = BigInteger.ZERO;
        for (int i = 1; i < DIMENSION; i++) {
            int j = i % 3 + 1;
            int k = j % 3 + 1;
            BigInteger pair =
                    rows[1][j].multiply(rows[2][k]).subtract(rows[1][k].multiply(rows[2][j]));
            minor = minor.add(rows[0][i].multiply(pair));
        }
        return skipped % 2 == 0 ? minor : minor.negate();
    }

    /// The combination of the vectors given at first that a combination of the reduced ones is.
    CyclotomicInteger combination(BigInteger[] whole, long[] more) {
        var sum = new BigInteger[DIMENSION];
        Arrays.fill(sum, BigInteger.ZERO);
        for (int i = 0; i < DIMENSION; i++) {
            BigInteger factor = whole[i].add(BigInteger.valueOf(more[i]));
            for (int j = 0; j < DIMENSION; j++) {
                sum[j] = sum[j].add(factor.multiply(combinations[i][j]));
            }
        }
        return new CyclotomicInteger(sum[0], sum[1], sum[2], sum[3]);
    }
}
