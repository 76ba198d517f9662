package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.*;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Invariant;

/// The jobs in flight. A job that ended is forgotten once its end was told.
public final class JobTable {

    /// How one tenant's jobs stand in its queue.
    private static final Comparator<Job> IN_QUEUE =
            Comparator.<Job>comparingInt(job -> -job.policy.priority())
                    .thenComparingLong(job -> job.acceptedAt)
                    .thenComparing(Job::id);

    private final TreeMap<JobId, Job> jobs = new TreeMap<>();

    /// Jobs with a wave, in the order in which their waves were placed.
    private final List<Job> running = new ArrayList<>();

    /// Jobs without one, by tenant; no queue is empty.
    private final TreeMap<Integer, TreeSet<Job>> waiting = new TreeMap<>();

    /// By tenant, while it has jobs in flight: how many, and how many blocks they hold.
    private final TreeMap<Integer, int[]> inFlight = new TreeMap<>();

    /// By tenant: the number of jobs that it ever had.
    private final List<Long> tickets = new ArrayList<>();

    private final Agenda agenda;

    /// By epoch modulo the length: operations that those of epochs before still take.
    private final long[] held;

    /// Epochs from one in which a job may run to the next.
    private final int stride;

    private final FairShare space = new FairShare();
    private final FairShare rates = new FairShare();
    private int waitingCount;

    /// Whether a waiting job may have a reason to end.
    private boolean sweep;

    private long accepted;

    /// Number of the epoch that was opened last, 0 before the first.
    private long epoch;

    /// Whether that epoch waits for its report.
    private boolean open;

    /// Waves that ended since the last plan, which the device has not been told of.
    private final List<JobId> untoldEnds = new ArrayList<>();

    /// The tenant whose job was last given a wave, 0 if none was.
    private int lastTurn;

    /// @param partitions see `Policy`
    /// @param epochsMax epochs in which one node takes operations, at the most
    public JobTable(Agenda agenda, int partitions, int epochsMax) {
        this.agenda = agenda;
        this.stride = Math.max(1, partitions);
        this.held = new long[stride * epochsMax];
    }

    /// Operations of the next epoch that those of epochs before take.
    public long held() {
        return held[(int) ((epoch + 1) % held.length)];
    }

    public long epoch() {
        return epoch;
    }

    public boolean isOpen() {
        return open;
    }

    List<JobId> untoldEnds() {
        return List.copyOf(untoldEnds);
    }

    public int size() {
        return jobs.size();
    }

    int lastTurn() {
        return lastTurn;
    }

    public List<Job> running() {
        return running;
    }

    TreeMap<Integer, TreeSet<Job>> waiting() {
        return waiting;
    }

    boolean sweep() {
        return sweep;
    }

    int waitingCount() {
        return waitingCount;
    }

    public Agenda agenda() {
        return agenda;
    }

    /// Whether something is reserved for a job. What is not done by the end of its time goes on as
    /// a job without a deadline does.
    public boolean reserved(Job job) {
        return epoch + 1 < job.reservation.end();
    }

    FairShare space() {
        return space;
    }

    FairShare rates() {
        return rates;
    }

    /// All jobs, by number.
    public List<Job> all() {
        return new ArrayList<>(jobs.values());
    }

    /// A job in flight that belongs to the session; nothing for a forged number and for a job of
    /// somebody else alike.
    public Optional<Job> find(SessionId session, JobId id) {
        return find(id).filter(job -> job.session.equals(session));
    }

