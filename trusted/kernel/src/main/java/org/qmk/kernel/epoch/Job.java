package org.qmk.kernel.epoch;

import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.CanonicalForm;
import org.qmk.verifier.Verified;

/// A job in flight. Its shots run in waves; the shots of a wave run in step.
public final class Job {

    final JobId id;
    final TenantId tenant;
    final SessionId session;
    final Verified program;
    final JobPolicy policy;
    final Layers layers;
    private final byte[] programDigest;

    /// Shots of the waves that are over.
    long shotsDone;

    /// Shots of the wave that runs, or 0.
    int waveShots;

    Placement placement = Placement.NOWHERE;

    /// Whether the device has been told of the wave.
    boolean started;

    /// Position in the layers of the first node not yet done.
    int done;

    /// Position past the last node issued; the nodes from `done` are with the device.
    int issued;

    /// The epoch in which the job last came first in a round, or in which its wave was placed.
    long firstAt;

    boolean cancelled;

    Job(JobId id, TenantId tenant, SessionId session, Verified program, JobPolicy policy) {
        this.id = id;
        this.tenant = tenant;
        this.session = session;
        this.program = program;
        this.programDigest = CanonicalForm.digest(program.graph());
        this.policy = policy;
        this.layers = Layers.of(program);
    }

    public JobId id() {
        return id;
    }

    public SessionId session() {
        return session;
    }

    public Verified program() {
        return program;
    }

    /// Blocks that one shot holds.
    int slots() {
        return program.qubitsPeak();
    }

    /// Whether a wave runs and has issued its last node.
    boolean waveOver() {
        return started && issued == layers.size();
    }

    /// Whether a wave runs or is about to.
    boolean running() {
        return waveShots > 0;
    }

    void writeTo(ByteWriter out) {
        out.uint(id.number()).uint(tenant.number()).uint(session.number()).raw(programDigest);
        out.uint(policy.shots()).u64(policy.seed()).uint(shotsDone);
        out.uint(waveShots).uint(done).uint(issued).uint(firstAt);
        out.u8((started ? 1 : 0) | (cancelled ? 2 : 0));
    }
}
