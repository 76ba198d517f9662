package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.device.Route;
import org.qmk.device.RouteRequest;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;

/// A kernel on a test bench: calls, epochs, and all notices so far.
final class Desk {

    final Kernel kernel;
    final List<Notice> notices = new ArrayList<>();
    final List<EpochPlan> plans = new ArrayList<>();
    private final LogicalDevice device;

    /// Blocks of a module where there are several, else 0.
    private final int module;

    private UnaryOperator<EpochReport> tampering = UnaryOperator.identity();
    private Function<List<RouteRequest>, List<Route>> router = _ -> List.of();
    private int tenants;

    Desk(int blocks, int operationsPerEpoch) {
        this(blocks, operationsPerEpoch, KernelLimits.DEFAULT);
    }

    Desk(MachineShape machine, Policy policy) {
        this(machine, KernelLimits.DEFAULT, policy);
    }

    Desk(MachineShape machine, KernelLimits limits, Policy policy) {
        kernel = new Kernel(machine, limits, policy);
        module = machine.modules() > 1 ? machine.blocksPerModule() : 0;
        device = new HonestDevice(0x5555_5555_5555_5555L);
    }

    Desk(int blocks, int operationsPerEpoch, KernelLimits limits) {
        kernel = new Kernel(MachineShape.plain("desk", blocks, operationsPerEpoch, 7), limits);
        module = 0;
        device = new HonestDevice(0x5555_5555_5555_5555L);
    }

    /// From now on reports are changed on their way to the kernel.
    void tamper(UnaryOperator<EpochReport> change) {
        tampering = change;
    }

    /// From now on this is asked for routes.
    void route(Function<List<RouteRequest>, List<Route>> planner) {
        router = planner;
    }

    List<Notice> call(Input input) {
        List<Notice> answer = kernel.step(input);
        notices.addAll(answer);
        return answer;
    }

    /// A session of a new tenant, with every capability of programs.
    SessionId session(Quotas quotas) {
        var added =
                assertInstanceOf(
                        Notice.TenantAdded.class,
                        call(new Input.AddTenant("tenant" + tenants++, quotas)).getFirst());
        var opened =
                assertInstanceOf(
                        Notice.SessionOpened.class,
                        call(new Input.OpenSession(added.tenant())).getFirst());
        return opened.session();
    }

    SessionId session() {
        SessionId session = session(new Quotas(1 << 20, 1 << 10));
        grant(session, Capability.ALLOC);
        return session;
    }

    CapabilityHandle grant(SessionId session, Capability capability) {
        return assertInstanceOf(
                        Notice.Granted.class, call(new Input.Grant(session, capability)).getFirst())
                .handle();
    }

    JobId submit(SessionId session, Verified program, long shots) {
        return assertInstanceOf(
                        Notice.Accepted.class, submitRaw(session, program, shots).getFirst())
                .job();
    }

    List<Notice> submitRaw(SessionId session, Verified program, long shots) {
        return call(new Input.Submit(session, program, new JobPolicy(shots, 7)));
    }

    /// One epoch; placements are taken from the lowest free blocks.
    void epoch() {
        while (placesOne()) {}
        var begin = new Input.Begin(router.apply(kernel.routeRequests()));
        var planned = assertInstanceOf(Notice.Planned.class, call(begin).getLast());
        plans.add(planned.plan());
        call(new Input.Report(tampering.apply(device.execute(planned.plan()))));
    }

    private boolean placesOne() {
        for (var want : kernel.wanted()) {
            var answer = call(new Input.Propose(want.job(), lowest(want)));
            boolean refused = !answer.isEmpty() && answer.getFirst() instanceof Notice.Refused;
            if (!refused) return true;
        }
        return false;
    }

    /// Closes the epoch that somebody else may have left open, as a device that did nothing would.
    void settle() {
        call(new Input.Report(new EpochReport(kernel.epoch(), List.of(), List.of())));
    }

    /// Epochs until no job is in flight.
    void run() {
        for (int i = 0; i < 100_000 && kernel.jobsInFlight() > 0; i++) epoch();
        assertTrue(kernel.jobsInFlight() == 0, "jobs end within 100,000 epochs");
    }

    private Placement lowest(Kernel.Wanted wanted) {
        List<Extent> extents = new ArrayList<>();
        int missing = wanted.blocks();
        for (Extent free : kernel.freeExtents(wanted)) {
            for (int at = free.start(); at < free.end() && missing > 0; ) {
                boolean inModules = wanted.slots() <= module;
                int end = inModules ? Math.min(free.end(), at - at % module + module) : free.end();
                int length = Math.min(missing, end - at);
                if (inModules) length -= length % wanted.slots();
                if (length > 0) extents.add(new Extent(at, length));
                missing -= length;
                at = end;
            }
        }
        return new Placement(extents);
    }

    List<Notice.JobChanged> changes(JobId job) {
        List<Notice.JobChanged> changes = new ArrayList<>();
        for (Notice notice : notices) {
            if (notice instanceof Notice.JobChanged change && change.job().equals(job)) {
                changes.add(change);
            }
        }
        return changes;
    }

    /// The digests of all closed epochs.
    List<String> digests() {
        List<String> digests = new ArrayList<>();
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed(long _, var digest, var _))
                digests.add(digest);
        }
        return digests;
    }

    static Refusal refusal(List<Notice> answer) {
        return assertInstanceOf(Notice.Refused.class, answer.getFirst()).refusal();
    }
}
