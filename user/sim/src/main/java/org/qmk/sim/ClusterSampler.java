package org.qmk.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.qmk.qvm.Invariant;

/// Samples the values of commuting Pauli products on the product of two states, exactly.
///
/// Clifford operations on each side bring the products to a normal form (Fattal, Cubitt, Yamamoto,
/// Bravyi, Chuang, quant-ph/0406168): r pairs X X and Z Z that each act on one qubit of either
/// side, and products of Z on other qubits. The Z parts follow from basis states drawn on each side
/// by itself. Given these, the r qubits of both sides are in a state of r qubits, whose X are
/// measured one after the other, each of which halves it: 2^r steps a shot where all qubits
/// together would need 2^(low + high).
final class ClusterSampler {

    /// Where the qubits of the second side begin in a product.
    private static final int HIGH = 32;

    private static final int BLOCK_SHIFT = 8;

    /// No draw of fewer than 64 products.
    private static final long AGAIN = -1;

    private final DenseCore low;
    private final DenseCore high;
    private final double[] lowSums;
    private final double[] highSums;
    private final PauliRow[] rows;
    // By product of the cluster, which of the products in normal form it is the product of.
    private final long[] made;
    // Products whose X parts are the pairs', by number of the pair.
    private final List<Integer> pairX = new ArrayList<>();
    private final List<Integer> pairZ = new ArrayList<>();
    // The products that are +1 in every draw that counts: the first so many.
    private final int bound;
    // Of these, those without X of a pair.
    private long boundZ;
    private final double[] re;
    private final double[] im;

    ClusterSampler(MeasuredGroup group, MeasuredGroup.Cluster cluster, ClusterSplit split) {
        low = DenseCore.product(split.low().toArray(new DenseCore[0]));
        high = DenseCore.product(split.high().toArray(new DenseCore[0]));
        int count = cluster.products().length;
        bound = cluster.bound();
        Invariant.hold(count < 64, "no more commuting products than qubits of two vectors");
        rows = new PauliRow[count];
        made = new long[count];
        for (int i = 0; i < count; i++) {
            PauliRow product = group.product(cluster.products()[i]);
            long a = low.masks(product);
            long b = high.masks(product);
            long x = a >>> 32 | b >>> 32 << HIGH;
            long z = a & 0xFFFF_FFFFL | b << HIGH;
            rows[i] = PauliRow.of(x, z, product.isNegative());
            made[i] = 1L << i;
        }
        pair();
        localise(low, 0);
        localise(high, HIGH);
        lowSums = sums(low);
        highSums = sums(high);
        int half = pairX.isEmpty() ? 0 : 1 << pairX.size() - 1;
        re = new double[half];
        im = new double[half];
    }

    /// Random numbers of one shot, in turn.
    interface Numbers {
        double next();
    }

    /// The products of the cluster that are -1, as a mask.
    long sample(Numbers numbers) {
        long negative = draw(numbers);
        while (negative == AGAIN) negative = draw(numbers);
        long result = 0;
        for (int product = 0; product < made.length; product++) {
            if ((Long.bitCount(made[product] & negative) & 1) != 0) result |= 1L << product;
        }
        return result;
    }

    /// The products in normal form that are -1, or `AGAIN` where one that is bound would be.
    private long draw(Numbers numbers) {
        int i = find(low, lowSums, numbers.next());
        int j = find(high, highSums, numbers.next());
        long negative = 0;
        for (int row = 0; row < rows.length; row++) {
            long odd = rows[row].z(0) & (i | (long) j << HIGH);
            if ((Long.bitCount(odd) & 1) != 0 != rows[row].isNegative()) negative |= 1L << row;
        }
        if ((negative & boundZ) != 0) return AGAIN;
        long turned = measurePairs(i, j, negative, numbers);
        if (turned == AGAIN) return AGAIN;
        for (int pair = 0; pair < pairX.size(); pair++) {
            if ((turned >>> pair & 1) != 0) negative ^= 1L << pairX.get(pair);
        }
        return negative;
    }

