package org.qmk.sim.simd;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.qmk.sim.loops.AmplitudeLoops;
import org.qmk.sim.loops.ScalarDoubleLoops;

/// Loops over amplitudes in double precision, in vector registers. Bits of an index below the
/// number of lanes are bits of a lane's number.
public final class VectorDoubleLoops extends ScalarDoubleLoops {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BYTES = Double.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// For sums of eight, in two registers.
    private static final VectorSpecies<Double> HALF = DoubleVector.SPECIES_256;

    /// By the bits in which a lane's number differs from that of the lane it takes.
    private static final VectorShuffle<Double>[] TAKE = takes();

    /// For the service loader.
    public VectorDoubleLoops() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static VectorShuffle<Double>[] takes() {
        VectorShuffle[] takes = new VectorShuffle[LANES];
        for (int bits = 0; bits < LANES; bits++) {
            int differing = bits;
            takes[bits] = SPECIES.shuffleFromOp(lane -> lane ^ differing);
        }
        return takes;
    }

    /// Lanes whose number has all of some bits.
    private static VectorMask<Double> lanesWith(long bits) {
        long lanes = 0;
        for (int lane = 0; lane < LANES; lane++) if ((lane & bits) == bits) lanes |= 1L << lane;
        return VectorMask.fromLong(SPECIES, lanes);
    }

    /// Lanes whose number has an odd number of some bits.
    private static long oddLanes(long bits, int lanes) {
        long odd = 0;
        for (int lane = 0; lane < lanes; lane++) odd |= (Long.bitCount(lane & bits) & 1L) << lane;
        return odd;
    }

    @Override
    public void matrix(
            MemorySegment re, MemorySegment im, long start, long length, long bit, double[] m) {
        boolean real = AmplitudeLoops.isReal(m);
        if (length < LANES || bit >= LANES && length < 2 * LANES) {
            super.matrix(re, im, start, length, bit, m);
        } else if (bit >= LANES && real) {
            realPlane(re, start, length, bit, m);
            realPlane(im, start, length, bit, m);
        } else if (bit >= LANES) {
            complexPlanes(re, im, start, length, bit, m);
        } else if (real) {
            realLanes(re, start, length, bit, m);
            realLanes(im, start, length, bit, m);
        } else {
            complexLanes(re, im, start, length, bit, m);
        }
    }

