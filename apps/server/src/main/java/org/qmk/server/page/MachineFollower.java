package org.qmk.server.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.qmk.device.Condition;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.device.Supply;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.runtime.Witness;
import org.qmk.server.engine.JobKey;

/// Follows a machine from what its kernel takes and says, and takes a picture of it now and then.
///
/// One thread tells it, which pays for what changed. Pictures are for every thread.
public final class MachineFollower implements Witness {

    /// Between two pictures at least.
    private static final long NANOS_PER_PICTURE = 100_000_000;

    private static final int MISHAPS_KEPT = 64;
    private static final int RECENT_KEPT = 100;

    /// Ended jobs whose timelines are kept.
    private static final int ENDED_KEPT = 2_000;

    private static final class Tenant {
        final TenantId id;
        long held;
        int queued;
        int running;
        int parked;
        long operations;
        long states;
        private long blockEpochs;
        private long heldSince;

        Tenant(TenantId id) {
            this.id = id;
        }

        /// Counts blocks from after the epoch on.
        void hold(long more, long epoch) {
            blockEpochs = blockEpochs(epoch);
            heldSince = epoch;
            held += more;
        }

        long blockEpochs(long epoch) {
            return blockEpochs + held * (epoch - heldSince);
        }

        void count(JobState state, int jobs) {
            switch (state) {
                case QUEUED -> queued += jobs;
                case RUNNING -> running += jobs;
                case PARKED -> parked += jobs;
                case COMPLETED, FAILED, CANCELLED -> {}
            }
        }

        MachinePicture.Load load(long epoch) {
            return new MachinePicture.Load(
                    id, held, queued, running, parked, blockEpochs(epoch), operations, states);
        }
    }

    private static final class Job {
        final JobKey key;
        final Tenant tenant;
        final Graph graph;
        final TimelineDraft timeline;
        JobState state = JobState.QUEUED;
        int shots;
        Placement at = Placement.NOWHERE;

        /// Where it moves to.
        Placement target = Placement.NOWHERE;

        Job(JobKey key, Tenant tenant, Graph graph, long epoch) {
            this.key = key;
            this.tenant = tenant;
            this.graph = graph;
            this.timeline = new TimelineDraft(epoch);
        }
    }

    private record Run(int length, Job job) {}

    private record ModeKey(Condition condition, int subject) implements Comparable<ModeKey> {
        @Override
        public int compareTo(ModeKey other) {
            int byCondition = condition.compareTo(other.condition);
            return byCondition != 0 ? byCondition : Integer.compare(subject, other.subject);
        }
    }

    private final MachineShape shape;
    private final LongSupplier nanoTime;
    private final Map<SessionId, TenantId> owners = new HashMap<>();
    private final TreeMap<Integer, Tenant> tenants = new TreeMap<>();
    private final Map<JobId, Job> jobs = new HashMap<>();

    /// By the first block of each.
    private final TreeMap<Integer, Run> runs = new TreeMap<>();

    private final TreeMap<ModeKey, MachinePicture.Mode> modes = new TreeMap<>();
    private final ArrayDeque<MachinePicture.Mishap> mishaps = new ArrayDeque<>();
    private final ArrayDeque<JobKey> recent = new ArrayDeque<>();
    private final Map<JobKey, TimelineDraft> timelines = new HashMap<>();
    private final ArrayDeque<JobKey> ended = new ArrayDeque<>();
    private final long[] magic;
    private final long[] pairs;
    private long backlogRounds;
    private long held;

    /// The epoch that was begun last, and the one that was closed last.
    private long epoch;

    private long closed;
    private String digest = "";
    private int rounds;
    private volatile MachinePicture picture;

    /// Whether something changed since the picture was taken.
    private volatile boolean behind;

    public MachineFollower(MachineShape shape) {
        this(shape, System::nanoTime);
    }

    MachineFollower(MachineShape shape, LongSupplier nanoTime) {
        this.shape = shape;
        this.nanoTime = nanoTime;
        this.magic = new long[shape.factories().size()];
        this.pairs = new long[shape.links().size()];
        this.rounds = shape.roundsPerEpoch();
        take();
    }

    MachineShape shape() {
        return shape;
    }

    /// The picture that was taken last.
    MachinePicture picture() {
        return picture;
    }

