package org.qmk.sim;

/// What is left of the errors of live qubits when they are decoded, as somebody else draws it: the
/// logical errors of patches that have codes, noise and decoders of their own.
///
/// Used by several threads at once.
public interface PatchErrors {

    /// Shots that are drawn together, from a multiple of this number on.
    int SHOTS = FrameBatch.SHOTS;

    /// Draws what happens to one qubit between two of its operations. The same for the same
    /// arguments, whatever was drawn before.
    ///
    /// @param seed of the job
    /// @param batch of shots: those from `batch * SHOTS` on
    /// @param place number of this stretch of time in its program
    /// @param epochs of the stretch, 1 or more
    /// @param x gets a bit for each shot: whether an X is left; `SHOTS / 64` words
    /// @param z the same for Z; both together are a Y
    void draw(long seed, long batch, int place, int epochs, long[] x, long[] z);

    /// About the chance that anything is left: what simulators are chosen by.
    double chance(int epochs);
}
