package org.qmk.sim;

/// A channel of one qubit that applies X, Y or Z with the given chances, and nothing otherwise.
///
/// @param x chance of X, 0 to 1; all three together at most 1
/// @param y chance of Y
/// @param z chance of Z
public record PauliChannel(double x, double y, double z) {

    /// Nothing happens.
    public static final PauliChannel NONE = new PauliChannel(0, 0, 0);

    /// Rounding may bring a sum of chances this far above 1.
    private static final double SLACK = 1e-12;

    public PauliChannel {
        boolean good = x >= 0 && y >= 0 && z >= 0 && x + y + z <= 1 + SLACK;
        if (!good) {
            throw new IllegalArgumentException(
                    "the chances of X, Y and Z are %s, %s and %s, expected 0 or more, and at most 1"
                                    .formatted(x, y, z)
                            + " together");
        }
    }

    /// X, Y and Z with a third of the chance each.
    ///
    /// @param chance that anything happens, 0 to 1
    public static PauliChannel depolarizing(double chance) {
        return new PauliChannel(chance / 3, chance / 3, chance / 3);
    }

    /// The chance that anything happens.
    public double any() {
        return Math.min(1, x + y + z);
    }

    /// The channel applied a number of times in a row.
    ///
    /// A Pauli channel multiplies X, Y and Z by factors of its own, and a chain of channels by the
    /// product of the factors: Nielsen and Chuang, "Quantum Computation and Quantum Information",
    /// section 8.3.
    PauliChannel times(int count) {
        double factorX = power(1 - 2 * (y + z), count);
        double factorY = power(1 - 2 * (x + z), count);
        double factorZ = power(1 - 2 * (x + y), count);
        return new PauliChannel(
                Math.max(0, (1 + factorX - factorY - factorZ) / 4),
                Math.max(0, (1 - factorX + factorY - factorZ) / 4),
                Math.max(0, (1 - factorX - factorY + factorZ) / 4));
    }

    /// This channel and then another.
    PauliChannel then(PauliChannel more) {
        double none = 1 - any();
        double noneMore = 1 - more.any();
        return new PauliChannel(
                x * noneMore + none * more.x + y * more.z + z * more.y,
                y * noneMore + none * more.y + x * more.z + z * more.x,
                z * noneMore + none * more.z + x * more.y + y * more.x);
    }

    /// StrictMath, so that the same program has the same outcomes on every machine.
    private static double power(double base, int count) {
        return count == 1 ? base : StrictMath.pow(base, count);
    }
}
