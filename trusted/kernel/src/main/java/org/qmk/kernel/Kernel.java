package org.qmk.kernel;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.kernel.epoch.*;

/// The kernel: a deterministic state machine.
///
/// A step is two methods: `Deciding` looks and may refuse, `Applying` changes and cannot fail. A
/// refused input changes nothing but the trail of decisions.
public final class Kernel {

    private final KernelState state;
    private final MachineView view;
    private final WaveQueue queue;
    private final Deciding deciding;
    private final Applying applying;
    private final EpochScheduler scheduler;

    /// A kernel with the default policy.
    public Kernel(MachineShape machine, KernelLimits limits) {
        this(machine, limits, Policy.DEFAULT);
    }

    public Kernel(MachineShape machine, KernelLimits limits, Policy policy) {
        state = KernelState.empty(machine, limits, policy);
        view = new MachineView(machine, limits, policy, state);
        queue = new WaveQueue(state.jobs(), view, policy);
        scheduler = new EpochScheduler(state.jobs(), view, queue, policy);
        deciding = new Deciding(machine, limits, policy, state, view, queue, scheduler);
        applying = new Applying(state);
    }

    /// Takes one input and says what came of it.
    public List<Notice> step(Input input) {
        return applying.apply(input, deciding.decide(input));
    }

    /// The number of the epoch that was opened last, 0 before the first.
    public long epoch() {
        return state.jobs().epoch();
    }

    /// The number of jobs that have not ended.
    public int jobsInFlight() {
        return state.jobs().size();
    }

    /// A wave that could begin, or move, if it had blocks.
    ///
    /// @param module where it has to go, or -1 if that is the planner's choice
    /// @param moves whether it runs already
    public record Wanted(JobId job, int shots, int slots, int module, boolean moves) {
        public int blocks() {
            return shots * slots;
        }
    }

    /// The waves that a planner may propose blocks for next, the most wanted first.
    public List<Wanted> wanted() {
        List<Wanted> wanted = new ArrayList<>();
        if (state.jobs().isOpen()) return wanted;
        for (WaveQueue.Want want : queue.line().wants()) {
            Job job = want.job();
            wanted.add(new Wanted(job.id(), want.shots(), job.slots(), -1, false));
        }
        for (Job job : state.jobs().running()) {
            if (!job.wantsToMove() || !job.atFence()) continue;
            wanted.add(new Wanted(job.id(), job.waveShots(), job.slots(), job.moveTo(), true));
        }
        return wanted;
    }

    /// What a planner may propose routes for next: nodes that may happen in the next epoch if they
    /// have one. Who has a reservation comes first, then who has waited longest.
    public List<RouteRequest> routeRequests() {
        return state.jobs().isOpen() ? List.of() : scheduler.routeRequests();
    }

    /// The free blocks of the part of the machine that has the next epoch.
    public List<Extent> freeExtents() {
        return state.blocks().freeExtents(view.nextFrom(), view.nextTo());
    }

    /// The free blocks that a wanted wave may have, for a planner.
    public List<Extent> freeExtents(Wanted wanted) {
        return wanted.moves() ? view.freeForMove(wanted.module()) : freeExtents();
    }

    /// What a session sees of a job of its own.
    public Optional<JobStatus> status(SessionId session, JobId id) {
        return state.jobs().find(session, id).map(Job::status);
    }

    /// Where the qubits of a running job are, if its session may know.
    public Optional<Placement> mapping(SessionId session, JobId id) {
        if (!deciding.mayObserve(session)) return Optional.empty();
        return state.jobs().find(session, id).map(Job::placement);
    }

    /// What an open session holds.
    public List<Held> held(SessionId session) {
        if (!state.capabilities().knows(session)) return List.of();
        return state.capabilities().held(session);
    }
}
