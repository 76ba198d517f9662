package org.qmk.server.telemetry;

import java.util.Optional;
import org.qmk.server.calls.Caller;
import org.qmk.server.edge.Gateway;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.RpcCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One line for each refused call; one for each other call where debugging is asked for. Never a
/// key, and nothing of what was sent.
public final class CallLog implements Gateway.Observer {

    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void called(RpcCall call, Caller caller, long nanos, Optional<CallRefused> refusal) {
        if (refusal.isEmpty() && !LOG.isDebugEnabled()) return;
        LoggingEventBuilder line =
                refusal.map(refused -> at(refused.error()))
                        .orElseGet(LOG::atDebug)
                        .addKeyValue("method", call.method())
                        .addKeyValue(caller.tenant().isEmpty() ? "admin" : "tenant", caller.name())
                        .addKeyValue("micros", nanos / 1_000);
        refusal.ifPresentOrElse(refused -> write(line, refused), () -> line.log("answered"));
    }

    @Override
    public void turnedAway(CallRefused refusal) {
        write(at(refusal.error()), refusal);
    }

    private static void write(LoggingEventBuilder line, CallRefused refused) {
        line.addKeyValue("error", refused.error().name())
                .addKeyValue("code", refused.code())
                .log("refused");
    }

    /// Where the server is at fault, or somebody tries keys, an operator wants to know.
    private static LoggingEventBuilder at(CallError error) {
        boolean grave =
                error == CallError.INTERNAL_ERROR
                        || error == CallError.STORAGE_FULL
                        || error == CallError.NOT_READY
                        || error == CallError.AUTH_FAILED;
        return grave ? LOG.atWarn() : LOG.atInfo();
    }
}
