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
    /// Number of the epoch that the device carries out, 0 before the first.
    private long epoch;
    /// The job that came first in the last round, 0 if none did.
    private long firstServed;
    /// The tenant whose job was last asked a placement for, 0 if none was.
    private int lastTurn;

    public long epoch() {
        return epoch;
    }

    public int size() {
        return jobs.size();
    }

    long firstServed() {
        return firstServed;
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

    /// Blocks that the placement must have which the job waits for, or 0 if it waits for none.
    public int wantedBlocks(Job job) {
        return job.wantedShots * job.slots();
    }

    public boolean isWanted(Job job) {
        return job.wantedShots > 0;
    }

    public Job accept(
            TenantId tenant,
            SessionId session,
            Verified program,
            byte[] programDigest,
            JobPolicy policy) {
        var job = new Job(new JobId(++accepted), tenant, session, program, programDigest, policy);
        jobs.put(job.id, job);
        return job;
    }

    public void cancel(Job job) {
        job.cancelled = true;
    }

    /// Gives a waiting job the placement that it wanted.
    public void place(Job job, Placement placement) {
        job.placement = placement;
        job.waveShots = job.wantedShots;
        job.wantedShots = 0;
        job.started = false;
        job.done = 0;
        job.issued = 0;
    }

    /// Carries out what `EpochScheduler` decided.
    public void apply(EpochScheduler.Decision decision) {
        for (Job job : jobs.values()) {
            job.done = job.issued;
            job.wantedShots = 0;
        }
        for (Job job : decision.waveEnds()) {
            job.shotsDone += job.waveShots;
            job.waveShots = 0;
            job.placement = Placement.NOWHERE;
        }
        for (Notice.JobChanged change : decision.changes()) {
            if (!change.state().isFinal()) continue;
            Invariant.hold(jobs.remove(change.job()) != null, "a job ends once");
        }
        for (Job job : decision.starts()) job.started = true;
        for (EpochScheduler.Stretch stretch : decision.stretches()) {
            stretch.job().issued = stretch.end();
        }
        for (EpochScheduler.Want want : decision.wants()) {
            want.job().wantedShots = want.shots();
            lastTurn = want.job().tenant.number();
        }
        firstServed = decision.firstServed();
        epoch++;
        Invariant.hold(decision.plan().epoch() == epoch, "plans are numbered one after another");
    }

    /// Writes all that this table remembers.
    public void writeTo(ByteWriter out) {
        out.uint(epoch).uint(accepted).uint(firstServed).uint(lastTurn).uint(jobs.size());
        for (Job job : jobs.values()) job.writeTo(out);
    }
}
