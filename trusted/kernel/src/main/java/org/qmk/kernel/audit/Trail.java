package org.qmk.kernel.audit;

import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.Placement;
import org.qmk.kernel.call.Notice;
import org.qmk.qvm.ByteWriter;

/// Collects what was decided in an epoch and digests it together with the digest before.
public final class Trail {

    private static final int DIGEST_BYTES = 32;

    private byte[] last = new byte[DIGEST_BYTES];
    private ByteWriter open = begin(last);

    public Trail() {}

    /// The digest of the last closed epoch; zeros before the first.
    public byte[] last() {
        return last.clone();
    }

    /// Notes an answer of the kernel.
    public void note(Notice notice) {
        switch (notice) {
            case Notice.TenantAdded(var tenant) -> open.u8(1).uint(tenant.number());
            case Notice.SessionOpened(var session) -> open.u8(2).uint(session.number());
            case Notice.Granted(var handle) ->
                    open.u8(3).uint(handle.slot()).uint(handle.generation());
            case Notice.Revoked(var handle) ->
                    open.u8(4).uint(handle.slot()).uint(handle.generation());
            case Notice.Accepted(var job) -> open.u8(5).uint(job.number());
            case Notice.Refused(var refusal, var fact) ->
                    open.u8(6).text(refusal.code()).text(fact);
            case Notice.JobChanged(var job, var state, var cause) ->
                    open.u8(7).uint(job.number()).text(state.name()).text(cause.code());
            case Notice.EpochClosed(long epoch, var digest) -> open.u8(9).uint(epoch).text(digest);
            case Notice.Planned(var plan) -> plan(plan);
        }
    }

    /// Notes where a wave was put.
    public void note(long job, Placement placement) {
        open.u8(11).uint(job);
        placement(placement);
    }

    /// Notes what a device said.
    public void note(EpochReport report) {
        open.u8(12).uint(report.epoch()).uint(report.outcomes().size());
        for (EpochReport.Outcome outcome : report.outcomes()) {
            open.uint(outcome.job().number()).uint(outcome.event()).uint(outcome.words());
            for (int i = 0; i < outcome.words(); i++) open.u64(outcome.word(i));
        }
        open.uint(report.faults().size());
        for (EpochReport.Fault fault : report.faults()) {
            open.uint(fault.job().number()).text(fault.cause());
        }
    }

    /// The writer of the open epoch, for the state at its end.
    public ByteWriter state() {
        return open.u8(13);
    }

    /// Closes the epoch and returns its digest.
    public byte[] close() {
        last = open.sha256();
        open = begin(last);
        return last.clone();
    }

    private void plan(EpochPlan plan) {
        open.u8(10).uint(plan.epoch()).uint(plan.starts().size());
        for (EpochPlan.Start start : plan.starts()) {
            open.uint(start.job().number()).u64(start.seed()).uint(start.firstShot());
            open.uint(start.shots()).uint(start.slots());
            placement(start.placement());
        }
        open.uint(plan.issues().size());
        for (EpochPlan.Issue issue : plan.issues()) {
            open.uint(issue.job().number()).uint(issue.size());
            for (int i = 0; i < issue.size(); i++) open.uint(issue.node(i));
        }
        open.uint(plan.ends().size());
        for (var job : plan.ends()) open.uint(job.number());
    }

    private void placement(Placement placement) {
        open.uint(placement.extents().size());
        for (Extent extent : placement.extents()) open.uint(extent.start()).uint(extent.length());
    }

    private static ByteWriter begin(byte[] last) {
        return ByteWriter.digesting().raw(last);
    }
}