    /// Measures X X of each pair, the basis state outside the pairs and their Z Z being given.
    private long measurePairs(int i, int j, long negative, Numbers numbers) {
        int pairs = pairX.size();
        if (pairs == 0) return 0;
        int all = (1 << pairs) - 1;
        int differs = (i ^ j) & all;
        int half = 1 << pairs - 1;
        double[] a = low.re();
        double[] b = low.im();
        double[] c = high.re();
        double[] d = high.im();
        int lowBase = i & ~all;
        int highBase = j & ~all;
        // The first pair is measured while the two sides are multiplied.
        double plus = 0;
        double minus = 0;
        for (int k = 0; k < half; k++) {
            int p = lowBase | k;
            int q = highBase | k ^ differs;
            int r = p ^ half;
            int s = q ^ half;
            double zeroRe = a[p] * c[q] - b[p] * d[q];
            double zeroIm = a[p] * d[q] + b[p] * c[q];
            double oneRe = a[r] * c[s] - b[r] * d[s];
            double oneIm = a[r] * d[s] + b[r] * c[s];
            double sumRe = zeroRe + oneRe;
            double sumIm = zeroIm + oneIm;
            double lessRe = zeroRe - oneRe;
            double lessIm = zeroIm - oneIm;
            plus += sumRe * sumRe + sumIm * sumIm;
            minus += lessRe * lessRe + lessIm * lessIm;
        }
        boolean one = numbers.next() * (plus + minus) < minus;
        if (fails(pairs - 1, one, negative)) return AGAIN;
        long turned = one ? half : 0;
        double sign = one ? -1 : 1;
        for (int k = 0; k < half; k++) {
            int p = lowBase | k;
            int q = highBase | k ^ differs;
            int r = p ^ half;
            int s = q ^ half;
            re[k] = a[p] * c[q] - b[p] * d[q] + sign * (a[r] * c[s] - b[r] * d[s]);
            im[k] = a[p] * d[q] + b[p] * c[q] + sign * (a[r] * d[s] + b[r] * c[s]);
        }
        for (int size = half >> 1; size > 0; size >>= 1) {
            one = measureTop(size, numbers);
            if (fails(Integer.numberOfTrailingZeros(size), one, negative)) return AGAIN;
            if (one) turned |= size;
        }
        return turned;
    }

    /// Whether a pair's product of X is bound and came out as -1.
    private boolean fails(int pair, boolean turned, long negative) {
        int row = pairX.get(pair);
        return row < bound && turned != ((negative >>> row & 1) != 0);
    }

    /// Measures X of the top qubit of what the buffer holds, and keeps the half that is left.
    private boolean measureTop(int size, Numbers numbers) {
        double plus = 0;
        double minus = 0;
        for (int k = 0; k < size; k++) {
            double sumRe = re[k] + re[k + size];
            double sumIm = im[k] + im[k + size];
            double lessRe = re[k] - re[k + size];
            double lessIm = im[k] - im[k + size];
            plus += sumRe * sumRe + sumIm * sumIm;
            minus += lessRe * lessRe + lessIm * lessIm;
        }
        boolean one = numbers.next() * (plus + minus) < minus;
        double sign = one ? -1 : 1;
        for (int k = 0; k < size; k++) {
            re[k] += sign * re[k + size];
            im[k] += sign * im[k + size];
        }
        return one;
    }

    /// Symplectic Gram-Schmidt on the first side: pairs whose parts there anticommute, all else
    /// commuting there with all. The products commute, so the same holds on the other side.
    ///
    /// Bound products are paired with one another first, so that they are multiplied by bound ones
    /// alone and stay +1; with others they take the part of Z, which is known before any X.
    private void pair() {
        long open = (1L << rows.length) - 1;
        open = pair(open, 0, bound, 0, bound);
        open = pair(open, 0, bound, bound, rows.length);
        pair(open, bound, rows.length, bound, rows.length);
        // The last pair is measured first: there bound ones fail soonest.
        Collections.reverse(pairX);
        Collections.reverse(pairZ);
        boundZ = (1L << bound) - 1;
        for (int row : pairX) boundZ &= ~(1L << row);
    }

    /// Pairs products of two ranges as far as they go. Returns those of `open` that are left.
    private long pair(long open, int from, int to, int otherFrom, int otherTo) {
        long left = open;
        for (int i = from; i < to; i++) {
            if ((left >>> i & 1) == 0) continue;
            int j = Math.max(i + 1, otherFrom);
            while (j < otherTo && ((left >>> j & 1) == 0 || lowCommutes(i, j))) j++;
            if (j >= otherTo) continue;
            left &= ~(1L << i | 1L << j);
            pairZ.add(i);
            pairX.add(j);
            for (int k = 0; k < rows.length; k++) {
                if ((left >>> k & 1) == 0) continue;
                boolean withI = lowCommutes(i, k);
                boolean withJ = lowCommutes(j, k);
                if (!withJ) multiply(k, i);
                if (!withI) multiply(k, j);
            }
        }
        return left;
    }

    private boolean lowCommutes(int i, int j) {
        int odd = (int) rows[i].x(0) & (int) rows[j].z(0);
        odd ^= (int) rows[i].z(0) & (int) rows[j].x(0);
        return (Integer.bitCount(odd) & 1) == 0;
    }