    /// Whether something changed and the picture is old enough to be taken anew.
    boolean isDue() {
        return behind && nanoTime.getAsLong() - picture.nanos() >= 2 * NANOS_PER_PICTURE;
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        switch (input) {
            case Input.OpenSession(var tenant) -> {
                if (notices.getFirst() instanceof Notice.SessionOpened(var session)) {
                    owners.put(session, tenant);
                }
            }
            case Input.Submit submit -> submit(submit, notices.getFirst());
            case Input.Propose(var job, var placement) -> place(job, placement, notices);
            case Input.Begin _ -> {
                for (Notice notice : notices) {
                    if (notice instanceof Notice.Planned(var plan)) begin(plan);
                }
            }
            case Input.Report(var report) -> report(report);
            case Input.AddTenant _,
                    Input.SetTenant _,
                    Input.CloseSession _,
                    Input.Grant _,
                    Input.Derive _,
                    Input.Revoke _,
                    Input.Cancel _,
                    Input.Checkpoint _,
                    Input.Restore _,
                    Input.Migrate _,
                    Input.OfferChannel _,
                    Input.AcceptChannel _,
                    Input.UseChannel _,
                    Input.CloseChannel _,
                    Input.Purify _ -> {}
        }
        boolean reported = input instanceof Input.Report;
        for (Notice notice : notices) told(notice, reported);
        if (reported && nanoTime.getAsLong() - picture.nanos() >= NANOS_PER_PICTURE) take();
    }

    private void told(Notice notice, boolean reported) {
        switch (notice) {
            case Notice.SessionClosed(var session) -> owners.remove(session);
            case Notice.JobChanged(var job, var state, var _) -> change(job, state, reported);
            case Notice.JobHandled(var job, var what) -> {
                Job found = jobs.get(job);
                if (found != null) found.timeline.mark(epoch, what);
            }
            case Notice.ModeChanged(var condition, int subject, int level) -> {
                var key = new ModeKey(condition, subject);
                if (level == 0) modes.remove(key);
                else modes.put(key, new MachinePicture.Mode(condition, subject, level, epoch));
            }
            case Notice.EpochClosed(long number, var hash, var _) -> {
                closed = number;
                digest = hash;
                behind = true;
            }
            case Notice.TenantAdded _,
                    Notice.TenantSet _,
                    Notice.SessionOpened _,
                    Notice.Granted _,
                    Notice.Revoked _,
                    Notice.Accepted _,
                    Notice.Refused _,
                    Notice.ChannelChanged _,
                    Notice.Entangled _,
                    Notice.Planned _ -> {}
        }
    }

    private void submit(Input.Submit input, Notice answer) {
        if (!(answer instanceof Notice.Accepted(var id, long ticket))) return;
        TenantId owner = owners.get(input.session());
        Tenant tenant = tenants.computeIfAbsent(owner.number(), _ -> new Tenant(owner));
        var job = new Job(new JobKey(owner, ticket), tenant, input.program().graph(), epoch);
        jobs.put(id, job);
        timelines.put(job.key, job.timeline);
        tenant.count(job.state, 1);
        recent.addFirst(job.key);
        if (recent.size() > RECENT_KEPT) recent.removeLast();
        behind = true;
    }

    private void place(JobId id, Placement placement, List<Notice> notices) {
        Job job = jobs.get(id);
        boolean refused = !notices.isEmpty() && notices.getFirst() instanceof Notice.Refused;
        if (refused || job == null) return;
        boolean moves = job.at.blocks() > 0;
        if (moves) job.target = placement;
        else job.at = placement;
        for (Extent extent : placement.extents()) {
            runs.put(extent.start(), new Run(extent.length(), job));
        }
        hold(job, placement.blocks());
    }

    private void hold(Job job, long blocks) {
        held += blocks;
        job.tenant.hold(blocks, epoch);
    }

    private void release(Job job, Placement placement) {
        for (Extent extent : placement.extents()) runs.remove(extent.start());
        hold(job, -placement.blocks());
    }

