package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Symmetries of a space of symmetric matrices that come from a field.
///
/// The maps M for which every `S M` is symmetric again are an algebra. If they are a field of as
/// many dimensions as the matrices have, then multiplication by an element and squaring map the
/// space of matrices to itself.
final class ProductSymmetries {

    private final int n;
    private final boolean[][][] matrices;

    private ProductSymmetries(boolean[][][] matrices) {
        this.matrices = matrices;
        n = matrices[0].length;
    }

    /// Ways to gather the linear forms 1 to 2^n - 1 into orbits; the first has one in each.
    static List<int[][]> orbits(boolean[][][] matrices, SplittableRandom random) {
        var symmetries = new ProductSymmetries(matrices);
        List<int[][]> ways = new ArrayList<>();
        ways.add(symmetries.orbits(List.of()));
        long[] generator = symmetries.generator(random);
        if (generator.length == 0) return ways;
        int order = (1 << symmetries.n) - 1;
        List<int[]> multiplications = new ArrayList<>();
        multiplications.add(new int[0]);
        for (int divisor = 3; divisor <= 33; divisor += 2) {
            if (order % divisor != 0 || divisor == order) continue;
            multiplications.add(symmetries.map(symmetries.power(generator, order / divisor)));
        }
        List<int[]> squarings = new ArrayList<>();
        squarings.add(new int[0]);
        long[] squaring = symmetries.squaring(generator);
        for (int j = 1; j < symmetries.n; j++) {
            if (symmetries.n % j == 0) {
                squarings.add(symmetries.map(symmetries.power(squaring, j)));
            }
        }
        for (int[] multiplication : multiplications) {
            for (int[] power : squarings) {
                List<int[]> maps = new ArrayList<>();
                if (multiplication.length > 0) maps.add(multiplication);
                if (power.length > 0) maps.add(power);
                if (!maps.isEmpty()) ways.add(symmetries.orbits(maps));
            }
        }
        return ways;
    }

    /// An element of whose powers every other but 0 is one, as rows of bits; or nothing.
    static long[] generator(boolean[][][] matrices, SplittableRandom random) {
        return new ProductSymmetries(matrices).generator(random);
    }

    private long[] generator(SplittableRandom random) {
        List<long[]> algebra = SymmetricProduct.symmetrizers(matrices);
        if (algebra.size() != n || n > 10) return new long[0];
        int order = (1 << n) - 1;
        for (int tries = 0; tries < 64; tries++) {
            long[] element = new long[n];
            for (long[] solution : algebra) {
                if (!random.nextBoolean()) continue;
                for (int l = 0; l < n; l++) {
                    for (int j = 0; j < n; j++) {
                        if (ParityTable.bit(solution, l * n + j)) element[l] ^= 1L << j;
                    }
                }
            }
            if (!isOne(power(element, order))) continue;
            boolean primitive = true;
            for (int d = 2; d <= order; d++) {
                if (order % d == 0 && isOne(power(element, order / d))) primitive = false;
            }
            if (primitive) return element;
        }
        return new long[0];
    }

    private boolean isOne(long[] matrix) {
        for (int i = 0; i < n; i++) {
            if (matrix[i] != 1L << i) return false;
        }
        return true;
    }

    private long[] product(long[] left, long[] right) {
        long[] product = new long[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if ((left[i] >> j & 1) != 0) product[i] ^= right[j];
            }
        }
        return product;
    }

    private long[] power(long[] matrix, int exponent) {
        long[] power = new long[n];
        for (int i = 0; i < n; i++) power[i] = 1L << i;
        long[] square = matrix;
        for (int left = exponent; left > 0; left >>= 1) {
            if ((left & 1) != 0) power = product(power, square);
            square = product(square, square);
        }
        return power;
    }

    /// The map that takes `g^i v` to `g^2i v`, for one vector v.
    private long[] squaring(long[] generator) {
        // columns: g^i v for v the first unit vector
        long[] from = new long[n];
        long[] to = new long[n];
        for (int i = 0; i < n; i++) {
            long[] one = power(generator, i);
            long[] two = power(generator, 2 * i);
            for (int r = 0; r < n; r++) {
                from[r] |= (one[r] & 1) << i;
                to[r] |= (two[r] & 1) << i;
            }
        }
        return product(to, inverse(from));
    }

    private long[] inverse(long[] matrix) {
        long[] left = matrix.clone();
        long[] right = power(matrix, 0);
        for (int c = 0; c < n; c++) {
            int pivot = c;
            while ((left[pivot] >> c & 1) == 0) pivot++;
            long row = left[pivot];
            left[pivot] = left[c];
            left[c] = row;
            row = right[pivot];
            right[pivot] = right[c];
            right[c] = row;
            for (int i = 0; i < n; i++) {
                if (i == c || (left[i] >> c & 1) == 0) continue;
                left[i] ^= left[c];
                right[i] ^= right[c];
            }
        }
        return right;
    }

    /// What a map of vectors makes of each linear form.
    private int[] map(long[] matrix) {
        int[] map = new int[1 << n];
        for (int form = 0; form < map.length; form++) {
            for (int i = 0; i < n; i++) {
                if ((form >> i & 1) != 0) map[form] ^= (int) matrix[i];
            }
        }
        return map;
    }

    private int[][] orbits(List<int[]> maps) {
        List<int[]> orbits = new ArrayList<>();
        boolean[] seen = new boolean[1 << n];
        int[] orbit = new int[1 << n];
        for (int form = 1; form < seen.length; form++) {
            if (seen[form]) continue;
            int size = 0;
            orbit[size++] = form;
            seen[form] = true;
            for (int i = 0; i < size; i++) {
                for (int[] map : maps) {
                    int image = map[orbit[i]];
                    if (seen[image]) continue;
                    seen[image] = true;
                    orbit[size++] = image;
                }
            }
            orbits.add(Arrays.copyOf(orbit, size));
        }
        return orbits.toArray(int[][]::new);
    }
}
