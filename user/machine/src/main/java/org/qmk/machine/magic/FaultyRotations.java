package org.qmk.machine.magic;

import java.util.ArrayList;
import java.util.List;

/// The state of a distillation circuit whose eighth turns about products of Z can go wrong.
///
/// The matrix is that of the state after all ideal rotations so far were taken back, in the basis
/// of X. There the ideal state is the first basis state at all times, and what a run gives wrong
/// can be read off one diagonal entry: it never is the small difference of large numbers, so errors
/// far below the precision of a double keep their digits. Source of the model: arXiv:1905.06903.
final class FaultyRotations {

    private static final double HALF = 0.5;

    private final int size;
    private double[] re;
    private double[] im;

    /// Products of Z of the rotations so far, and their signs.
    private final List<Integer> masks = new ArrayList<>();

    private final List<Integer> signs = new ArrayList<>();

    FaultyRotations(int qubits) {
        size = 1 << qubits;
        re = new double[size * size];
        im = new double[size * size];
        re[0] = 1;
    }

    /// An eighth turn about a product of Z.
    ///
    /// @param mask a bit for each qubit, the first qubit the lowest
    /// @param sign 1 or -1
    /// @param half how often it turns by a half more: the product is applied
    /// @param backward how often it turns by a quarter less
    /// @param forward how often it turns by a quarter more
    void rotate(int mask, int sign, double half, double backward, double forward) {
        double[] oldRe = re;
        double[] oldIm = im;
        re = new double[oldRe.length];
        im = new double[oldIm.length];
        double quarters = HALF * (backward + forward);
        double stays = 1 - half - backward - forward + quarters;
        double flips = half + quarters;
        double turn = HALF * (forward - backward) * sign;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int here = row * size + column;
                int both = (row ^ mask) * size + (column ^ mask);
                int left = (row ^ mask) * size + column;
                int right = row * size + (column ^ mask);
                // (1 +- iP) rho (1 -+ iP) / 2 has the terms +-i (P rho - rho P) / 2.
                re[here] =
                        stays * oldRe[here]
                                + flips * oldRe[both]
                                - turn * (oldIm[left] - oldIm[right]);
                im[here] =
                        stays * oldIm[here]
                                + flips * oldIm[both]
                                + turn * (oldRe[left] - oldRe[right]);
            }
        }
        masks.add(mask);
        signs.add(sign);
    }

    /// A Z on one qubit, with a probability.
    void storeZ(int qubit, double probability) {
        if (probability == 0) return;
        double[] oldRe = re;
        double[] oldIm = im;
        re = new double[oldRe.length];
        im = new double[oldIm.length];
        int mask = 1 << qubit;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int here = row * size + column;
                int both = (row ^ mask) * size + (column ^ mask);
                re[here] = (1 - probability) * oldRe[here] + probability * oldRe[both];
                im[here] = (1 - probability) * oldIm[here] + probability * oldIm[both];
            }
        }
    }

    /// An X on one qubit, with a probability. Taken through the rotations that it does not commute
    /// with, it is X and a quarter turn about each of their products.
    void storeX(int qubit, double probability) {
        if (probability == 0) return;
        double[] wrongRe = re.clone();
        double[] wrongIm = im.clone();
        for (int i = 0; i < masks.size(); i++) {
            if ((masks.get(i) >>> qubit & 1) != 0) {
                quarter(wrongRe, wrongIm, masks.get(i), signs.get(i));
            }
        }
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int here = row * size + column;
                boolean negative = ((row ^ column) >>> qubit & 1) != 0;
                double weight = negative ? -probability : probability;
                re[here] = (1 - probability) * re[here] + weight * wrongRe[here];
                im[here] = (1 - probability) * im[here] + weight * wrongIm[here];
            }
        }
    }

    /// `(1 + i s P) rho (1 - i s P) / 2`, in place: entries go in fours.
    private void quarter(double[] wrongRe, double[] wrongIm, int mask, int sign) {
        int low = Integer.lowestOneBit(mask);
        for (int row = 0; row < size; row++) {
            if ((row & low) != 0) continue;
            for (int column = 0; column < size; column++) {
                if ((column & low) != 0) continue;
                int a = row * size + column;
                int b = (row ^ mask) * size + (column ^ mask);
                int c = (row ^ mask) * size + column;
                int d = row * size + (column ^ mask);
                double ar = wrongRe[a], ai = wrongIm[a], br = wrongRe[b], bi = wrongIm[b];
                double cr = wrongRe[c], ci = wrongIm[c], dr = wrongRe[d], di = wrongIm[d];
                wrongRe[a] = HALF * (ar + br - sign * (ci - di));
                wrongIm[a] = HALF * (ai + bi + sign * (cr - dr));
                wrongRe[b] = HALF * (br + ar - sign * (di - ci));
                wrongIm[b] = HALF * (bi + ai + sign * (dr - cr));
                wrongRe[c] = HALF * (cr + dr - sign * (ai - bi));
                wrongIm[c] = HALF * (ci + di + sign * (ar - br));
                wrongRe[d] = HALF * (dr + cr - sign * (bi - ai));
                wrongIm[d] = HALF * (di + ci + sign * (br - ar));
            }
        }
    }

    /// What the checks see and do not see.
    ///
    /// @param failure the probability that a check fails
    /// @param error of the outputs together, if none fails
    record Outcome(double failure, double error) {}

    /// @param outputs how many of the first qubits are outputs; the others are measured in X, and
    ///     must give 0
    Outcome outcome(int outputs) {
        double seen = 0;
        double wrong = 0;
        for (int i = 0; i < size; i++) {
            double weight = re[i * size + i];
            if (i >>> outputs != 0) seen += weight;
            else if (i != 0) wrong += weight;
        }
        double passed = re[0] + wrong;
        return new Outcome(seen / (passed + seen), wrong / passed);
    }
}
