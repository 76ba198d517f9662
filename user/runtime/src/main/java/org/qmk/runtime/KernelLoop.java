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

    /// The epochs of one call of `epoch`.
    ///
    /// @param plan what the device did
    /// @param report what it said
    /// @param notices what the kernel made of it
    public record Epoch(EpochPlan plan, EpochReport report, List<Notice> notices) {
        public Epoch {
            notices = List.copyOf(notices);
        }
    }

    private final Kernel kernel;
    private final LogicalDevice device;
    private final Planner planner;
    private final Optional<Journal> journal;
    private EpochPlan plan = new EpochPlan(0, List.of(), List.of(), List.of());

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

    /// Lets the device carry out the epoch planned last, and the kernel plan the next.
    public Epoch epoch() throws IOException {
        EpochPlan done = plan;
        EpochReport report =
                done.epoch() == 0 ? EpochReport.beforeTheFirst() : device.execute(done);
        List<Notice> notices = new ArrayList<>(call(new Input.Report(report)));
        for (Notice notice : List.copyOf(notices)) {
            switch (notice) {
                case Notice.Planned(var next) -> plan = next;
                case Notice.PlacementWanted(var job, int blocks) -> {
                    Placement placement =
                            blocks == 0
                                    ? Placement.NOWHERE
                                    : planner.propose(kernel.freeExtents(), blocks);
                    notices.addAll(call(new Input.Propose(job, placement)));
                }
                case Notice.TenantAdded _,
                        Notice.SessionOpened _,
                        Notice.Granted _,
                        Notice.Revoked _,
                        Notice.Accepted _,
                        Notice.Refused _,
                        Notice.JobChanged _,
                        Notice.EpochClosed _ -> {}
            }
        }
        return new Epoch(done, report, notices);
    }
}
