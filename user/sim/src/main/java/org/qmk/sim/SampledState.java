package org.qmk.sim;

/// A state from which basis states can be drawn.
interface SampledState {

    /// See `ShotState`.
    void setWidth(int width);

    /// See `ShotState`.
    void apply(int step);

    /// Turns a qubit so that Z then measures what the step measures; a minus sign is left out.
    void turnToZ(int step);

    /// The number of amplitudes in use.
    long length();

    /// The sums of squared moduli of amplitudes 0 to 2^shift - 1, to 2 * 2^shift - 1, and so on.
    double[] cumulative(int shift);

    /// The squared modulus of an amplitude. `cumulative` was called since the last change.
    double weight(long index);

    /// Runs tasks 0 to tasks - 1, which read the state only, on the threads that there are.
    default void share(int tasks, Crew.Task task) {
        for (int i = 0; i < tasks; i++) task.run(0, i);
    }
}
