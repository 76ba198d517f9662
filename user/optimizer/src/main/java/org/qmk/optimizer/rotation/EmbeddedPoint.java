package org.qmk.optimizer.rotation;

import java.math.BigInteger;

/// Elements of Z[w] as complex numbers.
final class EmbeddedPoint {

    private EmbeddedPoint() {}

    /// The real and the imaginary part.
    static BigInteger[] of(CyclotomicInteger x, FixedPoint fixed) {
        BigInteger half = fixed.rootTwo().shiftRight(1);
        BigInteger re = x.a().shiftLeft(fixed.bits()).add(x.b().subtract(x.d()).multiply(half));
        BigInteger im = x.c().shiftLeft(fixed.bits()).add(x.b().add(x.d()).multiply(half));
        return new BigInteger[] {re, im};
    }
}
