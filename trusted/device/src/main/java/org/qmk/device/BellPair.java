package org.qmk.device;

/// An entangled pair as four probabilities: a mixture of the four Bell states.
///
/// @param fidelity of phi plus, the state that the pair should be in
/// @param psiMinus bit and phase flipped
/// @param psiPlus bit flipped
/// @param phiMinus phase flipped
public record BellPair(double fidelity, double psiMinus, double psiPlus, double phiMinus) {

    /// How far rounding may move the sum of the four from 1.
    private static final double ROUNDING = 1e-9;

    public BellPair {
        double sum = fidelity + psiMinus + psiPlus + phiMinus;
        boolean weights = fidelity >= 0 && psiMinus >= 0 && psiPlus >= 0 && phiMinus >= 0;
        if (!weights || !(sum >= 1 - ROUNDING && sum <= 1 + ROUNDING)) {
            throw new IllegalArgumentException(
                    "weights of a Bell pair add up to " + sum + ", expected 1, none below 0");
        }
    }

    /// The pair whose three errors are equally likely.
    ///
    /// @param fidelity 0 to 1
    public static BellPair werner(double fidelity) {
        double error = (1 - fidelity) / 3;
        return new BellPair(fidelity, error, error, error);
    }

    /// The mean fidelity with which this pair teleports a qubit: (2F + 1) / 3 (Horodecki 1999).
    public double teleportFidelity() {
        return (2 * fidelity + 1) / 3;
    }
}
