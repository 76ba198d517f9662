package org.qmk.kernel.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Invariant;
import org.qmk.verifier.Verified;

/// The jobs in flight, by number. A job that ended is forgotten once its end was told.
public final class JobTable {

    private final TreeMap<JobId, Job> jobs = new TreeMap<>();
    private long accepted;

    /// Number of the epoch that was opened last, 0 before the first.
    private long epoch;

    /// Whether that epoch waits for its report.
    private boolean open;

    /// Waves that ended since the last plan, which the device has not been told of.
    private final List<JobId> untoldEnds = new ArrayList<>();

    /// The tenant whose job was last given a wave, 0 if none was.
    private int lastTurn;

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

    /// All jobs, by number.
    List<Job> all() {
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
        int count = 0;
        for (Job job : jobs.values()) {
            if (job.tenant.equals(tenant)) count++;
        }
        return count;
    }

    /// The job that would be accepted next. Changes nothing; all that takes long is done here.
    public Job draft(TenantId tenant, SessionId session, Verified program, JobPolicy policy) {
        return new Job(new JobId(accepted + 1), tenant, session, program, policy);
    }

    /// Takes in the job that was drafted last.
    public void accept(Job job) {
        Invariant.hold(job.id.number() == accepted + 1, "jobs are accepted as they are drafted");
        jobs.put(job.id, job);
        accepted++;
    }

    public void cancel(Job job) {
        job.cancelled = true;
    }

    /// Gives a waiting job a wave of the given number of shots.
    public void place(Job job, int shots, Placement placement) {
        Invariant.hold(!job.running(), "a job runs one wave at a time");
        job.placement = placement;
        job.waveShots = shots;
        job.started = false;
        job.done = 0;
        job.issued = 0;
        job.firstAt = epoch;
        lastTurn = job.tenant.number();
    }

    /// Begins an epoch.
    public void apply(EpochScheduler.Opening opening) {
        for (Job job : opening.starts()) job.started = true;
        for (EpochScheduler.Stretch stretch : opening.stretches()) {
            stretch.job().issued = stretch.end();
        }
        untoldEnds.clear();
        open = true;
        epoch++;
        if (!opening.round().isEmpty()) opening.round().getFirst().firstAt = epoch;
        Invariant.hold(opening.plan().epoch() == epoch, "plans are numbered one after another");
    }

    /// Ends an epoch.
    public void apply(EpochScheduler.Closing closing) {
        open = false;
        for (Job job : jobs.values()) job.done = job.issued;
        for (Job job : closing.waveEnds()) {
            if (job.started) untoldEnds.add(job.id);
            job.shotsDone += job.waveShots;
            job.waveShots = 0;
            job.started = false;
            job.placement = Placement.NOWHERE;
        }
        for (Notice.JobChanged change : closing.changes()) {
            if (!change.state().isFinal()) continue;
            Invariant.hold(jobs.remove(change.job()) != null, "a job ends once");
        }
    }

    /// Writes all that this table remembers.
    public void writeTo(ByteWriter out) {
        out.uint(epoch).u8(open ? 1 : 0).uint(untoldEnds.size());
        for (JobId job : untoldEnds) out.uint(job.number());
        out.uint(accepted).uint(lastTurn).uint(jobs.size());
        for (Job job : jobs.values()) job.writeTo(out);
    }
}
