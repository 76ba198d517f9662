package org.qmk.server.calls;

import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;

/// Records of ended jobs, of those too that the engine let go of.
public interface PastJobs {

    Optional<JobRecord> find(JobKey key);

    Optional<JobRecord> find(TenantId tenant, String idempotencyKey);

    /// @param before only those with smaller numbers
    List<JobRecord> list(TenantId tenant, long before, int limit, Optional<JobState> state);
}
