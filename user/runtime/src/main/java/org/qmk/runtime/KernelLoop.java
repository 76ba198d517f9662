package org.qmk.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.Placement;
import org.qmk.device.Planner;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.audit.AuditLog;

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
    private final Optional<AuditLog> audit;
    private final Witness witness;

    /// Without journal and audit log.
    public KernelLoop(Kernel kernel, LogicalDevice device, Planner planner) {
        this(kernel, device, planner, Optional.empty(), Optional.empty(), Witness.NOBODY);
    }

    public KernelLoop(
            Kernel kernel,
            LogicalDevice device,
            Planner planner,
            Optional<Journal> journal,
            Optional<AuditLog> audit) {
        this(kernel, device, planner, journal, audit, Witness.NOBODY);
    }

    /// @param witness is told of every input that the kernel took
    public KernelLoop(
            Kernel kernel,
            LogicalDevice device,
            Planner planner,
            Optional<Journal> journal,
            Optional<AuditLog> audit,
            Witness witness) {
        this.kernel = kernel;
        this.device = device;
        this.planner = planner;
        this.journal = journal;
        this.audit = audit;
        this.witness = witness;
    }

    /// Gives the kernel one input.
    ///
    /// @throws IOException if the journal cannot be written; the kernel did not take the input
    public List<Notice> call(Input input) throws IOException {
        if (journal.isPresent()) journal.get().input(input);
        List<Notice> notices = kernel.step(input);
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed(long epoch, var digest, var record)) {
                if (journal.isPresent()) journal.get().digest(epoch, digest);
                if (audit.isPresent()) audit.get().append(record);
            }
        }
        witness.took(input, notices);
        return notices;
    }

    /// One epoch: blocks for the waves that can begin, routes, a plan, the device, its report.
    public Epoch epoch() throws IOException {
        List<Notice> notices = new ArrayList<>(begin());
        if (!(notices.getLast() instanceof Notice.Planned(var plan))) {
            throw new IllegalStateException("the kernel did not begin an epoch: " + notices);
        }
        Epoch rest = finish(plan);
        notices.addAll(rest.notices());
        return new Epoch(plan, rest.report(), notices);
    }

    /// The first half of an epoch: blocks for the waves that can begin, routes, and the plan, which
    /// is the last notice.
    public List<Notice> begin() throws IOException {
        List<Notice> notices = new ArrayList<>(place());
        List<RouteRequest> requests = kernel.routeRequests();
        List<Route> routes = requests.isEmpty() ? List.of() : planner.route(requests);
        notices.addAll(call(new Input.Begin(routes)));
        return notices;
    }

    /// The rest of an epoch that is begun: the device, its report. After a recovery the device does
    /// again what the plan says.
    public Epoch finish(EpochPlan plan) throws IOException {
        EpochReport report = device.execute(plan);
        return new Epoch(plan, report, call(new Input.Report(report)));
    }

    /// Proposes blocks, the most wanted wave first, until none that is wanted has a place.
    private List<Notice> place() throws IOException {
        List<Notice> refusals = new ArrayList<>();
        TreeSet<JobId> passed = new TreeSet<>();
        Optional<Kernel.Wanted> next = next(passed);
        while (next.isPresent()) {
            Kernel.Wanted wanted = next.get();
            Placement placement = proposal(wanted);
            if (placement.blocks() != wanted.blocks()) passed.add(wanted.job());
            else {
                List<Notice> answer = call(new Input.Propose(wanted.job(), placement));
                refusals.addAll(answer);
                boolean refused = answer.stream().anyMatch(n -> n instanceof Notice.Refused);
                if (refused) passed.add(wanted.job());
            }
            next = next(passed);
        }
        return refusals;
    }

    private Optional<Kernel.Wanted> next(TreeSet<JobId> passed) {
        return kernel.wanted().stream().filter(want -> !passed.contains(want.job())).findFirst();
    }

    private Placement proposal(Kernel.Wanted wanted) {
        if (wanted.blocks() == 0) return Placement.NOWHERE;
        return planner.propose(kernel.freeExtents(wanted), wanted.shots(), wanted.slots());
    }
}
