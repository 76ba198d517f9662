package org.qmk.qec.analysis;

/// X, Y and Z that exclude each other, as X, Y and Z that are independent.
final class IndependentPaulis {

    // Rounding may bring a chance this far below 0.
    private static final double SLACK = 1e-12;

    private IndependentPaulis() {}

    /// The chances of independent X, Y and Z that make the same channel; none if there are no such
    /// chances.
    ///
    /// The channel multiplies X by 1 - 2 (y + z), and so on; an independent error of chance p
    /// multiplies two of the three by 1 - 2 p.
    static double[] of(double x, double y, double z) {
        double factorX = 1 - 2 * (y + z);
        double factorY = 1 - 2 * (x + z);
        double factorZ = 1 - 2 * (x + y);
        if (!(factorX > 0 && factorY > 0 && factorZ > 0)) return new double[0];
        double[] chances = {
            half(factorY * factorZ / factorX),
            half(factorX * factorZ / factorY),
            half(factorX * factorY / factorZ)
        };
        for (int i = 0; i < 3; i++) {
            if (chances[i] < -SLACK) return new double[0];
            chances[i] = Math.max(0, chances[i]);
        }
        return chances;
    }

    private static double half(double square) {
        return (1 - Math.sqrt(square)) / 2;
    }
}
