package org.qmk.runtime;

import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Policy;

/// What a kernel is made with: all that decides what it answers, but for its inputs.
public record KernelSetting(MachineShape machine, KernelLimits limits, Policy policy) {

    /// With the limits and the policy that a kernel has unless it is told otherwise.
    public KernelSetting(MachineShape machine) {
        this(machine, KernelLimits.DEFAULT, Policy.DEFAULT);
    }

    /// The same on another machine.
    public KernelSetting on(MachineShape other) {
        return new KernelSetting(other, limits, policy);
    }

    /// The same under another policy.
    public KernelSetting under(Policy other) {
        return new KernelSetting(machine, limits, other);
    }

    /// A kernel that has seen nothing.
    public Kernel boot() {
        return new Kernel(machine, limits, policy);
    }
}
