package org.qmk.machine.magic;

/// Where magic states come from, as an estimate sees it: runs of one length, with some states from
/// each.
public interface StateFactory {

    /// What it is and of which distances, for people.
    String name();

    /// Physical ones.
    long qubits();

    /// From the start of a run to its states, or the mean time between two where tries fail.
    long runNanos();

    /// States of a run.
    long outputs();

    /// Of one state.
    double outputError();

    /// Qubits for each state of a run.
    default double qubitsPerOutput() {
        return (double) qubits() / outputs();
    }

    /// Qubits times nanoseconds for each state of a run.
    default double volumePerOutput() {
        return (double) qubits() * runNanos() / outputs();
    }
}
