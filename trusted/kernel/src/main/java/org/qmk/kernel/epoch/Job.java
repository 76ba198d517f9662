package org.qmk.kernel.epoch;

import java.util.Arrays;
import org.qmk.device.JobId;
import org.qmk.device.OperationTimes;
import org.qmk.device.Placement;
import org.qmk.kernel.call.*;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// A job in flight. Its shots run in waves; the shots of a wave run in step.
public final class Job {

    /// What a wave does with the nodes that it took back.
    enum After {
        /// It carries them out again.
        GO_ON,
        /// It gives its blocks back and waits for others.
        GIVE_WAY
    }

    final JobId id;

    /// Number among its tenant's jobs, from 1: all that the tenant is told.
    final long ticket;

    final TenantId tenant;
    final int tenantNumber;
    final SessionId session;
    final Verified program;
    final JobPolicy policy;
    final Layers layers;
    final long acceptedAt;
    private final Entitlement entitlement;
    private final Slots slots;
    private final int slotCount;
    private final byte[] programDigest;

    /// What is reserved for it.
    final Agenda.Reservation reservation;

    /// Shots of the waves that are over.
    long shotsDone;

    /// Shots of the wave that runs, or 0.
    int waveShots;

    Placement placement = Placement.NOWHERE;

    /// Whether the device has been told of the wave.
    boolean started;

    /// Position past the last node issued, and the layer of that position.
    int issued;

    private int layer;

    /// Outcomes that the report which is being read brings, else 0; no part of the state.
    int arriving;

    /// Where `issued` was before the open epoch.
    int issuedBefore;

    /// Outcomes of a shot of the wave that were issued, and that were decoded.
    int expected;

    int arrived;

    /// Epochs in which what was issued still goes on.
    int lasting;

    /// The epoch since which the oldest outcome is awaited.
    long awaitedSince;

    /// Position down to which nodes are being taken back, or -1.
    int undoTo = -1;

    After afterUndo = After.GO_ON;

    /// The epoch in which the job last issued a node, in which its wave was placed, or in which it
    /// began to wait.
    long servedAt;

    /// Waves that were placed while this job was the first to wait.
    int passedBy;

    /// How often the wave was rolled back, and how often it had to give way.
    int rollbacks;

    int gaveWay;

    /// Whether its qubits are to leave their module, and for which one; -1 for any that is well.
    boolean toMove;

    int moveTo = -1;

    /// Where they go, and how many places between modules are still to be brought over.
    Placement moving = Placement.NOWHERE;

    long movePairs;

    /// The epoch before which the move does not end.
    long moveUntil;

    /// Whether some shot of the wave lies in more than one module.
    boolean spansModules;

    /// Whether the wave is broken off at the next report.
    boolean restart;

    boolean parked;
    boolean cancelled;

    /// Whether its session holds what it needs.
    boolean entitled = true;

    /// Why it ends at the next report whatever the device says, or `NONE`.
    EndCause doom = EndCause.NONE;

    WaitCause wait = WaitCause.QUEUE;

    /// The channel over which a qubit is to be entangled, 0 for none, and the qubit.
    public int offeredChannel;

    public int offeredQubit;

    /// By qubit of the program: its name at the firewall; -1 while it is not live.
    public final int[] cellOf;

    Job(
            JobId id,
            long ticket,
            TenantId tenant,
            SessionId session,
            Draft draft,
            JobPolicy policy,
            Entitlement entitlement,
            long acceptedAt) {
        this.id = id;
        this.ticket = ticket;
        this.tenant = tenant;
        this.tenantNumber = tenant.number();
        this.session = session;
        this.program = draft.program;
        this.policy = policy;
        this.layers = draft.layers;
        this.slots = draft.slots;
        this.slotCount = draft.slotCount();
        this.programDigest = draft.digest;
        this.reservation = draft.reservation;
        this.entitlement = entitlement;
        this.acceptedAt = acceptedAt;
        this.servedAt = acceptedAt;
        this.cellOf = new int[program.graph().qubits().size()];
        Arrays.fill(cellOf, -1);
    }

    /// A program made ready, before it is known whether it is accepted.
    public static final class Draft {
        final Verified program;
        final Layers layers;
        final Slots slots;
        final byte[] digest;
        private Agenda.Reservation reservation = Agenda.Reservation.NONE;

        /// @param capacity by resource: what an epoch gives of it
        public Draft(
                Verified program, int statesPerRotation, OperationTimes times, long[] capacity) {
            this.program = program;
            this.layers = Layers.of(program, statesPerRotation, times, capacity);
            this.slots = new Slots(program.graph(), layers);
            ByteWriter order = ByteWriter.digesting().raw(CanonicalForm.digest(program.graph()));
            layers.writeTo(order);
            this.digest = order.sha256();
        }

        public Layers layers() {
            return layers;
        }

        /// Blocks that one shot holds.
        public int slotCount() {
            return Math.max(program.qubitsPeak(), slots.count());
        }