    private void begin(EpochPlan plan) {
        for (EpochPlan.Move move : plan.moves()) {
            Job job = jobs.get(move.job());
            if (job == null) continue;
            release(job, job.at);
            job.at = job.target;
            job.target = Placement.NOWHERE;
        }
        epoch = plan.epoch();
        rounds = plan.rounds();
        for (EpochPlan.Start start : plan.starts()) {
            Job job = jobs.get(start.job());
            if (job == null) continue;
            job.shots = start.shots();
            job.timeline.begin(epoch, start);
        }
        for (EpochPlan.Issue issue : plan.issues()) {
            Job job = jobs.get(issue.job());
            if (job != null) issue(job, issue);
        }
    }

    private void issue(Job job, EpochPlan.Issue issue) {
        job.timeline.work(epoch);
        long operations = 0;
        long states = 0;
        for (int place = 0; place < issue.size(); place++) {
            Opcode opcode = job.graph.opcode(issue.node(place));
            if (opcode.inSoftware()) continue;
            operations++;
            boolean rotation = opcode.family() == Family.ROTATION;
            states += rotation ? shape.statesPerRotation() : opcode.tCount();
        }
        job.tenant.operations += operations * job.shots;
        job.tenant.states += states * job.shots;
    }

    private void report(EpochReport report) {
        Supply supply = report.supply();
        backlogRounds = supply.backlogRounds();
        // A device that lies may tell of sources that are not there.
        for (int i = 0; i < Math.min(magic.length, supply.factories()); i++) {
            magic[i] += supply.magic(i);
        }
        for (int i = 0; i < Math.min(pairs.length, supply.links()); i++) {
            pairs[i] += supply.pairs(i);
        }
        for (EpochReport.Fault fault : report.faults()) {
            Job job = jobs.get(fault.job());
            if (job == null) continue;
            job.timeline.mark(epoch, fault.cause());
            mishaps.addFirst(
                    new MachinePicture.Mishap(epoch, job.key, fault.kind(), fault.cause()));
            if (mishaps.size() > MISHAPS_KEPT) mishaps.removeLast();
        }
    }

    /// @param reported whether an epoch ends: only then do waves end
    private void change(JobId id, JobState state, boolean reported) {
        Job job = jobs.get(id);
        if (job == null) return;
        JobState before = job.state;
        job.tenant.count(before, -1);
        job.state = state;
        job.tenant.count(state, 1);
        if (reported && (state == JobState.QUEUED || state.isFinal())) {
            release(job, job.at);
            release(job, job.target);
            job.at = Placement.NOWHERE;
            job.target = Placement.NOWHERE;
            job.timeline.endWave(epoch);
        }
        if (state == JobState.PARKED) job.timeline.park(epoch);
        else if (before == JobState.PARKED && !state.isFinal()) job.timeline.resume(epoch);
        if (state.isFinal()) {
            job.timeline.end(epoch);
            jobs.remove(id);
            ended.add(job.key);
            if (ended.size() > ENDED_KEPT) timelines.remove(ended.remove());
        }
        behind = true;
    }

    /// Takes a picture. For the thread that tells of changes.
    void take() {
        var draft = new BlockRuns.Draft(runs.size());
        for (Map.Entry<Integer, Run> entry : runs.entrySet()) {
            Run run = entry.getValue();
            JobKey key = run.job().key;
            draft.add(entry.getKey(), run.length(), key.tenant().number(), key.ticket());
        }
        List<MachinePicture.Load> loads = new ArrayList<>(tenants.size());
        for (Tenant tenant : tenants.values()) loads.add(tenant.load(closed));
        picture =
                new MachinePicture(
                        closed,
                        digest,
                        nanoTime.getAsLong(),
                        rounds,
                        draft.runs(),
                        held,
                        loads,
                        new MachinePicture.Supplies(boxed(magic), boxed(pairs), backlogRounds),
                        List.copyOf(modes.values()),
                        List.copyOf(mishaps),
                        List.copyOf(recent));
        behind = false;
    }

    private static List<Long> boxed(long[] numbers) {
        List<Long> list = new ArrayList<>(numbers.length);
        for (long number : numbers) list.add(number);
        return list;
    }

    /// A job's timeline; none if it is unknown or too old. For the thread that tells of changes.
    Optional<JobTimeline> timeline(JobKey key) {
        return Optional.ofNullable(timelines.get(key)).map(draft -> draft.at(closed));
    }
}
