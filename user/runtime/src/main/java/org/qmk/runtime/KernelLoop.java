package org.qmk.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.LogicalDevice;
import org.qmk.device.Placement;
import org.qmk.device.Planner;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Drives a kernel: notes each input in the journal, steps, asks the planner, runs the device.
public final class KernelLoop {

    /// One epoch.
    ///
    /// @param plan what the device did
    /// @param report what it said
    /// @param notices what the kernel said on the way
    public record Epoch(EpochPlan plan, EpochReport report, List<Notice> notices) {
        public Epoch {
            notices = List.copyOf(notices);
        }
    }

    private final Kernel kernel;
    private final LogicalDevice device;
    private final Planner planner;
    private final Optional<Journal> journal;

    public KernelLoop(
            Kernel kernel, LogicalDevice device, Planner planner, Optional<Journal> journal) {
        this.kernel = kernel;
        this.device = device;
        this.planner = planner;
        this.journal = journal;
    }

    /// Gives the kernel one input.
    ///
    /// @throws IOException if the journal cannot be written; the kernel did not take the input
    public List<Notice> call(Input input) throws IOException {
        if (journal.isPresent()) journal.get().input(input);
        List<Notice> notices = kernel.step(input);
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed(long epoch, var digest)
                    && journal.isPresent()) {
                journal.get().digest(epoch, digest);
            }
        }
        return notices;
    }

    /// One epoch: blocks for the waves that can begin, a plan, the device, its report.
    public Epoch epoch() throws IOException {
        List<Notice> notices = new ArrayList<>(place());
        List<Notice> opened = call(new Input.Begin());
        if (!(opened.getLast() instanceof Notice.Planned(var plan))) {
            throw new IllegalStateException("the kernel did not begin an epoch: " + opened);
        }
        notices.addAll(opened);
        Epoch rest = finish(plan);
        notices.addAll(rest.notices());
        return new Epoch(plan, rest.report(), notices);
    }

    /// The rest of an epoch that is begun: the device, its report. After a recovery the device does
    /// again what the plan says.
    public Epoch finish(EpochPlan plan) throws IOException {
        EpochReport report = device.execute(plan);
        return new Epoch(plan, report, call(new Input.Report(report)));
    }

    /// Proposes blocks until no wave can begin or a proposal is refused.
    private List<Notice> place() throws IOException {
        List<Notice> refusals = List.of();
        Optional<Kernel.Wanted> wanted = kernel.wanted();
        while (wanted.isPresent() && refusals.isEmpty()) {
            int blocks = wanted.get().blocks();
            Placement placement =
                    blocks == 0 ? Placement.NOWHERE : planner.propose(kernel.freeExtents(), blocks);
            refusals = call(new Input.Propose(wanted.get().job(), placement));
            wanted = kernel.wanted();
        }
        return refusals;
    }
}
