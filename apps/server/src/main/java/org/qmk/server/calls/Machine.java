package org.qmk.server.calls;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.audit.EntryProof;
import org.qmk.runtime.audit.TenantView;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EpochView;
import org.qmk.server.engine.JobRecord;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.Mode;
import org.qmk.wire.v1.ReplayReply;
import org.qmk.wire.v1.ReplayRequest;
import org.qmk.wire.v1.TelemetryReply;

/// What may be known of the machine.
final class Machine {

    private final Engine engine;

    Machine(Engine engine) {
        this.engine = engine;
    }

    TelemetryReply telemetry(Caller caller) throws CallRefused {
        EpochView view = engine.view();
        var reply =
                TelemetryReply.newBuilder()
                        .setEpoch(view.number())
                        .setDigest(view.digest())
                        .setMachine(engine.machine().name())
                        .setBlocks(engine.machine().shape().blocks())
                        .setBlocksHeld(view.blocksHeld())
                        .setJobsRunning(view.running())
                        .setJobsQueued(view.queued())
                        .setAuditHead(engine.auditHead());
        for (Notice.ModeChanged mode : engine.modes().modes()) {
            reply.addModes(
                    Mode.newBuilder()
                            .setCondition(mode.condition().name())
                            .setSubject(mode.subject())
                            .setLevel(mode.level()));
        }
        if (caller.tenant().isPresent()) own(caller.tenant().get(), reply);
        return reply.build();
    }

    ReplayReply replay(Caller caller, ReplayRequest request) throws CallRefused {
        long epoch = request.getEpoch();
        Path folder = engine.auditFolder();
        try {
            Optional<EntryProof> proof = EntryProof.of(folder, epoch);
            if (proof.isEmpty() && epoch > 0 && epoch <= engine.view().number()) {
                Answers.of(engine::freshHead);
                proof = EntryProof.of(folder, epoch);
            }
            if (proof.isEmpty()) throw notCovered(epoch);
            return reply(epoch, proof.get(), caller);
        } catch (IOException damaged) {
            throw ServerRule.AUDIT_LOG.refused(damaged.getMessage());
        }
    }

    private static CallRefused notCovered(long epoch) {
        return ServerRule.EPOCH_NOT_COVERED.refused(Long.toUnsignedString(epoch));
    }

    private ReplayReply reply(long epoch, EntryProof proof, Caller caller) throws IOException {
        var reply =
                ReplayReply.newBuilder()
                        .setEpoch(epoch)
                        .setIndex(proof.index())
                        .setCheckpoint(proof.note())
                        .setEntry(ByteString.copyFrom(proof.entry()));
        for (byte[] hash : proof.inclusion()) reply.addProof(ByteString.copyFrom(hash));
        if (caller.tenant().isEmpty()) return reply.build();
        var view = TenantView.of(engine.auditFolder(), caller.tenant().get(), epoch);
        for (TenantView.Epoch own : view.epochs()) {
            reply.setPart(ByteString.copyFrom(own.part()))
                    .setBlind(ByteString.copyFrom(own.blind()))
                    .setPartPlace(own.place());
            for (byte[] hash : own.partInclusion()) reply.addPartProof(ByteString.copyFrom(hash));
        }
        return reply.build();
    }

    private void own(TenantId tenant, TelemetryReply.Builder reply) {
        int running = 0;
        int queued = 0;
        int blocks = 0;
        for (JobRecord job : engine.ledger().inFlight(tenant)) {
            blocks += job.standing().blocks();
            if (job.standing().state() == JobState.QUEUED) queued++;
            else running++;
        }
        reply.setOwnRunning(running).setOwnQueued(queued).setOwnBlocks(blocks);
    }
}
