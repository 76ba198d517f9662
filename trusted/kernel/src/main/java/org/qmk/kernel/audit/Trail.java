package org.qmk.kernel.audit;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.ByteWriter;

/// Collects what was decided in an epoch and digests it together with the digest before.
public final class Trail {

    private static final int DIGEST_BYTES = 32;

    private byte[] last = new byte[DIGEST_BYTES];
    private final ByteWriter open = ByteWriter.digesting().raw(last);
    private final ByteWriter bits = ByteWriter.digesting();

    /// The digest of all placements, one after another; zeros before the first.
    private byte[] mapping = new byte[DIGEST_BYTES];

    /// By tenant: what was decided for it since the last epoch was closed.
    private final TreeMap<Integer, ByteWriter> parts = new TreeMap<>();

    /// What everybody may know of the open epoch beside its digests.
    private int faults;

    private int signals;
    private byte[] outcomes = new byte[DIGEST_BYTES];

    /// The digest of the last closed epoch; zeros before the first.
    public byte[] last() {
        return last.clone();
    }

    /// Notes an answer of the kernel.
    public void note(Notice notice) {
        if (notice instanceof Notice.Planned(var plan)) plan(plan);
        else write(notice, open);
    }

    /// Notes an answer that a tenant may know of. It is written with numbers of the tenant's own.
    ///
    /// @param ticket of the job that it is about, 0 if it is about none
    public void note(TenantId tenant, long ticket, Notice notice) {
        ByteWriter part = parts.get(tenant.number());
        if (part == null) {
            part = ByteWriter.keeping();
            parts.put(tenant.number(), part);
        }
        part.uint(ticket);
        if (notice instanceof Notice.Accepted) part.u8(5);
        else if (notice instanceof Notice.SessionOpened) part.u8(2);
        else if (notice instanceof Notice.SessionClosed) part.u8(16);
        else if (notice instanceof Notice.JobHandled(var _, var what)) part.u8(14).text(what);
        else if (notice instanceof Notice.JobChanged(var _, var state, var cause)) {
            part.u8(7).text(state.name()).text(cause.code());
        } else if (notice instanceof Notice.Granted(var _, var handle)) {
            part.u8(3).uint(handle.slot()).uint(handle.generation());
        } else {
            write(notice, part);
        }
    }

    private static void write(Notice notice, ByteWriter out) {
        switch (notice) {
            case Notice.TenantAdded(var tenant) -> out.u8(1).uint(tenant.number());
            case Notice.SessionOpened(var session) -> out.u8(2).uint(session.number());
            case Notice.Granted(var session, var handle) ->
                    out.u8(3).uint(session.number()).uint(handle.slot()).uint(handle.generation());
            case Notice.Revoked(var handle) ->
                    out.u8(4).uint(handle.slot()).uint(handle.generation());
            case Notice.Accepted(var job, long ticket) -> out.u8(5).uint(job.number()).uint(ticket);
            case Notice.Refused(var refusal, var fact) -> out.u8(6).text(refusal.code()).text(fact);
            case Notice.JobChanged(var job, var state, var cause) ->
                    out.u8(7).uint(job.number()).text(state.name()).text(cause.code());
            case Notice.EpochClosed(long epoch, var digest, var _) ->
                    out.u8(9).uint(epoch).text(digest);
            case Notice.Planned(var plan) -> out.u8(10).uint(plan.epoch());
            case Notice.JobHandled(var job, var what) -> out.u8(14).uint(job.number()).text(what);
            case Notice.TenantSet(var tenant) -> out.u8(15).uint(tenant.number());
            case Notice.SessionClosed(var session) -> out.u8(16).uint(session.number());
            case Notice.ChannelChanged(var channel, var state) ->
                    out.u8(17).uint(channel.number()).text(state.name());
            case Notice.Entangled(var channel, long pairs) ->
                    out.u8(18).uint(channel.number()).uint(pairs);
            case Notice.ModeChanged(var condition, int subject, int level) ->
                    out.u8(19).text(condition.name()).uint(subject).uint(level);
        }
    }

