package org.qmk.optimizer;

import java.util.List;
import java.util.OptionalDouble;
import org.qmk.optimizer.rotation.RotationSynthesis;

/// What an optimiser may do to a program.
///
/// @param level 0 changes nothing; 1 takes out what cancels; 2 also makes T gates fewer, in time
///     linear in the program; 3 searches for fewer
/// @param target which gates the result may have
/// @param ancillas whether level 3 may add qubits and measurements
/// @param joint whether products may be measured at once
/// @param layers how many layers of gates, one after the other, level 3 may add for fewer T gates
/// @param passes what is done, in order, whatever the level; empty for what the level says
/// @param precision of rotations that are written as other gates; empty for their own
public record OptimizerSettings(
        int level,
        Target target,
        boolean ancillas,
        boolean joint,
        long layers,
        List<PassName> passes,
        OptionalDouble precision) {

    /// The highest level.
    public static final int LEVEL_MAX = 3;

    /// The highest level that takes time linear in the program.
    public static final int LINEAR_LEVEL_MAX = 2;

    /// As many as `layers` is unless it is given: about one for each T gate that is searched.
    public static final long LAYERS_DEFAULT = 10_000;

    /// The gates of a result.
    public enum Target {
        /// All gates of QVM.
        IDEAL("ideal"),
        /// Clifford and T gates: rotations, CCZ and Toffoli gates are written as those.
        CLIFFORD_T("clifford+t"),
        /// Rotations about Pauli products and measurements of such, in the place of gates.
        PAULI("pauli");

        private final String text;

        Target(String text) {
            this.text = text;
        }

        /// How a user names it.
        public String text() {
            return text;
        }
    }

    public OptimizerSettings {
        if (level < 0 || level > LEVEL_MAX) {
            throw new IllegalArgumentException("level is " + level + ", expected 0 to 3");
        }
        if (layers < 0) {
            throw new IllegalArgumentException("layers is " + layers + ", expected 0 or more");
        }
        passes = List.copyOf(passes);
        double error = precision.orElse(1);
        if (!(error >= RotationSynthesis.PRECISION_MIN && error <= 1)) {
            throw new IllegalArgumentException(
                    "precision is %s, expected %s to 1"
                            .formatted(error, RotationSynthesis.PRECISION_MIN));
        }
    }

    /// Without ancillas, rotations having their own precision.
    public OptimizerSettings(int level, Target target) {
        this(level, target, false, false, LAYERS_DEFAULT, List.of(), OptionalDouble.empty());
    }

    public OptimizerSettings withAncillas() {
        return new OptimizerSettings(level, target, true, joint, layers, passes, precision);
    }

    public OptimizerSettings withJointMeasurements() {
        return new OptimizerSettings(level, target, ancillas, true, layers, passes, precision);
    }

    public OptimizerSettings withPrecision(double error) {
        return new OptimizerSettings(
                level, target, ancillas, joint, layers, passes, OptionalDouble.of(error));
    }

    public OptimizerSettings withLayers(long most) {
        return new OptimizerSettings(level, target, ancillas, joint, most, passes, precision);
    }

    public OptimizerSettings withPasses(List<PassName> chosen) {
        return new OptimizerSettings(level, target, ancillas, joint, layers, chosen, precision);
    }
}
