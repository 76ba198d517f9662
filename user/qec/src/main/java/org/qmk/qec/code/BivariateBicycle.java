package org.qmk.qec.code;

/// Bivariate bicycle codes: two sums of three monomials in x and y, which are cyclic shifts of
/// orders l and m. X checks are [A B], Z checks [B^T A^T].
///
/// Source: Bravyi, Cross, Gambetta, Maslov, Rall and Yoder, arXiv 2308.07915.
///
/// @param l the order of x
/// @param m the order of y
/// @param a powers of x and y of the monomials of A, in pairs
/// @param b the same of B
public record BivariateBicycle(int l, int m, int[] a, int[] b) {

    private static final int[] CUBIC_X = {3, 0, 0, 1, 0, 2};
    private static final int[] CUBIC_Y = {0, 3, 1, 0, 2, 0};

    public BivariateBicycle {
        if (l < 1 || m < 1 || a.length % 2 != 0 || b.length % 2 != 0) {
            throw new IllegalArgumentException("orders %d and %d, or odd lists".formatted(l, m));
        }
        a = a.clone();
        b = b.clone();
    }

    /// The code [[72, 12, 6]].
    public static CssCode bicycle72() {
        return new BivariateBicycle(6, 6, CUBIC_X, CUBIC_Y).code();
    }

    /// The code [[144, 12, 12]], called gross.
    public static CssCode bicycle144() {
        return new BivariateBicycle(12, 6, CUBIC_X, CUBIC_Y).code();
    }

    /// The code [[90, 8, 10]].
    public static CssCode bicycle90() {
        return new BivariateBicycle(
                        15, 3, new int[] {9, 0, 0, 1, 0, 2}, new int[] {0, 0, 2, 0, 7, 0})
                .code();
    }

    /// The code [[108, 8, 10]].
    public static CssCode bicycle108() {
        return new BivariateBicycle(9, 6, CUBIC_X, CUBIC_Y).code();
    }

    /// The code [[288, 12, 18]], called two-gross.
    public static CssCode bicycle288() {
        return new BivariateBicycle(
                        12, 12, new int[] {3, 0, 0, 2, 0, 7}, new int[] {0, 3, 1, 0, 2, 0})
                .code();
    }

    public CssCode code() {
        BinaryMatrix matrixA = sum(a);
        BinaryMatrix matrixB = sum(b);
        return CssCode.stabilizer(
                matrixA.beside(matrixB), matrixB.transpose().beside(matrixA.transpose()));
    }

    private BinaryMatrix sum(int[] powers) {
        int size = l * m;
        BinaryMatrix sum = BinaryMatrix.of(size, size, (_, _) -> false);
        for (int k = 0; k < powers.length; k += 2) {
            int right = powers[k];
            int up = powers[k + 1];
            sum =
                    sum.plus(
                            BinaryMatrix.of(
                                    size,
                                    size,
                                    (i, j) -> j == (i / m + right) % l * m + (i % m + up) % m));
        }
        return sum;
    }

    @Override
    public int[] a() {
        return a.clone();
    }

    @Override
    public int[] b() {
        return b.clone();
    }
}
