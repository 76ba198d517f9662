package org.qmk.sim.loops;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The reference in double precision: one amplitude at a time.
public class ScalarDoubleLoops implements AmplitudeLoops {

    /// There is nothing to set.
    public ScalarDoubleLoops() {}

    @Override
    public final Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public void matrix(
            MemorySegment re, MemorySegment im, long start, long length, long bit, double[] m) {
        if (AmplitudeLoops.isReal(m)) {
            for (long k = 0; k < length / 2; k++) {
                long i = start + k + (k & -bit);
                realPair(re, i, i + bit, m);
                realPair(im, i, i + bit, m);
            }
            return;
        }
        for (long k = 0; k < length / 2; k++) {
            long i = start + k + (k & -bit);
            pair(re, im, i, i + bit, m);
        }
    }

    @Override
    public void matrixPairs(
            MemorySegment re, MemorySegment im, long i, long j, long count, double[] m) {
        if (AmplitudeLoops.isReal(m)) {
            for (long k = 0; k < count; k++) {
                realPair(re, i + k, j + k, m);
                realPair(im, i + k, j + k, m);
            }
            return;
        }
        for (long k = 0; k < count; k++) pair(re, im, i + k, j + k, m);
    }

    private static void realPair(MemorySegment x, long i, long j, double[] m) {
        double a = x.getAtIndex(JAVA_DOUBLE, i);
        double b = x.getAtIndex(JAVA_DOUBLE, j);
        double u = m[0];
        double w = m[2];
        x.setAtIndex(JAVA_DOUBLE, i, Math.fma(w, b, u * a));
        u = m[6];
        w = m[4];
        x.setAtIndex(JAVA_DOUBLE, j, Math.fma(w, a, u * b));
    }

    private static void pair(MemorySegment re, MemorySegment im, long i, long j, double[] m) {
        double a = re.getAtIndex(JAVA_DOUBLE, i);
        double b = im.getAtIndex(JAVA_DOUBLE, i);
        double p = re.getAtIndex(JAVA_DOUBLE, j);
        double q = im.getAtIndex(JAVA_DOUBLE, j);
        double u = m[0];
        double v = m[1];
        double w = m[2];
        double x = m[3];
        re.setAtIndex(JAVA_DOUBLE, i, Math.fma(-x, q, Math.fma(w, p, Math.fma(-v, b, u * a))));
        im.setAtIndex(JAVA_DOUBLE, i, Math.fma(x, p, Math.fma(w, q, Math.fma(v, a, u * b))));
        u = m[6];
        v = m[7];
        w = m[4];
        x = m[5];
        re.setAtIndex(JAVA_DOUBLE, j, Math.fma(-x, b, Math.fma(w, a, Math.fma(-v, q, u * p))));
        im.setAtIndex(JAVA_DOUBLE, j, Math.fma(x, a, Math.fma(w, b, Math.fma(v, p, u * q))));
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
        double cosine = c;
        double sine = s;
        // Counts up through the indices that have all of the ones.
        long end = start + length;
        for (long i = start | ones; i < end; i = i + 1 | ones | start) {
            if (sine == 0) {
                re.setAtIndex(JAVA_DOUBLE, i, cosine * re.getAtIndex(JAVA_DOUBLE, i));
                im.setAtIndex(JAVA_DOUBLE, i, cosine * im.getAtIndex(JAVA_DOUBLE, i));
            } else {
                multiply(re, im, i, cosine, sine);
            }
        }
    }

    @Override
    public void parity(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] factors) {
        double c = factors[0];
        double s = factors[1];
        double oddC = factors[2];
        double oddS = factors[3];
        for (long k = 0; k < length; k++) {
            boolean odd = (Long.bitCount(k & z) & 1) != 0;
            multiply(re, im, start + k, odd ? oddC : c, odd ? oddS : s);
        }
    }

    private static void multiply(MemorySegment re, MemorySegment im, long i, double c, double s) {
        double a = re.getAtIndex(JAVA_DOUBLE, i);
        double b = im.getAtIndex(JAVA_DOUBLE, i);
        re.setAtIndex(JAVA_DOUBLE, i, Math.fma(-s, b, c * a));
        im.setAtIndex(JAVA_DOUBLE, i, Math.fma(s, a, c * b));
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
        long fixed = start | from | ones;
        long rest = ~(mixing | ones) & length - 1;
        // Counts up through the bits that are free.
        long free = 0;
        do {
            long i = fixed | free;
            swap(re, i, i ^ mixing);
            swap(im, i, i ^ mixing);
            free = (free | ~rest) + 1 & rest;
        } while (free != 0);
    }

    @Override
    public void exchangePairs(MemorySegment re, MemorySegment im, long i, long j, long count) {
        for (long k = 0; k < count; k++) {
            swap(re, i + k, j + k);
            swap(im, i + k, j + k);
        }
    }

    private static void swap(MemorySegment x, long i, long j) {
        double a = x.getAtIndex(JAVA_DOUBLE, i);
        x.setAtIndex(JAVA_DOUBLE, i, x.getAtIndex(JAVA_DOUBLE, j));
        x.setAtIndex(JAVA_DOUBLE, j, a);
    }

    @Override
    public void norms(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] norms) {
        Arrays.fill(norms, 0, 16, 0);
        for (long k = 0; k < length; k++) {
            int odd = Long.bitCount(k & z) & 1;
            norms[8 * odd + (int) (k & 7)] += weight(re, im, start + k);
        }
        addUp(norms);
    }

    /// Adds up the running sums of `norms`.
    protected static void addUp(double[] x) {
        x[0] = ((x[0] + x[4]) + (x[1] + x[5])) + ((x[2] + x[6]) + (x[3] + x[7]));
        x[1] = ((x[8] + x[12]) + (x[9] + x[13])) + ((x[10] + x[14]) + (x[11] + x[15]));
    }

    @Override
    public final void reduced(
            MemorySegment re, MemorySegment im, long first, long count, long bit, double[] matrix) {
        double zero = 0;
        double one = 0;
        double acrossRe = 0;
        double acrossIm = 0;
        for (long k = first; k < first + count; k++) {
            long i = k + (k & -bit);
            double a = re.getAtIndex(JAVA_DOUBLE, i);
            double b = im.getAtIndex(JAVA_DOUBLE, i);
            double p = re.getAtIndex(JAVA_DOUBLE, i + bit);
            double q = im.getAtIndex(JAVA_DOUBLE, i + bit);
            zero += a * a + b * b;
            one += p * p + q * q;
            acrossRe += p * a + q * b;
            acrossIm += q * a - p * b;
        }
        matrix[0] = zero;
        matrix[1] = one;
        matrix[2] = acrossRe;
        matrix[3] = acrossIm;
    }

    @Override
    public final double get(MemorySegment plane, long index) {
        return plane.getAtIndex(JAVA_DOUBLE, index);
    }

    @Override
    public final void set(MemorySegment plane, long index, double value) {
        plane.setAtIndex(JAVA_DOUBLE, index, value);
    }

    @Override
    public final double weight(MemorySegment re, MemorySegment im, long index) {
        double a = re.getAtIndex(JAVA_DOUBLE, index);
        double b = im.getAtIndex(JAVA_DOUBLE, index);
        return Math.fma(b, b, a * a);
    }

    @Override
    public final double touch(MemorySegment plane, long start, long count) {
        double sum = 0;
        int line = 64 / Double.BYTES;
        for (long i = start; i < start + count; i += line) {
            sum += plane.getAtIndex(JAVA_DOUBLE, i);
        }
        return sum;
    }
}
