package org.qmk.qec.code;

import org.qmk.qec.decode.DecodingProblem;

/// A code whose checks are products of X alone or of Z alone. In a subsystem code the checks that
/// are measured are gauge operators, and need not commute; products of them that commute with all
/// are its stabilizers.
///
/// @param gaugeX supports of the X operators that are measured, a row each
/// @param gaugeZ the same of Z
/// @param stabilizersX supports that span the X stabilizers
/// @param stabilizersZ the same of Z
public record CssCode(
        BinaryMatrix gaugeX,
        BinaryMatrix gaugeZ,
        BinaryMatrix stabilizersX,
        BinaryMatrix stabilizersZ) {

    public CssCode {
        boolean fits =
                gaugeX.columns() == gaugeZ.columns()
                        && gaugeX.columns() == stabilizersX.columns()
                        && gaugeX.columns() == stabilizersZ.columns();
        if (!fits) throw new IllegalArgumentException("checks of different numbers of qubits");
        if (!stabilizersX.times(gaugeZ.transpose()).isZero()
                || !stabilizersZ.times(gaugeX.transpose()).isZero()) {
            throw new IllegalArgumentException("a stabilizer does not commute with a check");
        }
        if (gaugeX.above(stabilizersX).rank() != gaugeX.rank()
                || gaugeZ.above(stabilizersZ).rank() != gaugeZ.rank()) {
            throw new IllegalArgumentException("a stabilizer is no product of checks");
        }
    }

    /// A code all of whose checks commute.
    public static CssCode stabilizer(BinaryMatrix checksX, BinaryMatrix checksZ) {
        return new CssCode(checksX, checksZ, checksX, checksZ);
    }

    public int qubits() {
        return gaugeX.columns();
    }

    /// How many pairs of gauge operators of X and Z do not commute with one another.
    public int gaugeQubits() {
        return gaugeX.rank() - stabilizersX.rank();
    }

    public int logicalQubits() {
        return qubits() - stabilizersX.rank() - stabilizersZ.rank() - gaugeQubits();
    }

    /// Supports of independent Z operators that commute with all X checks, one for each logical
    /// qubit: none of their products is one of stabilizers.
    public BinaryMatrix logicalZ() {
        return logicals(gaugeX, stabilizersZ);
    }

    /// The same of X.
    public BinaryMatrix logicalX() {
        return logicals(gaugeZ, stabilizersX);
    }

    private static BinaryMatrix logicals(BinaryMatrix checks, BinaryMatrix stabilizers) {
        BinaryMatrix commuting = checks.kernel();
        BinaryMatrix all = stabilizers.reduced();
        BinaryMatrix found = BinaryMatrix.of(0, stabilizers.columns(), (_, _) -> false);
        int rank = all.rows();
        for (int i = 0; i < commuting.rows(); i++) {
            int row = i;
            BinaryMatrix one =
                    BinaryMatrix.of(1, commuting.columns(), (_, j) -> commuting.isOne(row, j));
            BinaryMatrix more = all.above(one);
            if (more.rank() == rank) continue;
            all = more;
            rank++;
            found = found.above(one);
        }
        return found;
    }

    /// The problem of finding X errors out of Z stabilizers, each qubit having one with a chance;
    /// observables are the logical Z operators.
    ///
    /// @throws IllegalArgumentException if there are more than 64 logical qubits
    public DecodingProblem bitFlips(double chance) {
        BinaryMatrix logical = logicalZ();
        if (logical.rows() > DecodingProblem.OBSERVABLES_MAX) {
            throw new IllegalArgumentException(logical.rows() + " logical qubits, expected 64");
        }
        var builder = new DecodingProblem.Builder(stabilizersZ.rows());
        for (int qubit = 0; qubit < qubits(); qubit++) {
            int[] fired = new int[stabilizersZ.rows()];
            int size = 0;
            for (int i = 0; i < stabilizersZ.rows(); i++) {
                if (stabilizersZ.isOne(i, qubit)) fired[size++] = i;
            }
            long observables = 0;
            for (int i = 0; i < logical.rows(); i++) {
                if (logical.isOne(i, qubit)) observables |= 1L << i;
            }
            builder.add(java.util.Arrays.copyOf(fired, size), observables, chance);
        }
        return builder.build();
    }
}
