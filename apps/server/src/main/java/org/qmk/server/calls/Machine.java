package org.qmk.server.calls;

import java.util.List;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EpochView;
import org.qmk.server.engine.JobRecord;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
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
        throw new CallRefused(
                CallError.NOT_FOUND, "QMK-SERVER-20", "epoch " + request.getEpoch() + caller, List.of());
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
