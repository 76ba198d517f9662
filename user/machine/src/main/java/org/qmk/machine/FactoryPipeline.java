package org.qmk.machine;

import java.util.List;

/// A factory as levels of units that make better magic states of worse ones, each with a buffer
/// behind it. A single level that takes nothing in and often fails is a place of cultivation.
///
/// @param copies of all levels, side by side
/// @param levels the first takes in raw states, of which there are always enough
public record FactoryPipeline(int copies, List<Level> levels) {

    static final int COPIES_MAX = 1 << 12;
    static final int LEVELS_MAX = 8;
    static final int UNITS_MAX = 1 << 12;

    /// Units that do the same, side by side.
    ///
    /// @param inputs states of the level below that a unit takes for a run; 0 in the first level
    /// @param outputs states of a run that does not fail
    /// @param rounds of stabilizer measurement in a run, whether it fails or not
    /// @param failure how likely a run gives nothing; the unit then starts another
    /// @param buffer states that are kept for the level above; a unit with more waits
    public record Level(
            int units, int inputs, int outputs, int rounds, double failure, int buffer) {
        public Level {
            inRange("units", units, 1, UNITS_MAX);
            inRange("inputs", inputs, 0, MachineModel.YIELD_MAX);
            inRange("outputs", outputs, 1, MachineModel.YIELD_MAX);
            inRange("rounds", rounds, 1, Integer.MAX_VALUE);
            inRange("buffer", buffer, outputs, Integer.MAX_VALUE);
            if (!(failure >= 0 && failure <= 1)) {
                throw new IllegalArgumentException("failure is " + failure + ", expected 0 to 1");
            }
        }

        /// The most states of whole runs that the buffer has room for.
        int keeps() {
            return buffer / outputs * outputs;
        }
    }

    public FactoryPipeline {
        inRange("copies", copies, 1, COPIES_MAX);
        levels = List.copyOf(levels);
        inRange("levels", levels.size(), 1, LEVELS_MAX);
        for (int i = 0; i < levels.size(); i++) {
            int inputs = levels.get(i).inputs();
            int least = i == 0 ? 0 : 1;
            int most = i == 0 ? 0 : levels.get(i - 1).keeps();
            inRange("inputs of level " + i, inputs, least, most);
        }
    }

    /// Units of all copies and levels.
    long units() {
        return (long) copies * levels.stream().mapToInt(Level::units).sum();
    }

    private static void inRange(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d, expected %d to %d".formatted(field, value, least, most));
        }
    }
}
