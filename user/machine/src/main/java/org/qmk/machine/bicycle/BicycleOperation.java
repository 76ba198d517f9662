package org.qmk.machine.bicycle;

import java.util.List;

/// An instruction and the modules that carry it out together: two for `INTER_MODULE`, else one.
public record BicycleOperation(BicycleInstruction instruction, List<Integer> modules) {
    public BicycleOperation {
        modules = List.copyOf(modules);
    }
}
