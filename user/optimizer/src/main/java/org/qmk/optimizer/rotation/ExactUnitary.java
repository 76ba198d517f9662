package org.qmk.optimizer.rotation;

import org.qmk.qvm.Opcode;

/// The unitary [a b; c d] / sqrt 2^exponent over Z[w]: those that circuits of Clifford and T gates
/// make. The exponent is the least possible.
record ExactUnitary(
        CyclotomicInteger a,
        CyclotomicInteger b,
        CyclotomicInteger c,
        CyclotomicInteger d,
        int exponent) {

    static final ExactUnitary IDENTITY =
            new ExactUnitary(
                    CyclotomicInteger.ONE,
                    CyclotomicInteger.ZERO,
                    CyclotomicInteger.ZERO,
                    CyclotomicInteger.ONE,
                    0);

    /// The unitary of first column (u, t) / sqrt 2^exponent and determinant w^power.
    static ExactUnitary ofColumn(
            CyclotomicInteger u, CyclotomicInteger t, int power, int exponent) {
        return new ExactUnitary(
                        u,
                        t.conjugate().negate().turned(power),
                        t,
                        u.conjugate().turned(power),
                        exponent)
                .reduced();
    }

    /// The gate after this.
    ///
    /// @param gate a Clifford gate of one qubit, T or T dagger
    ExactUnitary then(Opcode gate) {
        return switch (WordGate.of(gate)) {
            case H -> hadamard();
            case T -> phased(1);
            case S -> phased(2);
            case Z -> phased(4);
            case SDG -> phased(6);
            case TDG -> phased(7);
            case X -> new ExactUnitary(c, d, a, b, exponent);
            case Y ->
                    new ExactUnitary(c.turned(6), d.turned(6), a.turned(2), b.turned(2), exponent);
            case SX -> hadamard().phased(2).hadamard();
            case SXDG -> hadamard().phased(6).hadamard();
        };
    }

    private ExactUnitary phased(int power) {
        return new ExactUnitary(a, b, c.turned(power), d.turned(power), exponent);
    }

    private ExactUnitary hadamard() {
        return new ExactUnitary(a.plus(c), b.plus(d), a.minus(c), b.minus(d), exponent + 1)
                .reduced();
    }

    private ExactUnitary reduced() {
        ExactUnitary x = this;
        while (x.exponent > 0
                && x.a.isDivisibleByRootTwo()
                && x.b.isDivisibleByRootTwo()
                && x.c.isDivisibleByRootTwo()
                && x.d.isDivisibleByRootTwo()) {
            x =
                    new ExactUnitary(
                            x.a.dividedByRootTwo(),
                            x.b.dividedByRootTwo(),
                            x.c.dividedByRootTwo(),
                            x.d.dividedByRootTwo(),
                            x.exponent - 1);
        }
        return x;
    }

    private ExactUnitary turned(int power) {
        return new ExactUnitary(
                a.turned(power), b.turned(power), c.turned(power), d.turned(power), exponent);
    }

    /// The power of w that this is times another.
    ///
    /// @throws IllegalStateException if they differ by more than that
    int phaseOver(ExactUnitary other) {
        for (int power = 0; power < 8; power++) {
            if (equals(other.turned(power))) return power;
        }
        throw new IllegalStateException(this + " is no phase times " + other);
    }
}
