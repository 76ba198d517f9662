package org.qmk.sim.loops;

import java.lang.foreign.MemorySegment;

/// Loops over the amplitudes of a state vector, held outside the heap as two planes, real and
/// imaginary parts. Indices count amplitudes. All but the norms change the planes in place.
///
/// A region is `length` amplitudes from `start` on, `length` a power of 2 and `start` a multiple
/// of it. Bits and masks are those of an index within the region. Sums of products are fused as
/// `Math.fma` does, in the order that each loop states, so that every implementation of one
/// precision gives the same bits. Factors are rounded to the planes' precision first.
public interface AmplitudeLoops {

    /// What the planes hold.
    Precision precision();

    /// Multiplies pairs by a matrix: amplitudes whose indices in the region differ in one bit.
    ///
    /// With own and other amplitude a and b, and d and o what the matrix has for them, the real
    /// part is fma(-Im o, Im b, fma(Re o, Re b, fma(-Im d, Im a, Re d Re a))), the imaginary part
    /// fma(Im o, Re b, fma(Re o, Im b, fma(Im d, Re a, Re d Im a))). Where all entries are real,
    /// it is fma(o, b, d a) for both parts.
    ///
    /// @param bit a power of 2 below length
    /// @param m Re and Im of <0|m|0>, <0|m|1>, <1|m|0> and <1|m|1>
    void matrix(MemorySegment re, MemorySegment im, long start, long length, long bit, double[] m);

    /// As `matrix`, for the pairs i and j, i + 1 and j + 1, and so on, `count` of them.
    void matrixPairs(MemorySegment re, MemorySegment im, long i, long j, long count, double[] m);

    /// Multiplies the amplitudes that have all bits of `ones` by c + i s: real part
    /// fma(-s, Im a, c Re a), imaginary part fma(s, Re a, c Im a); where s is 0, c a.
    ///
    /// @param ones any number of bits, none for all amplitudes
    void phase(
            MemorySegment re,
            MemorySegment im,
            long start,
            long length,
            long ones,
            double c,
            double s);

    /// Multiplies, as `phase` does with s not 0, the amplitudes that have an even number of the
    /// bits of `z` by the first factor and the others by the second.
    ///
    /// @param factors Re and Im of the first, Re and Im of the second
    void parity(
            MemorySegment re, MemorySegment im, long start, long length, long z, double[] factors);

    /// Exchanges amplitudes with the bits `from` of `mixing` and those with the others of `mixing`,
    /// where they have all bits of `ones`.
    ///
    /// @param mixing one or two bits
    /// @param ones any number of bits outside `mixing`
    void exchange(
            MemorySegment re,
            MemorySegment im,
            long start,
            long length,
            long mixing,
            long from,
            long ones);

    /// Exchanges amplitudes i and j, i + 1 and j + 1, and so on, `count` of them.
    void exchangePairs(MemorySegment re, MemorySegment im, long i, long j, long count);

    /// The sums of squared moduli of the amplitudes that have an even and an odd number of the bits
    /// of `z`, in double precision: eight running sums of fma(Im, Im, Re Re), the k-th for indices
    /// k, k + 8 and so on, then these added up as ((0+4)+(1+5))+((2+6)+(3+7)).
    ///
    /// @param norms room for 16 numbers; the two sums come first
    void norms(MemorySegment re, MemorySegment im, long start, long length, long z, double[] norms);

    /// The part of the reduced density matrix of one bit that comes from some pairs of amplitudes
    /// whose indices differ in it, in double precision and in the order of indices.
    ///
    /// @param first the number of the first pair, counted from index 0
    /// @param matrix where to put <0|.|0>, <1|.|1> and the real and imaginary part of <1|.|0>
    void reduced(
            MemorySegment re, MemorySegment im, long first, long count, long bit, double[] matrix);

    /// One number of a plane.
    double get(MemorySegment plane, long index);

    /// Puts one number into a plane.
    void set(MemorySegment plane, long index, double value);

    /// The squared modulus of an amplitude, in double precision.
    double weight(MemorySegment re, MemorySegment im, long index);

    /// Reads a part of a plane in order, one number in each 64 bytes, so that the memory sees one
    /// stream whatever the order of the loop that follows. Returns their sum.
    double touch(MemorySegment plane, long start, long count);

    /// Whether no entry of a matrix has an imaginary part.
    static boolean isReal(double[] m) {
        return m[1] == 0 && m[3] == 0 && m[5] == 0 && m[7] == 0;
    }
}
