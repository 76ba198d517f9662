package org.qmk.sim;

/// What a pass does to amplitudes. Bits and masks are those of a basis state's index.
sealed interface PassOp {

    /// The bits in which the amplitudes that it brings together differ.
    int mixing();

    /// Other bits that it depends on. Two operations commute where neither mixes a bit that the
    /// other depends on or mixes.
    int steady();

    /// Multiplies one qubit by a matrix.
    ///
    /// @param m as in `AmplitudeLoops.matrix`
    record Matrix(int bit, double[] m) implements PassOp {
        @Override
        public int mixing() {
            return bit;
        }

        @Override
        public int steady() {
            return 0;
        }
    }

    /// Multiplies states that have all bits of `ones` by c + i s.
    record Phase(int ones, double c, double s) implements PassOp {
        @Override
        public int mixing() {
            return 0;
        }

        @Override
        public int steady() {
            return ones;
        }
    }

    /// Multiplies states with an even number of the bits of `z` by one factor, others by another.
    ///
    /// @param factors as in `AmplitudeLoops.parity`
    record Parity(int z, double[] factors) implements PassOp {
        @Override
        public int mixing() {
            return 0;
        }

        @Override
        public int steady() {
            return z;
        }
    }

    /// Exchanges states with the bits `from` of `mixing` and those with its others, where all bits
    /// of `ones` are set.
    record Exchange(int mixing, int from, int ones) implements PassOp {
        @Override
        public int steady() {
            return ones;
        }
    }
}