    private void multiply(int row, int by) {
        rows[row].times(rows[by], 0);
        for (int product = 0; product < made.length; product++) {
            if ((made[product] >>> row & 1) != 0) made[product] ^= 1L << by;
        }
    }

    /// Brings the products' parts on one side to single Z, and to X and Z of one qubit for pairs,
    /// whose qubits are put lowest.
    private void localise(DenseCore side, int shift) {
        int fixed = 0;
        for (int row = 0; row < rows.length; row++) {
            if (pairX.contains(row) || pairZ.contains(row)) continue;
            int place = toZ(side, shift, row, fixed);
            if (place >= 0) fixed |= 1 << place;
        }
        for (int pair = 0; pair < pairX.size(); pair++) {
            int place = toZ(side, shift, pairZ.get(pair), fixed);
            toX(side, shift, pairX.get(pair), place);
            fixed |= 1 << place;
            swap(side, shift, place, pair);
            if ((fixed >>> pair & 1) == 0) fixed ^= 1 << place | 1 << pair;
        }
    }

    /// Brings a product to Z of one qubit, but for Z of fixed ones. Returns the qubit; -1 if
    /// nothing is left but Z of fixed ones.
    private int toZ(DenseCore side, int shift, int row, int fixed) {
        int x = (int) (rows[row].x(0) >>> shift);
        int z = (int) (rows[row].z(0) >>> shift);
        if (x != 0) {
            int place = Integer.numberOfTrailingZeros(x);
            PauliRow.exchange(rows, local(0, 1 << place, shift), local(x, z, shift));
            side.exchangeZ(place, x, z, false);
            return place;
        }
        int open = z & ~fixed;
        if (open == 0) return -1;
        int place = Integer.numberOfTrailingZeros(open);
        int others = open & open - 1;
        if (others != 0) {
            PauliRow.control(rows, local(0, others, shift), local(1 << place, 0, shift));
            side.control(others, false, 1 << place, 0, false);
        }
        return place;
    }

    /// Brings a product that anticommutes with Z of a qubit to X of that qubit.
    private void toX(DenseCore side, int shift, int row, int place) {
        int bit = 1 << place;
        int x = (int) (rows[row].x(0) >>> shift);
        int z = (int) (rows[row].z(0) >>> shift);
        boolean y = (z & bit) != 0;
        int otherX = x & ~bit;
        int otherZ = z & ~bit;
        if ((otherX | otherZ) != 0) {
            PauliRow.control(rows, local(0, bit, shift), local(otherX, otherZ, shift));
            side.control(bit, false, otherX, otherZ, false);
        }
        if (y) {
            PauliRow.exchange(rows, local(bit, 0, shift), local(bit, bit, shift));
            side.exchange(bit, 0, false, bit, bit, false);
        }
    }

    private void swap(DenseCore side, int shift, int place, int other) {
        if (place == other) return;
        side.swap(place, other);
        for (int row = 0; row < rows.length; row++) {
            long x = swapped(rows[row].x(0), place + shift, other + shift);
            long z = swapped(rows[row].z(0), place + shift, other + shift);
            rows[row] = PauliRow.of(x, z, rows[row].isNegative());
        }
    }

    private static long swapped(long mask, int a, int b) {
        long differs = (mask >>> a ^ mask >>> b) & 1;
        return mask ^ (differs << a | differs << b);
    }

    private static PauliRow local(int x, int z, int shift) {
        return PauliRow.of((x & 0xFFFF_FFFFL) << shift, (z & 0xFFFF_FFFFL) << shift, false);
    }

    private static double[] sums(DenseCore side) {
        return Amplitudes.cumulative(side.re(), side.im(), side.re().length, BLOCK_SHIFT);
    }

    /// The basis state in which the cumulative weight passes the given part of all.
    private static int find(DenseCore side, double[] sums, double part) {
        double target = part * sums[sums.length - 1];
        int first = 0;
        int last = sums.length - 1;
        while (first < last) {
            int middle = first + last >>> 1;
            if (sums[middle] > target) last = middle;
            else first = middle + 1;
        }
        double sum = first == 0 ? 0 : sums[first - 1];
        int end = Math.min(side.re().length, first + 1 << BLOCK_SHIFT);
        int seen = first << BLOCK_SHIFT;
        for (int i = seen; i < end; i++) {
            double weight = side.re()[i] * side.re()[i] + side.im()[i] * side.im()[i];
            if (weight == 0) continue;
            sum += weight;
            seen = i;
            if (sum > target) break;
        }
        return seen;
    }
}
