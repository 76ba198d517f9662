package org.qmk.runtime.timeline;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.runtime.Witness;

/// Notes what each epoch of one job went to: the first that is accepted.
///
/// docs/spec/timeline.md says by which rules.
public final class TimelineRecorder implements Witness {

    /// What `Notice.JobHandled` says of a wave that makes room, or that leaves a hot module.
    private static final List<String> MAKES_ROOM = List.of("PARK", "UNCOMPUTE", "RESTART");

    private static final String HOT = "leaves a hot module";

    private final MachineShape machine;
    private final Timeline timeline = new Timeline();

    /// Magic states that all factories keep.
    private final long buffer;

    private Optional<Kernel> kernel = Optional.empty();
    private Optional<JobId> watched = Optional.empty();
    private SessionId session = new SessionId(0);
    private boolean over;

    /// Waves on the machine.
    private final TreeMap<JobId, EpochPlan.Start> waves = new TreeMap<>();

    // The job.

    /// Nodes of the wave that were carried out, and how many there were before it was set back.
    private long reached;

    private long reachedBefore;

    /// Who set it back.
    private EpochUse blamed = EpochUse.FAULTS;

    /// The last epoch in which an operation of it, and one of somebody else, goes on.
    private long ownUntil;

    private long othersUntil;

    /// Whether others ever took states, and whether they took pairs since the job last did
    /// something.
    private boolean othersMagic;

    private boolean othersPairs;

    /// The nodes of the job in the order of issue; empty before the first.
    private int[] order = {};

    /// Magic states that there would be if nobody else had taken any.
    private long states;

    // The open epoch.

    private long epoch;
    private WaitCause wait = WaitCause.QUEUE;
    private long shotsDone;
    private long issued;
    private boolean works;
    private boolean othersLanes;
    private boolean othersMeasure;
    private boolean fault;

    public TimelineRecorder(MachineShape machine) {
        this.machine = machine;
        buffer = machine.factories().stream().mapToLong(MachineShape.Factory::buffer).sum();
    }

    /// What was noted so far.
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public void begun(Kernel fed) {
        kernel = Optional.of(fed);
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        if (input instanceof Input.Submit submit
                && watched.isEmpty()
                && notices.getFirst() instanceof Notice.Accepted(var job, long _)) {
            watched = Optional.of(job);
            session = submit.session();
        }
        if (over) return;
        for (Notice notice : notices) {
            if (notice instanceof Notice.Planned(var plan)) planned(plan);
        }
        if (watched.isEmpty()) return;
        if (input instanceof Input.Report(var report)) reported(report, notices);
        for (Notice notice : notices) {
            if (notice instanceof Notice.JobHandled(var job, var what) && isOwn(job)) handled(what);
        }
    }

    private boolean isOwn(JobId job) {
        return watched.isPresent() && watched.get().equals(job);
    }

