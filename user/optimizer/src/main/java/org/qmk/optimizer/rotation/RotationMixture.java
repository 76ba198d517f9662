package org.qmk.optimizer.rotation;

import java.util.random.RandomGenerator;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// A rotation about z as a choice by chance between two words, one of which turns too far and one
/// not far enough, each with Z before and after in half of the cases: Campbell, arXiv 1612.02689;
/// Kliuchnikov, Lauter, Minko, Paetznick and Petit, arXiv 2203.10064, section 4.
///
/// The Z gates remove what is coherent with X and Y, the weights what is coherent with Z. What is
/// left is the identity with probability 1 - `error` and else something, so that `error` is half
/// the diamond norm of the difference. A word alone is only near by the root of that.
///
/// @param weight the probability of the first word
/// @param error half the diamond norm of the difference to the rotation
public record RotationMixture(
        CliffordTWord first, CliffordTWord second, double weight, double error) {

    static RotationMixture of(CliffordTWord first, CliffordTWord second, RotationAngle angle) {
        RotationDefect here = RotationDefect.of(first, angle);
        RotationDefect there = RotationDefect.of(second, angle);
        double apart = here.coherence() - there.coherence();
        double weight = apart == 0 ? 1 : -there.coherence() / apart;
        double error = weight * here.infidelity() + (1 - weight) * there.infidelity();
        return new RotationMixture(first, second, weight, error);
    }

    /// The mean number of T gates.
    public double tCount() {
        return weight * first.tCount() + (1 - weight) * second.tCount();
    }

    /// Chooses a word and appends it. The bound on the error holds for the mean over choices: a
    /// program must be compiled anew, from another seed, for each shot or each few shots, or have
    /// so many rotations that their errors add up like independent ones.
    public void append(GateList out, int qubit, RandomGenerator random) {
        CliffordTWord word = random.nextDouble() < weight ? first : second;
        boolean isTwirled = random.nextBoolean();
        if (isTwirled) out.add(Opcode.APPLY_Z, qubit);
        word.appendTo(out, qubit);
        if (isTwirled) out.add(Opcode.APPLY_Z, qubit);
    }
}
