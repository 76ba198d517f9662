package org.qmk.qec.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranks are those of ../shared/oracles, sections 3.5 and 3.6.
class CssCodeTest {

    @ParameterizedTest
    @CsvSource({"72, 12, 30", "90, 8, 41", "108, 8, 50", "144, 12, 66", "288, 12, 138"})
    void a_bicycle_code_has_its_qubits_and_ranks(int n, int k, int rank) {
        CssCode code = bicycle(n);

        assertEquals(n, code.qubits());
        assertEquals(k, code.logicalQubits());
        assertEquals(0, code.gaugeQubits());
        assertEquals(rank, code.stabilizersX().rank());
        assertEquals(rank, code.stabilizersZ().rank());
        for (int i = 0; i < n / 2; i++) {
            assertEquals(6, code.gaugeX().rowWeight(i));
            assertEquals(6, code.gaugeZ().rowWeight(i));
        }
        assertEquals(k, code.logicalX().rows());
        assertEquals(k, code.logicalX().times(code.logicalZ().transpose()).rank());
    }

    private static CssCode bicycle(int qubits) {
        return switch (qubits) {
            case 72 -> BivariateBicycle.bicycle72();
            case 90 -> BivariateBicycle.bicycle90();
            case 108 -> BivariateBicycle.bicycle108();
            case 144 -> BivariateBicycle.bicycle144();
            default -> BivariateBicycle.bicycle288();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "3, 49, 9, 28, 12, 16, 12",
        "4, 225, 16, 165, 44, 121, 24",
        "5, 961, 25, 806, 130, 676, 48"
    })
    void a_simplex_product_has_its_qubits_and_ranks(
            int r, int n, int k, int gauge, int stabilizers, int gaugeQubits, int weight) {
        CssCode code = SimplexProduct.of(r);

        assertEquals(n, code.qubits());
        assertEquals(k, code.logicalQubits());
        assertEquals(gaugeQubits, code.gaugeQubits());
        assertEquals(gauge, code.gaugeX().rank());
        assertEquals(gauge, code.gaugeZ().rank());
        assertEquals(stabilizers, code.stabilizersX().rank());
        assertEquals(stabilizers, code.stabilizersZ().rank());
        for (int i = 0; i < code.gaugeX().rows(); i++) {
            assertEquals(3, code.gaugeX().rowWeight(i));
            assertEquals(3, code.gaugeZ().rowWeight(i));
        }
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < code.stabilizersX().rows(); i++) {
            least = Math.min(least, code.stabilizersX().rowWeight(i));
        }
        assertEquals(weight, least);
        assertEquals(k, code.logicalZ().rows());
    }

    /// Half of a logical operator of weight d or less has the syndrome of the other half.
    @Test
    void the_distance_of_the_small_bicycle_code_is_six() {
        CssCode code = BivariateBicycle.bicycle72();

        assertEquals(6, distance(code.stabilizersZ(), code.logicalZ(), 3));
    }

    @Test
    void the_distance_of_the_small_simplex_product_is_four() {
        CssCode code = SimplexProduct.of(3);

        assertEquals(4, distance(code.stabilizersZ(), code.logicalZ(), 2));
    }

    /// The least weight of an operator that commutes with the checks and not with all logical ones.
    private static int distance(BinaryMatrix checks, BinaryMatrix logical, int half) {
        BinaryMatrix all = checks.reduced().above(logical);
        int rank = checks.rank();
        long[] columns = new long[all.columns()];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < all.rows(); i++) {
                if (all.isOne(i, j)) columns[j] |= 1L << i;
            }
        }
        long mask = (1L << rank) - 1;
        // By syndrome, one of each weight: what else it flips. Weights ascend.
        Map<Long, Map<Long, Integer>> lightest = new HashMap<>();
        lightest.put(0L, new HashMap<>(Map.of(0L, 0)));
        int best = Integer.MAX_VALUE;
        for (int weight = 1; weight <= half; weight++) {
            int[] chosen = new int[weight];
            for (int i = 0; i < weight; i++) chosen[i] = i;
            while (chosen != null) {
                long sum = 0;
                for (int i : chosen) sum ^= columns[i];
                Map<Long, Integer> same =
                        lightest.computeIfAbsent(sum & mask, _ -> new HashMap<>());
                for (Map.Entry<Long, Integer> other : same.entrySet()) {
                    if (other.getKey() != sum >>> rank) {
                        best = Math.min(best, weight + other.getValue());
                    }
                }
                same.putIfAbsent(sum >>> rank, weight);
                chosen = next(chosen, columns.length);
            }
        }
        return best;
    }

    private static int[] next(int[] chosen, int n) {
        int i = chosen.length - 1;
        while (i >= 0 && chosen[i] == n - chosen.length + i) i--;
        if (i < 0) return null;
        chosen[i]++;
        for (int j = i + 1; j < chosen.length; j++) chosen[j] = chosen[j - 1] + 1;
        return chosen;
    }

    @Test
    void checks_that_do_not_commute_are_refused() {
        BinaryMatrix one = BinaryMatrix.of(1, 3, (_, j) -> j < 2);
        BinaryMatrix other = BinaryMatrix.of(1, 3, (_, j) -> j > 0);

        assertThrows(IllegalArgumentException.class, () -> CssCode.stabilizer(one, other));
        assertEquals(1, CssCode.stabilizer(one, one).logicalQubits());
    }

    @Test
    void a_kernel_has_all_vectors_that_are_mapped_to_zero() {
        BinaryMatrix matrix =
                BinaryMatrix.of(20, 90, (i, j) -> (i * 31 + j * 17 + i * j * 5) % 7 < 3);

        BinaryMatrix kernel = matrix.kernel();

        assertEquals(90 - matrix.rank(), kernel.rows());
        assertEquals(kernel.rows(), kernel.rank());
        assertTrue(matrix.times(kernel.transpose()).isZero());
        assertEquals(matrix.rank(), matrix.transpose().rank());
    }
}
