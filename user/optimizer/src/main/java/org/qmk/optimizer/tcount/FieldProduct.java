package org.qmk.optimizer.tcount;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A third order that is the trace of a product of three elements of a field of 2^n elements.
///
/// A point is three elements x, y and z, and stands for the parity that is the trace of `xa + yb +
/// zc`. As an alternating form of points the third order is the trace of their determinant: every
/// map of determinant one keeps it, and so does squaring.
///
/// An element is n bits: the one that is made of the first unit vector by a symmetrizer of the
/// matrices, which are a field.
final class FieldProduct {

    private final SymmetricProduct product;
    private final int n;

    /// The powers of a generator, and of which power each element is.
    private final int[] powers;

    private final int[] logarithms;

    /// Elements of which the traces with an element are its variables of the third kind.
    private final int[] third;

    private FieldProduct(SymmetricProduct product, long[] generator) {
        this.product = product;
        boolean[][][] matrices = product.matrices();
        n = matrices[0].length;
        powers = new int[(1 << n) - 1];
        logarithms = new int[1 << n];
        int element = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = element;
            logarithms[element] = i;
            element = times(generator, element);
        }
        third = new int[matrices.length];
        for (int k = 0; k < third.length; k++) {
            while (!represents(third[k], matrices[k])) third[k]++;
        }
    }

    /// Sees the field in the symmetric matrices of a product.
    static Optional<FieldProduct> of(SymmetricProduct product, SplittableRandom random) {
        boolean[][][] matrices = product.matrices();
        if (matrices.length != matrices[0].length) return Optional.empty();
        long[] generator = ProductSymmetries.generator(matrices, random);
        if (generator.length == 0) return Optional.empty();
        return Optional.of(new FieldProduct(product, generator));
    }

    private static int times(long[] matrix, int vector) {
        int product = 0;
        for (int i = 0; i < matrix.length; i++) {
            product |= (Long.bitCount(matrix[i] & vector) & 1) << i;
        }
        return product;
    }

    /// Whether a matrix is the trace of the product of its two vectors with an element.
    private boolean represents(int element, boolean[][] matrix) {
        for (int i = 0; i < n; i++) {
            if (trace(times(element, 1 << i)) != matrix[i][0]) return false;
        }
        return true;
    }

    int digits() {
        return n;
    }

    /// The number of elements but zero.
    int order() {
        return powers.length;
    }

    /// @param exponent not negative
    int power(int exponent) {
        return powers[exponent % powers.length];
    }

    int times(int a, int b) {
        if (a == 0 || b == 0) return 0;
        return powers[(logarithms[a] + logarithms[b]) % powers.length];
    }

    /// An element to the power of 2^squarings.
    int squared(int element, int squarings) {
        if (element == 0) return 0;
        return powers[(int) (((long) logarithms[element] << squarings) % powers.length)];
    }

    boolean trace(int element) {
        int sum = 0;
        for (int i = 0; i < n; i++) sum ^= squared(element, i);
        return sum != 0;
    }

    /// The points of the plain table: seven for each product of three digits.
    int[] plain() {
        int[] dual = new int[n];
        for (int i = 0; i < n; i++) {
            while (!isDual(dual[i], i)) dual[i]++;
        }
        int[] points = new int[7 * n * n * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    if (!trace(times(times(dual[i], dual[j]), dual[k]))) continue;
                    int x = 1 << i;
                    int y = 1 << n + j;
                    int z = 1 << 2 * n + k;
                    for (int point : new int[] {x, y, z, x | y, x | z, y | z, x | y | z}) {
                        points[count++] = point;
                    }
                }
            }
        }
        return Arrays.copyOf(points, count);
    }

    private boolean isDual(int element, int digit) {
        for (int i = 0; i < n; i++) {
            if (trace(times(element, 1 << i)) != (i == digit)) return false;
        }
        return true;
    }

    /// The table of the parities that points stand for.
    ParityTable table(List<int[]> sets) {
        var table = product.empty();
        int mask = order();
        for (int[] points : sets) {
            for (int point : points) {
                table.add(
                        product.parity(
                                digits(point & mask),
                                digits(point >> n & mask),
                                sums(point >> 2 * n)));
            }
        }
        table.cancel();
        return table;
    }

    /// Which variables of the first or second kind the trace of a product with an element is of.
    private int digits(int element) {
        int digits = 0;
        for (int i = 0; i < n; i++) {
            if (trace(times(element, 1 << i))) digits |= 1 << i;
        }
        return digits;
    }

    private int sums(int element) {
        int sums = 0;
        for (int k = 0; k < n; k++) {
            if (trace(times(element, third[k]))) sums |= 1 << k;
        }
        return sums;
    }
}
