package org.qmk.sim.simd;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.qmk.sim.loops.BitLoops;

/// Loops over rows of bits, in vector registers.
public final class VectorBitLoops implements BitLoops {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

    /// For the service loader.
    public VectorBitLoops() {}

    @Override
    public void xor(long[] to, int toStart, long[] from, int fromStart, int count) {
        int w = 0;
        for (int end = SPECIES.loopBound(count); w < end; w += SPECIES.length()) {
            LongVector sum = LongVector.fromArray(SPECIES, to, toStart + w);
            sum.lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, from, fromStart + w))
                    .intoArray(to, toStart + w);
        }
        for (; w < count; w++) to[toStart + w] ^= from[fromStart + w];
    }
}