        public void reserve(Agenda.Reservation reserved) {
            reservation = reserved;
        }
    }

    public JobId id() {
        return id;
    }

    public long ticket() {
        return ticket;
    }

    public TenantId tenant() {
        return tenant;
    }

    public SessionId session() {
        return session;
    }

    /// Covers the program and the order of its nodes.
    public byte[] programDigest() {
        return programDigest;
    }

    public Verified program() {
        return program;
    }

    /// Modules that are reserved for it, or blocks where there is one module.
    public long unitsReserved() {
        return reservation.units();
    }

    public Placement moving() {
        return moving;
    }

    /// Places of the wave that a move between modules still has to bring over.
    public long movePairs() {
        return movePairs;
    }

    public boolean wantsToMove() {
        return toMove;
    }

    public int moveTo() {
        return moveTo;
    }

    public Layers layers() {
        return layers;
    }

    /// Position past the last node issued.
    public int issued() {
        return issued;
    }

    /// Position past the last node of the layer that comes next.
    public int layerEnd() {
        return issued == layers.size() ? issued : layers.layerEnd(layer());
    }

    public boolean parked() {
        return parked;
    }

    public Entitlement entitlement() {
        return entitlement;
    }

    public boolean entitled() {
        return entitled;
    }

    public int waveShots() {
        return waveShots;
    }

    public Placement placement() {
        return placement;
    }

    public WaitCause waitCause() {
        return wait;
    }

    public JobStatus status() {
        return new JobStatus(state(), shotsDone, issued, layers.size(), wait);
    }

    public JobState state() {
        if (!running()) return JobState.QUEUED;
        return parked ? JobState.PARKED : JobState.RUNNING;
    }

    /// The block of a qubit in a shot of the wave when the node at a position, which acts on the
    /// qubit, happens. It may be allocated in the same epoch.
    public int block(int qubit, int shot, int position) {
        return placement.block((long) shot * slotCount + slots.slot(qubit, position));
    }

    /// Blocks that one shot holds.
    public int slots() {
        return slotCount;
    }

    /// Whether a wave is through with its program when outcomes up to the given one are decoded.
    /// One that is broken off then need not wait for what lasts: no outcome follows it.
    boolean waveOver(int decoded) {
        boolean through = issued == layers.size() && (lasting == 0 || restart);
        return started && undoTo < 0 && through && decoded == expected;
    }

    /// Whether the wave stands between two layers.
    boolean between() {
        return issued == layers.size() || issued == layers.layerStart(layer);
    }

    /// Whether a wave runs or is about to.
    public boolean running() {
        return waveShots > 0;
    }

    public boolean isMoving() {
        return moving != Placement.NOWHERE;
    }

    /// The layer of the node that comes next.
    int layer() {
        return layer;
    }

    /// Moves on, or back, to where the given position is the next.
    void reach(int position) {
        boolean next = issued < layers.size() && position == layers.layerEnd(layer);
        layer = next ? layer + 1 : layers.layer(position);
        issued = position;
        // What is taken back made none.
        expected = layers.outcomesBefore(position);
    }

    /// Whether the wave stands between two layers with nothing outstanding.
    public boolean atFence() {
        if (!started || undoTo >= 0 || arrived < expected) return false;
        return between() && lasting == 0;
    }

    /// Forgets the wave.
    void endWave() {
        waveShots = 0;
        placement = Placement.NOWHERE;
        moving = Placement.NOWHERE;
        spansModules = false;
        restart = false;
        started = false;
        parked = false;
        toMove = false;
        undoTo = -1;
        issued = 0;
        layer = 0;
        issuedBefore = 0;
        lasting = 0;
        expected = 0;
        arrived = 0;
        movePairs = 0;
        offeredChannel = 0;
    }

    void writeTo(ByteWriter out) {
        out.uint(id.number()).uint(ticket).uint(tenant.number()).uint(session.number());
        out.raw(programDigest).uint(policy.shots()).u64(policy.seed()).uint(policy.priority());
        out.uint(policy.deadlineEpochs()).uint(acceptedAt).uint(shotsDone).uint(waveShots);
        out.uint(offeredChannel).uint(offeredQubit);
        out.uint(issued).uint(expected).uint(arrived).uint(awaitedSince).uint(undoTo + 1L);
        out.uint(servedAt).uint(passedBy).uint(rollbacks).uint(gaveWay).uint(moveTo + 1L);
        out.uint(movePairs).uint(moveUntil).uint(moving.extents().size()).text(doom.code());
        out.u8(
                (started ? 1 : 0)
                        | (cancelled ? 2 : 0)
                        | (parked ? 4 : 0)
                        | (toMove ? 8 : 0)
                        | (entitled ? 16 : 0)
                        | (afterUndo == After.GIVE_WAY ? 32 : 0)
                        | (restart ? 64 : 0)
                        | (lasting > 0 ? 128 : 0));
        if (lasting > 0) out.uint(lasting);
    }
}
