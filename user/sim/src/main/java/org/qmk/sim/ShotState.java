package org.qmk.sim;

/// The quantum state of one path through a program, in slots. Slots that no qubit lives in are in
/// the state 0.
///
/// @param <S> the class itself
interface ShotState<S extends ShotState<S>> {

    /// Puts every slot into the state 0.
    void clear();

    /// A new state of the same kind that can hold what this one holds.
    S fresh();

    void copyFrom(S other);

    /// The bytes that a copy of this state takes now.
    long copyBytes();

    /// Prepares for slots below `width` to be used, and no others. Slots that fall away are 0.
    void setWidth(int width);

    /// Applies a gate, or a `PAULI` step whether or not its inputs say so.
    void apply(int step);

    /// The chance that a `MEASURE`, `MEASURE_ANGLE`, `FREE` or `RESET` step finds 1: exactly 0 or 1
    /// where nothing has to be drawn. To discard a qubit that is not entangled, nothing has to.
    double chanceOfOne(int step);

    /// Puts the state to what it is after the step found the given value. `chanceOfOne` of the same
    /// step was called last, on this state or on the one it is a copy of.
    void settle(int step, boolean one);

    /// Applies X, Y or Z to one slot: Y where both parts are there. The global phase is not kept.
    void applyLetter(int slot, boolean x, boolean z);

    /// The chance that the slot is in the state 1, for the decay that follows.
    ///
    /// @throws UnsupportedOperationException if the state is one of stabilizers
    double weightOfOne(int slot);

    /// Puts the state to what it is after the slot did, or did not, decay from 1 to 0: the Kraus
    /// operators of amplitude damping, made a unit vector again. `weightOfOne` of the same slot was
    /// called last, on this state or on the one it is a copy of. Source: Nielsen and Chuang,
    /// equation 8.108.
    ///
    /// @param damping the chance that a qubit in the state 1 decays
    void decay(int slot, double damping, boolean decayed);

    /// Gives back what the garbage collector does not know of. Nothing may use this state any more.
    default void release() {}
}
