package org.qmk.qec.code;

/// Subsystem hypergraph product codes of simplex codes (SHYPS): [[(2^r - 1)^2, r^2, 2^(r - 1)]], of
/// gauge operators of weight 3.
///
/// H is the circulant matrix of a primitive polynomial of degree r, whose kernel is the simplex
/// code. X gauge operators are H x 1, Z ones 1 x H, stabilizers H x G and G x H, with G a basis of
/// the simplex code.
///
/// Source: Malcolm and others, arXiv 2502.07150.
public final class SimplexProduct {

    private SimplexProduct() {}

    /// @param r 3, 4 or 5
    public static CssCode of(int r) {
        int power =
                switch (r) {
                    case 3, 4 -> 1;
                    case 5 -> 2;
                    default ->
                            throw new IllegalArgumentException("r is " + r + ", expected 3 to 5");
                };
        int size = (1 << r) - 1;
        // 1 + x^power + x^r
        BinaryMatrix checks =
                BinaryMatrix.of(
                        size,
                        size,
                        (i, j) -> {
                            int shift = Math.floorMod(j - i, size);
                            return shift == 0 || shift == power || shift == r;
                        });
        BinaryMatrix simplex = checks.kernel();
        BinaryMatrix identity = BinaryMatrix.identity(size);
        return new CssCode(
                checks.tensor(identity),
                identity.tensor(checks),
                checks.tensor(simplex),
                simplex.tensor(checks));
    }
}
