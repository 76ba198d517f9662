package org.qmk.estimate;

import java.util.OptionalLong;
import org.qmk.device.OperationTimes;

/// What a program asks for before it is laid out on a machine. The names are Azure's.
///
/// @param tCount T gates and their inverses
/// @param rotationCount rotations that are no Clifford and no T gate
/// @param rotationDepth layers of non-Clifford gates in which there is a rotation
/// @param cczCount CCZ and Toffoli gates
/// @param ccixCount gates that apply iX where two qubits are 1
/// @param measurementCount of single qubits
public record LogicalCounts(
        long numQubits,
        long tCount,
        long rotationCount,
        long rotationDepth,
        long cczCount,
        long ccixCount,
        long measurementCount) {

    /// More of anything is refused, so that products fit 64 bits or fail loudly.
    public static final long COUNT_MAX = 1L << 53;

    /// T gates for one rotation: `ceil(0.53 log2(rotations / error) + 4.86)`. Source:
    /// arXiv:2203.10064.
    private static final double T_PER_ROTATION_SLOPE = 0.53;

    private static final double T_PER_ROTATION_OFFSET = 4.86;

    /// Whether there is anything to distil states for.
    public boolean needsMagic() {
        return tCount > 0 || cczCount > 0 || ccixCount > 0 || rotationCount > 0;
    }

    public boolean hasRotations() {
        return rotationCount > 0;
    }

    /// Patches of a floor where every two qubits can be measured together: the fast block of
    /// arXiv:1808.02892, figure 13.
    public long patches() {
        return QubitLayout.FAST.tiles(numQubits);
    }

    /// T states for one rotation, or nothing if there are no rotations.
    ///
    /// @param rotationError that all rotations together may make
    public OptionalLong tPerRotation(double rotationError) {
        if (rotationCount == 0) return OptionalLong.empty();
        double bits = Math.log(rotationCount / rotationError) / Math.log(2);
        return OptionalLong.of(
                (long) Math.ceil(T_PER_ROTATION_SLOPE * bits + T_PER_ROTATION_OFFSET));
    }

    /// Logical cycles: one for each measurement, rotation and T gate, three for each CCZ, and those
    /// of the rotations' layers.
    public long cycles(double rotationError) {
        long singles = Math.addExact(Math.addExact(measurementCount, rotationCount), tCount);
        long triples = Math.multiplyExact(3, Math.addExact(cczCount, ccixCount));
        long layers = Math.multiplyExact(tPerRotation(rotationError).orElse(0), rotationDepth);
        return Math.addExact(Math.addExact(singles, triples), layers);
    }

    /// Epochs of a machine that does one operation after another, by the same formula with its own
    /// times.
    public long epochs(OperationTimes times) {
        long singles = Math.addExact(Math.addExact(measurementCount, rotationCount), tCount);
        long lasting = Math.multiplyExact(times.ccz(), Math.addExact(cczCount, ccixCount));
        long layers = Math.multiplyExact(times.rotationTail(), rotationDepth);
        return Math.addExact(Math.addExact(singles, lasting), layers);
    }

    /// T states of T gates and rotations: one for each T gate, and those of the rotations.
    public long tStatesApart(double rotationError) {
        long rotations = Math.multiplyExact(tPerRotation(rotationError).orElse(0), rotationCount);
        return Math.addExact(tCount, rotations);
    }

    /// T states: the above, and four for each CCZ.
    public long tStates(double rotationError) {
        long triples = Math.multiplyExact(4, Math.addExact(cczCount, ccixCount));
        return Math.addExact(triples, tStatesApart(rotationError));
    }
}
