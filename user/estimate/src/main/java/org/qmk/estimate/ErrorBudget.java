package org.qmk.estimate;

/// How often a run may fail, and what for.
///
/// @param logical because of an error of logical qubits
/// @param tStates because of a bad state
/// @param rotations because of a rotation's synthesis
public record ErrorBudget(double logical, double tStates, double rotations) {}
