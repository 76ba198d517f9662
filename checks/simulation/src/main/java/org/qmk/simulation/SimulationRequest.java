package org.qmk.simulation;

import java.util.Optional;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineModel;

/// What whoever simulates decides; a run draws the rest from its seed.
///
/// @param epochs of each run, 1 or more; runs with crashes and the like take fewer
/// @param strict whether tenants are kept apart in every run
public record SimulationRequest(
        long epochs,
        Optional<Integer> tenants,
        Optional<MachineModel> machine,
        Optional<FaultLevel> faults,
        Optional<Policy.Order> order,
        boolean strict) {

    /// Everything but the length is drawn.
    public static SimulationRequest ofEpochs(long epochs) {
        return new SimulationRequest(
                epochs,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public SimulationRequest {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs are " + epochs + ", expected 1 or more");
        }
    }
}
