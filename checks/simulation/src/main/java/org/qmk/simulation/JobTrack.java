package org.qmk.simulation;

import java.util.Arrays;
import java.util.List;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.JobPolicy;

/// A job in flight as the world knows it.
final class JobTrack {

    final JobId id;
    final long ticket;
    final TenantTrack tenant;
    final int session;
    final ProgramFacts facts;
    final JobPolicy policy;
    final long acceptedAt;

    /// What it was accepted on.
    final List<CapabilityTrack> rights;

    long shotsDone;
    int rollbacks;

    // What its owner and others asked for.
    boolean cancelled;
    boolean closed;

    /// Whether something happened to it that excuses a missed deadline.
    boolean disturbed;

    // The wave.
    boolean placed;
    boolean started;
    int waveShots;
    Placement placement = Placement.NOWHERE;
    Placement moving = Placement.NOWHERE;
    boolean parked;

    /// Whether nodes are being taken back, or the wave makes room.
    boolean goesBack;

    /// By node: the epoch in which it was issued, 0 if it was not.
    final long[] issuedIn;

    /// By node: the first epoch in which all that followed it and was taken back is over.
    final long[] backFrom;

    /// Nodes issued, the last on top.
    final int[] stack;

    int depth;

    /// `depth` before the open epoch, and whether nodes were taken back in it.
    int depthBefore;

    boolean backwards;

    /// The last epoch of all that was issued.
    long lastsUntil;

    /// Events that were issued, in their order.
    final int[] awaited;

    int expected;
    int arrived;
    long awaitedSince;

    /// By event: whether it was told.
    final boolean[] known;

    // What the report of the open epoch says of it.
    boolean liedAbout;
    boolean refused;
    boolean faulted;
    boolean lost;

    /// Epochs in a row in which it could have gone on and did not.
    long ready;

    /// Jobs that were served longer ago, at the most, in these epochs.
    int rivals;

    /// The epoch in which it was last served, given blocks, parked or let go on.
    long servedAt;

    JobTrack(
            JobId id,
            long ticket,
            TenantTrack tenant,
            int session,
            ProgramFacts facts,
            JobPolicy policy,
            long acceptedAt,
            List<CapabilityTrack> rights) {
        this.id = id;
        this.ticket = ticket;
        this.tenant = tenant;
        this.session = session;
        this.facts = facts;
        this.policy = policy;
        this.acceptedAt = acceptedAt;
        this.rights = rights;
        this.issuedIn = new long[facts.size];
        this.backFrom = new long[facts.size];
        this.stack = new int[facts.size];
        int events = facts.graph.events().size();
        this.awaited = new int[events];
        this.known = new boolean[events];
    }

    /// Whether its session holds, in an epoch, what it was accepted on.
    boolean entitled(long epoch) {
        if (closed) return false;
        for (CapabilityTrack right : rights) {
            if (!right.live || epoch > right.bounds.lastEpoch()) return false;
        }
        return true;
    }

    boolean moves() {
        return !moving.extents().isEmpty();
    }

    boolean whole() {
        return started && depth == facts.size && arrived == expected;
    }

    void endWave() {
        placed = false;
        started = false;
        waveShots = 0;
        placement = Placement.NOWHERE;
        moving = Placement.NOWHERE;
        parked = false;
        goesBack = false;
        while (depth > 0) issuedIn[stack[--depth]] = 0;
        Arrays.fill(backFrom, 0);
        depthBefore = 0;
        lastsUntil = 0;
        backwards = false;
        for (int i = 0; i < expected; i++) known[awaited[i]] = false;
        expected = 0;
        arrived = 0;
        ready = 0;
    }

    @Override
    public String toString() {
        return "job " + id.number();
    }
}
