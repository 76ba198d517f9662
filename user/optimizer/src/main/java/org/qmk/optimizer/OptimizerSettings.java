package org.qmk.optimizer;

/// What an optimiser may do to a program.
///
/// @param level 0 changes nothing; 1 takes out what cancels; 2 also makes T gates fewer, in time
///     linear in the program; 3 takes its time for it
/// @param target which gates the result may have
public record OptimizerSettings(int level, Target target) {

    /// The highest level.
    public static final int LEVEL_MAX = 3;

    /// The gates of a result.
    public enum Target {
        /// All gates of QVM.
        IDEAL("ideal"),
        /// Clifford and T gates; rotations stay where their angles are no multiples of pi/4.
        CLIFFORD_T("clifford+t");

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
    }
}
