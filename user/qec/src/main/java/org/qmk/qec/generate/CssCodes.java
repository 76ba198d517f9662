package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// Codes for which `CssMemory` makes circuits.
public final class CssCodes {

    private CssCodes() {}

    /// The Bacon-Shor code on a square of qubits.
    ///
    /// @param distance 2 or more: the square's side
    /// @throws QecFailure if there is no such code
    public static CssLayout baconShor(int distance) throws QecFailure {
        Parameters.distance(distance, 2);
        int[][] checks = new int[distance - 1][];
        int[] word = new int[distance];
        for (int i = 0; i < distance; i++) word[i] = i;
        for (int i = 0; i + 1 < distance; i++) checks[i] = new int[] {i, i + 1};
        return CssLayout.squared(distance, checks, new int[][] {word}, new int[] {0});
    }

    /// The subsystem hypergraph product of two simplex codes (Malcolm and others,
    /// arXiv:2502.07150).
    ///
    /// @param r 3 to 5: the code is [[(2^r-1)^2, r^2, 2^(r-1)]]
    /// @throws QecFailure if there is no such code
    public static CssLayout shyps(int r) throws QecFailure {
        if (r < 3 || r > 5) {
            throw new QecFailure(QecRule.PARAMETER, "r is " + r + ", expected 3, 4 or 5");
        }
        int length = (1 << r) - 1;
        int middle = r == 5 ? 2 : 1;
        int[][] checks = new int[length][];
        var space = new ParitySpace();
        for (int i = 0; i < length; i++) {
            checks[i] = new int[] {i, (i + middle) % length, (i + r) % length};
            space.add(ParitySpace.of(checks[i]));
        }
        List<BitSet> kernel = space.kernel(length);
        // Each word of the basis has a bit of its own: the free one that made it.
        int[][] words = new int[kernel.size()][];
        int[] information = new int[kernel.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = kernel.get(i).stream().toArray();
            information[i] = own(kernel, i);
        }
        return CssLayout.squared(length, checks, words, information);
    }

    private static int own(List<BitSet> words, int i) {
        var rest = (BitSet) words.get(i).clone();
        for (int j = 0; j < words.size(); j++) if (j != i) rest.andNot(words.get(j));
        return rest.nextSetBit(0);
    }

    /// A bivariate bicycle code (Bravyi and others, arXiv:2308.07915, section 4), by its length.
    ///
    /// @param qubits of data: 72, 90, 108, 144 or 288
    /// @throws QecFailure if there is no such code
    public static CssLayout bicycle(int qubits) throws QecFailure {
        return switch (qubits) {
            case 72 -> bicycle(6, 6, new int[][] {{3, 0}, {0, 1}, {0, 2}}, FIRST_B);
            case 90 ->
                    bicycle(
                            15,
                            3,
                            new int[][] {{9, 0}, {0, 1}, {0, 2}},
                            new int[][] {{0, 0}, {2, 0}, {7, 0}});
            case 108 -> bicycle(9, 6, new int[][] {{3, 0}, {0, 1}, {0, 2}}, FIRST_B);
            case 144 -> bicycle(12, 6, new int[][] {{3, 0}, {0, 1}, {0, 2}}, FIRST_B);
            case 288 -> bicycle(12, 12, new int[][] {{3, 0}, {0, 2}, {0, 7}}, FIRST_B);
            default ->
                    throw new QecFailure(
                            QecRule.PARAMETER,
                            "%d is no length, expected 72, 90, 108, 144 or 288".formatted(qubits));
        };
    }

    private static final int[][] FIRST_B = {{0, 3}, {1, 0}, {2, 0}};

    /// @param a powers of x and y in the polynomial A
    /// @param b powers of x and y in the polynomial B
    private static CssLayout bicycle(int l, int m, int[][] a, int[][] b) {
        int half = l * m;
        List<int[]> x = new ArrayList<>();
        List<int[]> z = new ArrayList<>();
        for (int i = 0; i < l; i++) {
            for (int j = 0; j < m; j++) {
                int[] checkX = new int[6];
                int[] checkZ = new int[6];
                for (int k = 0; k < 3; k++) {
                    checkX[k] = at(i + a[k][0], j + a[k][1], l, m);
                    checkX[3 + k] = half + at(i + b[k][0], j + b[k][1], l, m);
                    checkZ[k] = at(i - b[k][0], j - b[k][1], l, m);
                    checkZ[3 + k] = half + at(i - a[k][0], j - a[k][1], l, m);
                }
                x.add(checkX);
                z.add(checkZ);
            }
        }
        return CssLayout.stabilizer(2 * half, x.toArray(int[][]::new), z.toArray(int[][]::new));
    }

    private static int at(int i, int j, int l, int m) {
        return Math.floorMod(i, l) * m + Math.floorMod(j, m);
    }
}
