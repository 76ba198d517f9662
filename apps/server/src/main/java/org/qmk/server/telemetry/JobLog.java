package org.qmk.server.telemetry;

import java.util.function.Function;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.EngineProbe;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.SubmitTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One line for each job that failed; where debugging is asked for, of each that was accepted or
/// ended.
public final class JobLog implements EngineProbe {

    private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

    private final Function<TenantId, String> names;

    /// @param names of tenants
    public JobLog(Function<TenantId, String> names) {
        this.names = names;
    }

    @Override
    public void accepted(JobRecord record, SubmitTimes times) {
        if (LOG.isDebugEnabled()) about(LOG.atDebug(), record).log("accepted");
    }

    @Override
    public void ended(JobRecord record) {
        var standing = record.standing();
        boolean failed = standing.state() == JobState.FAILED;
        if (!failed && !LOG.isDebugEnabled()) return;
        about(failed ? LOG.atInfo() : LOG.atDebug(), record)
                .addKeyValue("state", standing.state())
                .addKeyValue("code", standing.cause().code())
                .addKeyValue("epochs", standing.epochs())
                .log("ended");
    }

    private LoggingEventBuilder about(LoggingEventBuilder line, JobRecord record) {
        return line.addKeyValue("tenant", names.apply(record.key().tenant()))
                .addKeyValue("ticket", record.key().ticket());
    }
}