    private void planned(EpochPlan plan) {
        epoch = plan.epoch();
        issued = 0;
        works = false;
        othersLanes = false;
        othersMeasure = false;
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), start);
        for (EpochPlan.Issue issue : plan.issues()) {
            if (isOwn(issue.job())) own(issue);
            else others(issue);
        }
        for (EpochPlan.Move move : plan.moves()) othersPairs |= !isOwn(move.job());
        status().ifPresent(status -> wait = status.waitCause());
    }

    /// Of the job, while it is there.
    private Optional<JobStatus> status() {
        if (kernel.isEmpty() || watched.isEmpty()) return Optional.empty();
        return kernel.get().status(session, watched.get());
    }

    private void own(EpochPlan.Issue issue) {
        Graph graph = waves.get(issue.job()).graph();
        issued = issue.undo() ? -issue.size() : issue.size();
        if (order.length == 0) order = issue.order();
        for (int i = 0; i < issue.size(); i++) {
            int node = issue.node(i);
            states -= states(waves.get(issue.job()), node);
            if (machine.times().free(graph, node)) continue;
            works = true;
            long last = epoch + machine.times().epochs(graph, node) - 1;
            ownUntil = Math.max(ownUntil, last);
        }
    }

    private void others(EpochPlan.Issue issue) {
        EpochPlan.Start wave = waves.get(issue.job());
        boolean wide = wave.slots() > machine.blocksPerModule();
        for (int i = 0; i < issue.size(); i++) {
            int node = issue.node(i);
            boolean joins = joins(wave.graph(), node);
            othersPairs |= wide && joins;
            if (machine.times().free(wave.graph(), node)) continue;
            long last = epoch + machine.times().epochs(wave.graph(), node) - 1;
            othersUntil = Math.max(othersUntil, last);
            othersLanes |= joins;
            othersMeasure |= wave.graph().opcode(node).shape().outputs > 0;
            othersMagic |= states(wave, node) > 0;
        }
    }

    private long states(EpochPlan.Start wave, int node) {
        int ofShot = machine.times().states(wave.graph(), node, machine.statesPerRotation());
        return (long) ofShot * wave.shots();
    }

    private static boolean joins(Graph graph, int node) {
        Opcode opcode = graph.opcode(node);
        boolean apart = opcode == Opcode.ALLOC_LQ || opcode == Opcode.FREE_LQ;
        apart |= opcode == Opcode.RESET || opcode.inSoftware();
        return !apart && graph.count(node, Operand.Kind.QUBIT) > 1;
    }

    private void reported(EpochReport report, List<Notice> notices) {
        fault = report.faults().stream().anyMatch(found -> isOwn(found.job()));
        boolean less = works && others(wait);
        timeline.add(use(), less);
        if (works) othersPairs = false;
        for (int i = 0; i < report.supply().factories(); i++) states += report.supply().magic(i);
        states = Math.min(states, buffer);
        if (!fault) reached += issued;
        for (Notice notice : notices) {
            if (!(notice instanceof Notice.JobChanged(var job, var state, var _)) || !isOwn(job)) {
                continue;
            }
            over |= state.isFinal();
            if (state == JobState.QUEUED) waveEnded();
        }
    }

    /// A wave is over: whole, or to run again.
    private void waveEnded() {
        waves.remove(watched.orElseThrow());
        long done = status().map(JobStatus::shotsDone).orElse(shotsDone);
        reachedBefore = done > shotsDone ? 0 : Math.max(reachedBefore, reached);
        reached = 0;
        shotsDone = done;
    }

    /// The kernel did something to the job.
    private void handled(String what) {
        boolean makesRoom = MAKES_ROOM.contains(what);
        if (!makesRoom && !fault && !what.equals(HOT)) return;
        blamed = makesRoom ? EpochUse.CO_TENANTS : EpochUse.FAULTS;
        reachedBefore = Math.max(reachedBefore, reached);
    }

    /// What the open epoch went to.
    private EpochUse use() {
        boolean queued = !waves.containsKey(watched.orElseThrow());
        if (queued) return waves.isEmpty() ? EpochUse.ROUTING : EpochUse.CO_TENANTS;
        if (fault) return EpochUse.FAULTS;
        // A step that takes nothing of the machine is one too where nothing is in its way.
        boolean goesOn = wait == WaitCause.NOTHING || wait == WaitCause.LASTING;
        goesOn |= wait == WaitCause.OPERATIONS && ownUntil >= epoch;
        if (works || goesOn) {
            boolean again = issued < 0 || reached < reachedBefore;
            return again ? blamed : EpochUse.WORK;
        }
        return others(wait) ? EpochUse.CO_TENANTS : alone(wait);
    }

    /// Whether others took what the job lacks.
    private boolean others(WaitCause lacks) {
        return switch (lacks) {
            case OPERATIONS -> othersUntil >= epoch;
            case LANES, ROUTES -> othersLanes;
            case MEASUREMENTS -> othersMeasure;
            case MAGIC -> othersMagic && wouldSuffice();
            case BELL -> othersPairs;
            case QUEUE, PARTITION, FIREWALL -> true;
            case NOTHING, PARKED, LASTING, OUTCOMES, MOVING, BACKLOG -> false;
        };
    }

    /// Whether there would be enough states for the node that comes next had nobody else taken any.
    private boolean wouldSuffice() {
        int next = (int) (reached + issued);
        if (next >= order.length) return order.length == 0;
        return states >= states(waves.get(watched.orElseThrow()), order[next]);
    }

    /// What a job waited for that others did not take.
    private EpochUse alone(WaitCause cause) {
        return switch (cause) {
            case OUTCOMES, BACKLOG, MEASUREMENTS -> EpochUse.DECODER;
            case MAGIC -> EpochUse.MAGIC;
            case BELL -> EpochUse.LINK;
            case LANES, ROUTES, OPERATIONS -> EpochUse.ROUTING;
            // It leaves a hot module, or makes room.
            case MOVING -> blamed;
            case PARKED -> EpochUse.FAULTS;
            case QUEUE, PARTITION, FIREWALL -> EpochUse.CO_TENANTS;
            case NOTHING, LASTING -> EpochUse.WORK;
        };
    }
}
