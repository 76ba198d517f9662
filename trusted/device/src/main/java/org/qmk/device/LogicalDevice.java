package org.qmk.device;

/// A machine of logical qubits, real or simulated.
public interface LogicalDevice {

    /// Carries out one epoch. Called once per epoch, in order, with the kernel's plans.
    EpochReport execute(EpochPlan plan);
}
