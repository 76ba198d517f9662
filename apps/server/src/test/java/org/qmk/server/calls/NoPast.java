package org.qmk.server.calls;

import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;

/// No archive.
public final class NoPast implements PastJobs {
    @Override
    public Optional<JobRecord> find(JobKey key) {
        return Optional.empty();
    }

    @Override
    public Optional<JobRecord> find(TenantId tenant, String idempotencyKey) {
        return Optional.empty();
    }

    @Override
    public List<JobRecord> list(TenantId tenant, long before, int limit, Optional<JobState> state) {
        return List.of();
    }
}
