package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.SimulatedDevice;
import org.qmk.qvm.Capability;
import org.qmk.sim.Simulators;

/// Three tenants that submit and cancel jobs on a small machine, always the same.
final class ScriptedRun {

    static final MachineShape MACHINE = MachineShape.plain("six", 6, 8, 1);

    /// What is asked of the kernel before the epoch after the given one.
    private record Wish(long after, Input input) {}

    private final List<Wish> wishes = new ArrayList<>();
    private final long epochs;

    ScriptedRun(long epochs) {
        this.epochs = epochs;
        for (int tenant = 1; tenant <= 3; tenant++) {
            wish(0, new Input.AddTenant("tenant " + tenant, new Quotas(1000, 9)));
            wish(0, new Input.OpenSession(new TenantId(tenant)));
            for (Capability capability : Bell.program().graph().capabilities()) {
                wish(0, new Input.Grant(new SessionId(tenant), capability));
            }
        }
        int jobs = 0;
        for (int after = 0; after < epochs - 50; after += 60) {
            for (int i = 0; i < 6; i++) {
                var policy = new JobPolicy(2 + ++jobs % 4, after);
                var session = new SessionId(1 + i % 3);
                wish(after, new Input.Submit(session, Bell.program(), policy));
            }
            if (after % 120 == 0)
                wish(after + 10, new Input.Cancel(new SessionId(3), new JobId(jobs)));
        }
    }

    private void wish(long after, Input input) {
        wishes.add(new Wish(after, input));
    }

    static LogicalDevice device() {
        return new SimulatedDevice(Simulators::choose);
    }

    /// Runs it all into a new journal.
    void write(Path folder) throws IOException {
        write(folder, MACHINE);
    }

    void write(Path folder, MachineShape machine) throws IOException {
        var kernel = new KernelSetting(machine).boot();
        try (Journal journal =
                Journal.create(folder, new KernelSetting(machine), Durability.AT_END)) {
            var loop =
                    new KernelLoop(
                            kernel,
                            device(),
                            new FirstFitPlanner(1 << 20),
                            Optional.of(journal),
                            Optional.empty());
            goOn(kernel, loop, 0);
            journal.end();
        }
    }

    /// Runs what is left.
    ///
    /// @param given how many wishes the kernel has taken
    void goOn(Kernel kernel, KernelLoop loop, int given) throws IOException {
        int next = given;
        for (long closed = kernel.epoch(); closed < epochs; closed++) {
            while (next < wishes.size() && wishes.get(next).after() <= closed) {
                loop.call(wishes.get(next++).input());
            }
            loop.epoch();
        }
    }

    /// Whether the input is one of the wishes and not of the loop.
    static boolean isWish(Input input) {
        return !(input instanceof Input.Propose
                || input instanceof Input.Begin
                || input instanceof Input.Report);
    }
}
