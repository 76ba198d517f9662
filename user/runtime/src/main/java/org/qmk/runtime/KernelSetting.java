package org.qmk.runtime;

import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;

/// What a kernel is made with: all that decides what it answers, but for its inputs.
public record KernelSetting(MachineShape machine, KernelLimits limits) {

    /// The same on another machine.
    public KernelSetting on(MachineShape other) {
        return new KernelSetting(other, limits);
    }

    /// A kernel that has seen nothing.
    public Kernel boot() {
        return new Kernel(machine, limits);
    }
}
