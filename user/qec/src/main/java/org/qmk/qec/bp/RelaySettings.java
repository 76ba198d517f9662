package org.qmk.qec.bp;

/// What `RelayDecoder` does.
///
/// @param firstRounds the most rounds of the first leg
/// @param legRounds the most rounds of each leg after it
/// @param legs how many of these there are at most
/// @param solutions after how many that explain the syndrome the likeliest is taken
/// @param firstStrength of the memory of every mechanism in the first leg
/// @param strengthMin the least strength drawn for a mechanism in a later leg; may be below 0
/// @param strengthMax the largest
/// @param scale of the messages of detectors, above 0, at most 1
/// @param seed what strengths are drawn from
public record RelaySettings(
        int firstRounds,
        int legRounds,
        int legs,
        int solutions,
        double firstStrength,
        double strengthMin,
        double strengthMax,
        double scale,
        long seed) {

    public RelaySettings {
        if (firstRounds < 1 || legRounds < 1 || legs < 0 || solutions < 1) {
            throw new IllegalArgumentException(
                    "%d and %d rounds, %d legs, %d solutions; expected 1 or more, legs 0 or more"
                            .formatted(firstRounds, legRounds, legs, solutions));
        }
        boolean fits =
                firstStrength >= -1
                        && firstStrength <= 1
                        && strengthMin >= -1
                        && strengthMax <= 1
                        && strengthMin <= strengthMax;
        if (!fits) {
            throw new IllegalArgumentException(
                    "strengths %s, %s to %s, expected in order, -1 to 1"
                            .formatted(firstStrength, strengthMin, strengthMax));
        }
        if (!(scale > 0 && scale <= 1)) {
            throw new IllegalArgumentException("scale is " + scale + ", expected above 0 to 1");
        }
    }

    /// What the paper uses for the gross code, but for the number of legs: 300 there.
    public static RelaySettings usual() {
        return new RelaySettings(80, 60, 60, 1, 0.125, -0.24, 0.66, 1, 1);
    }
}