    /// Notes the digest of a program that is accepted: plans name its nodes by their places.
    public void note(byte[] program) {
        open.u8(20).raw(program);
    }

    /// Notes where a wave was put.
    public void note(long job, Placement placement) {
        open.u8(11).uint(job);
        placement(placement, open);
        ByteWriter map = ByteWriter.keeping().raw(mapping).uint(job);
        placement(placement, map);
        mapping = map.sha256();
    }

    /// Notes what a device said.
    public void note(EpochReport report) {
        bits.uint(report.epoch()).uint(report.outcomes().size());
        for (EpochReport.Outcome outcome : report.outcomes()) {
            bits.uint(outcome.job().number()).uint(outcome.event()).uint(outcome.words());
            for (int i = 0; i < outcome.words(); i++) bits.u64(outcome.word(i));
        }
        outcomes = bits.sha256();
        faults = report.faults().size();
        signals = report.signals().size();
        open.u8(12).raw(outcomes).uint(faults);
        for (EpochReport.Fault fault : report.faults()) {
            open.uint(fault.job().number()).text(fault.kind().name()).text(fault.cause());
        }
        var supply = report.supply();
        open.uint(supply.factories());
        for (int i = 0; i < supply.factories(); i++) open.uint(supply.magic(i));
        open.uint(supply.links());
        for (int i = 0; i < supply.links(); i++) open.uint(supply.pairs(i));
        open.uint(supply.backlogRounds()).uint(signals);
        for (Signal signal : report.signals()) {
            open.text(signal.condition().name()).uint(signal.subject()).uint(signal.permille());
        }
    }

    /// The writer of the open epoch, for the state at its end.
    public ByteWriter state() {
        return open.u8(13);
    }

    /// Closes the epoch and returns its digest.
    public byte[] close() {
        last = open.sha256();
        open.raw(last);
        return last.clone();
    }

    /// What the audit log keeps of the epoch that was closed last.
    ///
    /// @param running jobs with a wave
    /// @param waiting jobs without one
    /// @param held blocks that are held
    public EpochRecord record(long epoch, int running, int waiting, int held) {
        ByteWriter shared = ByteWriter.keeping();
        shared.uint(epoch).raw(last).raw(mapping).raw(outcomes);
        shared.uint(running).uint(waiting).uint(held).uint(faults).uint(signals);
        List<EpochRecord.Part> list = new ArrayList<>(parts.size());
        for (Map.Entry<Integer, ByteWriter> part : parts.entrySet()) {
            var tenant = new TenantId(part.getKey());
            list.add(new EpochRecord.Part(tenant, part.getValue().bytes()));
        }
        parts.clear();
        return new EpochRecord(epoch, shared.bytes(), list);
    }

    private void plan(EpochPlan plan) {
        open.u8(10).uint(plan.epoch()).uint(plan.rounds()).uint(plan.starts().size());
        for (EpochPlan.Start start : plan.starts()) {
            open.uint(start.job().number()).u64(start.seed()).uint(start.firstShot());
            open.uint(start.shots()).uint(start.slots());
            placement(start.placement(), open);
        }
        open.uint(plan.moves().size());
        for (EpochPlan.Move move : plan.moves()) {
            open.uint(move.job().number());
            placement(move.to(), open);
        }
        open.uint(plan.issues().size());
        for (EpochPlan.Issue issue : plan.issues()) {
            open.uint(issue.job().number()).uint(issue.from()).uint(issue.end());
        }
        open.uint(plan.ends().size());
        for (var job : plan.ends()) open.uint(job.number());
        if (plan.routes().isEmpty()) return;
        open.u8(21).uint(plan.routes().size());
        for (Route route : plan.routes()) {
            open.uint(route.job().number()).uint(route.node()).uint(route.sides().size());
            for (int side : route.sides()) open.uint(side);
        }
    }

    private static void placement(Placement placement, ByteWriter out) {
        out.uint(placement.extents().size());
        for (Extent extent : placement.extents()) out.uint(extent.start()).uint(extent.length());
    }
}
