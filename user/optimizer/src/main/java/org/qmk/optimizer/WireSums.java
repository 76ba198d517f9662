package org.qmk.optimizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// What the bit of each qubit is: a sum of unknown bits, or its opposite.
///
/// Every history of a program, which gives each qubit a bit before and after each gate, has these
/// values. A Hadamard gate makes a new unknown bit; gates along Z make none. A Toffoli gate adds
/// the product of two sums, which is an unknown bit too, the same one for the same two sums.
/// Sums are told apart by 128 bits of hash.
final class WireSums {

    /// A sum of unknown bits, not counting whether it is the opposite.
    record Sum(long low, long high) {

        static final Sum ZERO = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(low ^ other.low, high ^ other.high);
        }

        boolean isZero() {
            return low == 0 && high == 0;
        }
    }

    /// Two factors and whether each is the opposite; the lesser comes first.
    private record Product(Sum first, boolean firstOpposite, Sum second, boolean secondOpposite) {

        static Product of(Sum a, boolean aOpposite, Sum b, boolean bOpposite) {
            boolean less = a.low != b.low ? a.low < b.low : a.high <= b.high;
            return less
                    ? new Product(a, aOpposite, b, bOpposite)
                    : new Product(b, bOpposite, a, aOpposite);
        }
    }

    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<Product, Sum> products = new HashMap<>();
    private final Sum[] sums;
    private final boolean[] opposite;

    /// Every qubit has an unknown bit of its own.
    WireSums(int qubits) {
        sums = new Sum[qubits];
        opposite = new boolean[qubits];
        Arrays.setAll(sums, _ -> fresh());
    }

    private Sum fresh() {
        return new Sum(random.nextLong(), random.nextLong());
    }

    Sum sum(int qubit) {
        return sums[qubit];
    }

    /// Whether the bit is the opposite of the sum.
    boolean isOpposite(int qubit) {
        return opposite[qubit];
    }

    void setZero(int qubit) {
        sums[qubit] = Sum.ZERO;
        opposite[qubit] = false;
    }

    void setUnknown(int qubit) {
        sums[qubit] = fresh();
        opposite[qubit] = false;
    }

    /// The product of two qubits' bits. That of a known bit counts as unknown.
    Sum product(int a, int b) {
        return products.computeIfAbsent(
                Product.of(sums[a], opposite[a], sums[b], opposite[b]), _ -> fresh());
    }

    /// @param b the second qubit, or `GateList.NONE`
    /// @param c the third qubit, or `GateList.NONE`
    void apply(GateKind kind, int a, int b, int c) {
        switch (kind) {
            case Z, S, SDG, T, TDG, RZ, CZ, CCZ -> {}
            case X, Y -> opposite[a] = !opposite[a];
            case H, SX, SXDG, RX, RY -> setUnknown(a);
            case CNOT -> {
                sums[b] = sums[b].plus(sums[a]);
                opposite[b] ^= opposite[a];
            }
            case SWAP, ISWAP, ISWAPDG -> {
                Sum sum = sums[a];
                boolean turned = opposite[a];
                sums[a] = sums[b];
                opposite[a] = opposite[b];
                sums[b] = sum;
                opposite[b] = turned;
            }
            case TOFFOLI -> sums[c] = sums[c].plus(product(a, b));
        }
    }
}
