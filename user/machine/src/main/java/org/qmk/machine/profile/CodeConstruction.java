package org.qmk.machine.profile;

import java.util.List;

/// How a code is built, so that the numbers of a profile can be checked.
public sealed interface CodeConstruction {

    /// The numbers of a stabilizer code or subsystem code.
    ///
    /// @param n data qubits
    /// @param k logical qubits
    /// @param gaugeQubits of a subsystem code; 0 otherwise
    record Size(int n, int k, int gaugeQubits) {}

    /// One logical qubit at every odd distance: a surface or Floquet code.
    record Planar() implements CodeConstruction {}

    /// A subsystem hypergraph product of a simplex code with itself.
    ///
    /// @param order r: the simplex code has `2^r - 1` bits
    /// @param exponents of the check polynomial, which makes a circulant of that size
    record Simplex(int order, List<Integer> exponents) implements CodeConstruction {
        public Simplex {
            exponents = List.copyOf(exponents);
        }
    }

    /// The subsystem hypergraph product of a repetition code with itself.
    record BaconShor(int length) implements CodeConstruction {}

    /// A bivariate bicycle code: `H_X = [A | B]`, `H_Z = [B^T | A^T]` with A and B sums of
    /// monomials in the shifts x, of order l, and y, of order m.
    record Bicycle(int l, int m, List<Monomial> a, List<Monomial> b) implements CodeConstruction {

        public record Monomial(int x, int y) {}

        public Bicycle {
            a = List.copyOf(a);
            b = List.copyOf(b);
        }
    }

    /// What the construction gives.
    default Size size() {
        return switch (this) {
            case Planar() -> new Size(1, 1, 0);
            case Simplex(int order, var exponents) ->
                    product((1 << order) - 1, BinaryRank.circulant((1 << order) - 1, exponents));
            case BaconShor(int length) -> product(length, length - 1);
            case Bicycle bicycle -> ofBicycle(bicycle);
        };
    }

    /// Of the subsystem hypergraph product of a classical code with itself (Bacon, Casaccino,
    /// arXiv:quant-ph/0610088): gauges H x I and I x H, stabilizers H x G and G x H.
    private static Size product(int bits, int rank) {
        int kernel = bits - rank;
        int n = bits * bits;
        int k = kernel * kernel;
        int stabilizers = 2 * rank * kernel;
        return new Size(n, k, n - k - stabilizers);
    }

    private static Size ofBicycle(Bicycle code) {
        int half = code.l() * code.m();
        long[][] rows = new long[half][(2 * half + 63) / 64];
        for (int row = 0; row < half; row++) {
            place(rows[row], code, row, code.a(), 0);
            place(rows[row], code, row, code.b(), half);
        }
        return new Size(2 * half, 2 * half - 2 * BinaryRank.of(rows, 2 * half), 0);
    }

    /// Equal monomials cancel.
    private static void place(
            long[] row, Bicycle code, int at, List<Bicycle.Monomial> sum, int offset) {
        for (Bicycle.Monomial monomial : sum) {
            int x = (at / code.m() + monomial.x()) % code.l();
            int y = (at % code.m() + monomial.y()) % code.m();
            int column = offset + x * code.m() + y;
            row[column >>> 6] ^= 1L << column;
        }
    }
}