    public Optional<Job> find(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    public int countOf(TenantId tenant) {
        int[] counts = inFlight.get(tenant.number());
        return counts == null ? 0 : counts[0];
    }

    int blocksOf(TenantId tenant) {
        int[] counts = inFlight.get(tenant.number());
        return counts == null ? 0 : counts[1];
    }

    /// The job that would be accepted next. Changes nothing.
    public Job draft(
            TenantId tenant,
            SessionId session,
            Job.Draft draft,
            JobPolicy policy,
            Entitlement entitlement) {
        int at = tenant.number() - 1;
        long ticket = at < tickets.size() ? tickets.get(at) + 1 : 1;
        return new Job(
                new JobId(accepted + 1),
                ticket,
                tenant,
                session,
                draft,
                policy,
                entitlement,
                epoch);
    }

    /// Takes in the job that was drafted last.
    public void accept(Job job) {
        Invariant.hold(job.id.number() == accepted + 1, "jobs are accepted as they are drafted");
        jobs.put(job.id, job);
        accepted++;
        while (tickets.size() < job.tenant.number()) tickets.add(0L);
        tickets.set(job.tenant.number() - 1, job.ticket);
        int[] counts = inFlight.computeIfAbsent(job.tenant.number(), _ -> new int[2]);
        if (counts[0]++ == 0) {
            space.enter(job.tenant.number());
            rates.enter(job.tenant.number());
        }
        if (job.reservation != Agenda.Reservation.NONE) agenda.add(job.reservation);
        enqueue(job);
    }

    public void cancel(Job job) {
        job.cancelled = true;
        sweep = true;
    }

    public void park(Job job, boolean parked) {
        job.parked = parked;
        job.servedAt = epoch;
    }

    /// Notes that a job's session lost what the job needs.
    public void disentitle(Job job) {
        job.entitled = false;
        sweep = true;
    }

    /// Makes a job end at the next report.
    public void doom(Job job, EndCause cause) {
        job.doom = cause;
        sweep = true;
    }

    /// Asks for a wave to leave its module.
    ///
    /// @param module the module that it is to go to, -1 for any that is well
    public void ask(Job job, int module) {
        job.toMove = true;
        job.moveTo = module;
    }

    /// Notes which qubit of a job is to be entangled over which channel; channel 0 for none.
    public void name(Job job, int channel, int qubit) {
        job.offeredChannel = channel;
        job.offeredQubit = qubit;
    }

    /// Has a job leave its module: it takes back what it can, and moves.
    public void leave(Job job) {
        ask(job, -1);
        if (job.started && job.undoTo < 0 && job.arrived == job.expected) {
            takeBack(job, Job.After.GO_ON);
        }
    }

    /// Gives a waiting job a wave of the given number of shots.
    ///
    /// @param spansModules whether some shot of it lies in more than one module
    /// @param head the job that should have come first
    public void place(WaveQueue.Want want, Placement placement, boolean spansModules, Job head) {
        Job job = want.job();
        Invariant.hold(!job.running(), "a job runs one wave at a time");
        dequeue(job);
        running.add(job);
        job.placement = placement;
        job.waveShots = want.shots();
        job.servedAt = epoch;
        job.passedBy = 0;
        job.spansModules = spansModules;
        inFlight.get(job.tenant.number())[1] += (int) placement.blocks();
        space.add(job.tenant.number(), want.charge());
        lastTurn = job.tenant.number();
        if (head != job) head.passedBy++;
    }

    /// Has a wave move to other blocks.
    ///
    /// @param pairs pairs between modules that it takes
    /// @param epochs epochs that it takes at the least
    public void move(Job job, Placement to, long pairs, long epochs) {
        // Without qubits there is nothing to wait for.
        job.moving = to.extents().isEmpty() ? Placement.NOWHERE : to;
        job.movePairs = pairs;
        job.moveUntil = epoch + epochs;
        job.toMove = false;
        inFlight.get(job.tenant.number())[1] += (int) to.blocks();
    }

    /// Has a running job do its part of an epoch that begins, before `apply`.
    ///
    /// @param place among the running jobs
    public void advance(EpochScheduler.Opening opening, int place) {
        Job job = running.get(place);
        job.issuedBefore = job.issued;
        job.wait = opening.waits()[place];
        boolean own = (epoch + 1) % stride == job.tenantNumber % stride;
        if (own && job.lasting > 0) job.lasting--;
        if (job.wait == WaitCause.LASTING) job.servedAt = epoch + 1;
        if (job.wait == WaitCause.FIREWALL) doom(job, EndCause.FIREWALL);
        int end = opening.ends()[place];
        if (end == job.issued) return;
        if (job.arrived == job.expected) job.awaitedSince = epoch + 1;
        if (job.layers.anyLasts()) hold(job, end);
        job.reach(end);
        job.servedAt = epoch + 1;
        rates.add(job.tenantNumber, opening.charges()[place]);
    }

    /// Keeps operations for what takes more than one epoch.
    private void hold(Job job, int end) {
        job.lasting = Math.max(job.lasting, job.layers.lasting(job.issued, end));
        // By the epochs that they take.
        TreeMap<Integer, Long> operations = new TreeMap<>();
        for (int at = Math.min(job.issued, end); at < Math.max(job.issued, end); at++) {
            int epochs = job.layers.epochs(at);
            if (epochs > 1) operations.merge(epochs, (long) job.waveShots, Long::sum);
        }
        for (Map.Entry<Integer, Long> some : operations.entrySet()) {
            for (long i = 1; i < some.getKey(); i++) {
                held[(int) ((epoch + 1 + i * stride) % held.length)] += some.getValue();
            }
        }
    }

    /// Begins an epoch.
    public void apply(EpochScheduler.Opening opening) {
        epoch++;
        held[(int) (epoch % held.length)] = 0;
        for (Job job : opening.starts()) job.started = true;
        for (EpochScheduler.Way way : opening.ways()) giveWay(way);
        for (EpochScheduler.Moving move : opening.moves()) {
            Job job = move.job();
            job.movePairs = move.pairsLeft();
            if (!move.done()) continue;
            inFlight.get(job.tenant.number())[1] -= (int) job.placement.blocks();
            job.placement = job.moving;
            job.moving = Placement.NOWHERE;
        }
        rates.advance(opening.leastTime());
        untoldEnds.clear();
        open = true;
        Invariant.hold(opening.plan().epoch() == epoch, "plans are numbered one after another");
    }

    private void giveWay(EpochScheduler.Way way) {
        Job job = way.job();
        job.gaveWay++;
        switch (way.how()) {
            case RUN_ON -> job.gaveWay--;
            case PARK -> ask(job, -1);
            case UNCOMPUTE -> takeBack(job, Job.After.GIVE_WAY);
            case RESTART -> job.restart = true;
        }
    }

    /// Begins to take back all of the wave that can be.
    void takeBack(Job job, Job.After after) {
        job.undoTo = job.layers.reversibleFrom(job.issued);
        job.afterUndo = after;
    }

    /// Ends an epoch.
    public void apply(ReportReading.Closing closing) {
        open = false;
        sweep = false;
        for (ReportReading.Arrival arrival : closing.arrivals()) {
            arrival.job().arrived += arrival.count();
            arrival.job().awaitedSince = epoch;
        }
        for (Job job : closing.undone()) job.undoTo = -1;
        for (ReportReading.Failure failure : closing.failures()) {
            Job job = failure.job();
            job.rollbacks++;
            if (failure.waveLost()) continue;
            job.reach(job.issuedBefore);
            takeBack(job, Job.After.GO_ON);
        }
        for (Job job : closing.waveEnds()) {
            boolean whole = job.waveOver(job.arrived) && !closing.lost(job);
            if (job.started) untoldEnds.add(job.id);
            if (whole) job.shotsDone += job.waveShots;
            inFlight.get(job.tenant.number())[1] -= (int) ReportReading.Closing.held(job);
            job.endWave();
            running.remove(job);
            job.servedAt = epoch;
            enqueue(job);
        }
        for (Notice.JobChanged change : closing.changes()) {
            if (change.state().isFinal()) forget(change.job());
        }
    }

    private void forget(JobId id) {
        Job job = jobs.remove(id);
        Invariant.hold(job != null && !job.running(), "a job ends once, without a wave");
        dequeue(job);
        agenda.remove(job.reservation);
        int[] counts = inFlight.get(job.tenant.number());
        if (--counts[0] == 0) inFlight.remove(job.tenant.number());
    }

    private void enqueue(Job job) {
        waiting.computeIfAbsent(job.tenant.number(), _ -> new TreeSet<>(IN_QUEUE)).add(job);
        waitingCount++;
    }

    private void dequeue(Job job) {
        TreeSet<Job> queue = waiting.get(job.tenant.number());
        Invariant.hold(queue.remove(job), "a job waits before it runs or ends");
        if (queue.isEmpty()) waiting.remove(job.tenant.number());
        waitingCount--;
    }

    /// Writes the counters, and every slices-th job with all that is remembered of it.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        out.uint(epoch).u8(open ? 1 : 0).uint(untoldEnds.size());
        for (JobId job : untoldEnds) out.uint(job.number());
        out.uint(accepted).uint(lastTurn).uint(jobs.size()).uint(waitingCount);
        for (int i = slice; i < running.size(); i += slices) running.get(i).writeTo(out);
        for (int i = slice; i < tickets.size(); i += slices) {
            out.uint(tickets.get(i));
            TreeSet<Job> queue = waiting.get(i + 1);
            if (queue != null) for (Job job : queue) job.writeTo(out);
        }
        space.writeSlice(out, slice, slices);
        rates.writeSlice(out, slice, slices);
        if (slice == 0) agenda.writeTo(out);
        if (held.length > stride) for (long operations : held) out.uint(operations);
    }
}