    private static void realPlane(
            MemorySegment plane, long start, long length, long bit, double[] m) {
        DoubleVector u = DoubleVector.broadcast(SPECIES, m[0]);
        DoubleVector v = DoubleVector.broadcast(SPECIES, m[2]);
        DoubleVector w = DoubleVector.broadcast(SPECIES, m[4]);
        DoubleVector x = DoubleVector.broadcast(SPECIES, m[6]);
        long apart = bit * BYTES;
        for (long k = 0; k < length / 2; k += LANES) {
            long i = (start + k + (k & -bit)) * BYTES;
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, plane, i, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, plane, i + apart, ORDER);
            v.fma(b, u.mul(a)).intoMemorySegment(plane, i, ORDER);
            w.fma(a, x.mul(b)).intoMemorySegment(plane, i + apart, ORDER);
        }
    }

    private static void complexPlanes(
            MemorySegment re, MemorySegment im, long start, long length, long bit, double[] m) {
        DoubleVector u = DoubleVector.broadcast(SPECIES, m[0]);
        DoubleVector v = DoubleVector.broadcast(SPECIES, m[1]);
        DoubleVector w = DoubleVector.broadcast(SPECIES, m[2]);
        DoubleVector x = DoubleVector.broadcast(SPECIES, m[3]);
        DoubleVector lessV = DoubleVector.broadcast(SPECIES, -m[1]);
        DoubleVector lessX = DoubleVector.broadcast(SPECIES, -m[3]);
        DoubleVector d = DoubleVector.broadcast(SPECIES, m[6]);
        DoubleVector e = DoubleVector.broadcast(SPECIES, m[7]);
        DoubleVector f = DoubleVector.broadcast(SPECIES, m[4]);
        DoubleVector g = DoubleVector.broadcast(SPECIES, m[5]);
        DoubleVector lessE = DoubleVector.broadcast(SPECIES, -m[7]);
        DoubleVector lessG = DoubleVector.broadcast(SPECIES, -m[5]);
        long apart = bit * BYTES;
        for (long k = 0; k < length / 2; k += LANES) {
            long i = (start + k + (k & -bit)) * BYTES;
            long j = i + apart;
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, re, i, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, im, i, ORDER);
            DoubleVector p = DoubleVector.fromMemorySegment(SPECIES, re, j, ORDER);
            DoubleVector q = DoubleVector.fromMemorySegment(SPECIES, im, j, ORDER);
            lessX.fma(q, w.fma(p, lessV.fma(b, u.mul(a)))).intoMemorySegment(re, i, ORDER);
            x.fma(p, w.fma(q, v.fma(a, u.mul(b)))).intoMemorySegment(im, i, ORDER);
            lessG.fma(b, f.fma(a, lessE.fma(q, d.mul(p)))).intoMemorySegment(re, j, ORDER);
            g.fma(a, f.fma(b, e.fma(p, d.mul(q)))).intoMemorySegment(im, j, ORDER);
        }
    }

    private static void realLanes(
            MemorySegment plane, long start, long length, long bit, double[] m) {
        VectorMask<Double> ones = lanesWith(bit);
        VectorShuffle<Double> take = TAKE[(int) bit];
        DoubleVector own =
                DoubleVector.broadcast(SPECIES, m[0])
                        .blend(DoubleVector.broadcast(SPECIES, m[6]), ones);
        DoubleVector other =
                DoubleVector.broadcast(SPECIES, m[2])
                        .blend(DoubleVector.broadcast(SPECIES, m[4]), ones);
        long end = (start + length) * BYTES;
        for (long i = start * BYTES; i < end; i += LANES * BYTES) {
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, plane, i, ORDER);
            other.fma(a.rearrange(take), own.mul(a)).intoMemorySegment(plane, i, ORDER);
        }
    }

    private static void complexLanes(
            MemorySegment re, MemorySegment im, long start, long length, long bit, double[] m) {
        VectorMask<Double> ones = lanesWith(bit);
        VectorShuffle<Double> take = TAKE[(int) bit];
        DoubleVector u =
                DoubleVector.broadcast(SPECIES, m[0])
                        .blend(DoubleVector.broadcast(SPECIES, m[6]), ones);
        DoubleVector v =
                DoubleVector.broadcast(SPECIES, m[1])
                        .blend(DoubleVector.broadcast(SPECIES, m[7]), ones);
        DoubleVector w =
                DoubleVector.broadcast(SPECIES, m[2])
                        .blend(DoubleVector.broadcast(SPECIES, m[4]), ones);
        DoubleVector x =
                DoubleVector.broadcast(SPECIES, m[3])
                        .blend(DoubleVector.broadcast(SPECIES, m[5]), ones);
        DoubleVector lessV = v.neg();
        DoubleVector lessX = x.neg();
        long end = (start + length) * BYTES;
        for (long i = start * BYTES; i < end; i += LANES * BYTES) {
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, re, i, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, im, i, ORDER);
            DoubleVector p = a.rearrange(take);
            DoubleVector q = b.rearrange(take);
            lessX.fma(q, w.fma(p, lessV.fma(b, u.mul(a)))).intoMemorySegment(re, i, ORDER);
            x.fma(p, w.fma(q, v.fma(a, u.mul(b)))).intoMemorySegment(im, i, ORDER);
        }
    }

    @Override
    public void matrixPairs(
            MemorySegment re, MemorySegment im, long i, long j, long count, double[] m) {
        long whole = count & -LANES;
        if (AmplitudeLoops.isReal(m)) {
            realRuns(re, i, j, whole, m);
            realRuns(im, i, j, whole, m);
        } else {
            complexRuns(re, im, i, j, whole, m);
        }
        if (whole < count) super.matrixPairs(re, im, i + whole, j + whole, count - whole, m);
    }

    private static void realRuns(MemorySegment plane, long i, long j, long count, double[] m) {
        DoubleVector u = DoubleVector.broadcast(SPECIES, m[0]);
        DoubleVector v = DoubleVector.broadcast(SPECIES, m[2]);
        DoubleVector w = DoubleVector.broadcast(SPECIES, m[4]);
        DoubleVector x = DoubleVector.broadcast(SPECIES, m[6]);
        for (long k = 0; k < count; k += LANES) {
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, plane, (i + k) * BYTES, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, plane, (j + k) * BYTES, ORDER);
            v.fma(b, u.mul(a)).intoMemorySegment(plane, (i + k) * BYTES, ORDER);
            w.fma(a, x.mul(b)).intoMemorySegment(plane, (j + k) * BYTES, ORDER);
        }
    }

    private static void complexRuns(
            MemorySegment re, MemorySegment im, long i, long j, long count, double[] m) {
        DoubleVector u = DoubleVector.broadcast(SPECIES, m[0]);
        DoubleVector v = DoubleVector.broadcast(SPECIES, m[1]);
        DoubleVector w = DoubleVector.broadcast(SPECIES, m[2]);
        DoubleVector x = DoubleVector.broadcast(SPECIES, m[3]);
        DoubleVector lessV = DoubleVector.broadcast(SPECIES, -m[1]);
        DoubleVector lessX = DoubleVector.broadcast(SPECIES, -m[3]);
        DoubleVector d = DoubleVector.broadcast(SPECIES, m[6]);
        DoubleVector e = DoubleVector.broadcast(SPECIES, m[7]);
        DoubleVector f = DoubleVector.broadcast(SPECIES, m[4]);
        DoubleVector g = DoubleVector.broadcast(SPECIES, m[5]);
        DoubleVector lessE = DoubleVector.broadcast(SPECIES, -m[7]);
        DoubleVector lessG = DoubleVector.broadcast(SPECIES, -m[5]);
        for (long k = 0; k < count; k += LANES) {
            long first = (i + k) * BYTES;
            long second = (j + k) * BYTES;
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, re, first, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, im, first, ORDER);
            DoubleVector p = DoubleVector.fromMemorySegment(SPECIES, re, second, ORDER);
            DoubleVector q = DoubleVector.fromMemorySegment(SPECIES, im, second, ORDER);
            lessX.fma(q, w.fma(p, lessV.fma(b, u.mul(a)))).intoMemorySegment(re, first, ORDER);
            x.fma(p, w.fma(q, v.fma(a, u.mul(b)))).intoMemorySegment(im, first, ORDER);
            lessG.fma(b, f.fma(a, lessE.fma(q, d.mul(p)))).intoMemorySegment(re, second, ORDER);
            g.fma(a, f.fma(b, e.fma(p, d.mul(q)))).intoMemorySegment(im, second, ORDER);
        }
    }

    @Override
    public void phase(
            MemorySegment re,
            MemorySegment im,
            long start,
            long length,
            long ones,
            double c,
            double s) {
        double sine = s;
        if (length < LANES) {
            super.phase(re, im, start, length, ones, c, s);
            return;
        }
        VectorMask<Double> mask = lanesWith(ones & LANES - 1);
        DoubleVector cosines = DoubleVector.broadcast(SPECIES, c);
        if (sine == 0) {
            scale(re, start, length, ones, c);
            scale(im, start, length, ones, c);
            return;
        }
        DoubleVector sines = DoubleVector.broadcast(SPECIES, s);
        DoubleVector less = sines.neg();
        long high = start | ones & -LANES;
        for (long i = high; i < start + length; i = i + LANES | high) {
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, re, i * BYTES, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, im, i * BYTES, ORDER);
            a.blend(less.fma(b, cosines.mul(a)), mask).intoMemorySegment(re, i * BYTES, ORDER);
            b.blend(sines.fma(a, cosines.mul(b)), mask).intoMemorySegment(im, i * BYTES, ORDER);
        }
    }

    private static void scale(
            MemorySegment plane, long start, long length, long ones, double factor) {
        // In the other lanes, times 1 changes no bit.
        DoubleVector factors =
                DoubleVector.broadcast(SPECIES, 1)
                        .blend(
                                DoubleVector.broadcast(SPECIES, factor),
                                lanesWith(ones & LANES - 1));
        long high = start | ones & -LANES;
        for (long i = high; i < start + length; i = i + LANES | high) {
            DoubleVector.fromMemorySegment(SPECIES, plane, i * BYTES, ORDER)
                    .mul(factors)
                    .intoMemorySegment(plane, i * BYTES, ORDER);
        }
    }

    @Override
    public void parity(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] factors) {
        if (length < LANES) {
            super.parity(re, im, start, length, z, factors);
            return;
        }
        VectorMask<Double> odd = VectorMask.fromLong(SPECIES, oddLanes(z, LANES));
        // Where the bits above the lanes are even, and where they are odd.
        DoubleVector c =
                DoubleVector.broadcast(SPECIES, factors[0])
                        .blend(DoubleVector.broadcast(SPECIES, factors[2]), odd);
        DoubleVector s =
                DoubleVector.broadcast(SPECIES, factors[1])
                        .blend(DoubleVector.broadcast(SPECIES, factors[3]), odd);
        DoubleVector oddC =
                DoubleVector.broadcast(SPECIES, factors[2])
                        .blend(DoubleVector.broadcast(SPECIES, factors[0]), odd);
        DoubleVector oddS =
                DoubleVector.broadcast(SPECIES, factors[3])
                        .blend(DoubleVector.broadcast(SPECIES, factors[1]), odd);
        long high = z & -LANES;
        for (long k = 0; k < length; k += LANES) {
            long i = (start + k) * BYTES;
            boolean even = (Long.bitCount(k & high) & 1) == 0;
            DoubleVector cosines = even ? c : oddC;
            DoubleVector sines = even ? s : oddS;
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, re, i, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, im, i, ORDER);
            sines.neg().fma(b, cosines.mul(a)).intoMemorySegment(re, i, ORDER);
            sines.fma(a, cosines.mul(b)).intoMemorySegment(im, i, ORDER);
        }
    }

    @Override
    public void exchange(
            MemorySegment re,
            MemorySegment im,
            long start,
            long length,
            long mixing,
            long from,
            long ones) {
        if (length < LANES) {
            super.exchange(re, im, start, length, mixing, from, ones);
            return;
        }
        exchange(re, start, length, mixing, from, ones);
        exchange(im, start, length, mixing, from, ones);
    }

    private static void exchange(
            MemorySegment plane, long start, long length, long mixing, long from, long ones) {
        long low = LANES - 1L;
        VectorShuffle<Double> take = TAKE[(int) (mixing & low)];
        // Lanes that take, in the vector with the bits `from`; the others take the other way.
        VectorMask<Double> first = lanesLike(mixing & low, from & low, ones & low);
        VectorMask<Double> second = lanesLike(mixing & low, ~from & mixing & low, ones & low);
        long across = mixing & ~low;
        long fixed = start | from & ~low | ones & ~low;
        long rest = ~(mixing | ones) & length - 1 & ~low;
        boolean shuffles = (mixing & low) != 0;
        long free = 0;
        if (across == 0) {
            VectorMask<Double> both = first.or(second);
            do {
                long i = (fixed | free) * BYTES;
                DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, plane, i, ORDER);
                a.blend(a.rearrange(take), both).intoMemorySegment(plane, i, ORDER);
                free = (free | ~rest) + 1 & rest;
            } while (free != 0);
            return;
        }
        do {
            long i = (fixed | free) * BYTES;
            long j = ((fixed | free) ^ across) * BYTES;
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, plane, i, ORDER);
            DoubleVector b = DoubleVector.fromMemorySegment(SPECIES, plane, j, ORDER);
            DoubleVector intoA = shuffles ? b.rearrange(take) : b;
            DoubleVector intoB = shuffles ? a.rearrange(take) : a;
            a.blend(intoA, first).intoMemorySegment(plane, i, ORDER);
            b.blend(intoB, second).intoMemorySegment(plane, j, ORDER);
            free = (free | ~rest) + 1 & rest;
        } while (free != 0);
    }

    /// Lanes whose number has, of `mixing`, the bits `from`, and all of `ones`.
    private static VectorMask<Double> lanesLike(long mixing, long from, long ones) {
        long lanes = 0;
        for (int lane = 0; lane < LANES; lane++) {
            if ((lane & (mixing | ones)) == (from | ones)) lanes |= 1L << lane;
        }
        return VectorMask.fromLong(SPECIES, lanes);
    }

    @Override
    public void exchangePairs(MemorySegment re, MemorySegment im, long i, long j, long count) {
        long whole = count & -LANES;
        swap(re, i, j, whole);
        swap(im, i, j, whole);
        if (whole < count) super.exchangePairs(re, im, i + whole, j + whole, count - whole);
    }

    private static void swap(MemorySegment plane, long i, long j, long count) {
        for (long k = 0; k < count; k += LANES) {
            DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, plane, (i + k) * BYTES, ORDER);
            DoubleVector.fromMemorySegment(SPECIES, plane, (j + k) * BYTES, ORDER)
                    .intoMemorySegment(plane, (i + k) * BYTES, ORDER);
            a.intoMemorySegment(plane, (j + k) * BYTES, ORDER);
        }
    }

    @Override
    public void norms(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] norms) {
        if (length < 8 || LANES < HALF.length()) {
            super.norms(re, im, start, length, z, norms);
            return;
        }
        long lanes = oddLanes(z, 8);
        VectorMask<Double> oddA = VectorMask.fromLong(HALF, lanes & 15);
        VectorMask<Double> oddB = VectorMask.fromLong(HALF, lanes >>> 4);
        DoubleVector evenA = DoubleVector.zero(HALF);
        DoubleVector evenB = evenA;
        DoubleVector sumA = evenA;
        DoubleVector sumB = evenA;
        long high = z & -8;
        for (long k = 0; k < length; k += 8) {
            long i = (start + k) * BYTES;
            DoubleVector x = DoubleVector.fromMemorySegment(HALF, re, i, ORDER);
            DoubleVector y = DoubleVector.fromMemorySegment(HALF, im, i, ORDER);
            DoubleVector a = y.fma(y, x.mul(x));
            x = DoubleVector.fromMemorySegment(HALF, re, i + 4 * BYTES, ORDER);
            y = DoubleVector.fromMemorySegment(HALF, im, i + 4 * BYTES, ORDER);
            DoubleVector b = y.fma(y, x.mul(x));
            boolean flip = (Long.bitCount(k & high) & 1) != 0;
            VectorMask<Double> intoSumA = flip ? oddA.not() : oddA;
            VectorMask<Double> intoSumB = flip ? oddB.not() : oddB;
            sumA = sumA.add(a, intoSumA);
            sumB = sumB.add(b, intoSumB);
            evenA = evenA.add(a, intoSumA.not());
            evenB = evenB.add(b, intoSumB.not());
        }
        evenA.intoArray(norms, 0);
        evenB.intoArray(norms, 4);
        sumA.intoArray(norms, 8);
        sumB.intoArray(norms, 12);
        addUp(norms);
    }
}
