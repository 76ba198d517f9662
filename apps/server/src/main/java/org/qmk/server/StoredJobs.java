package org.qmk.server;

import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.calls.PastJobs;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.store.Archive;
import org.qmk.server.store.ArchivedJob;

/// Past jobs as calls ask for them, from the archive.
record StoredJobs(Archive archive) implements PastJobs {

    @Override
    public Optional<JobRecord> find(JobKey key) {
        return archive.find(key).map(ArchivedJob::record);
    }

    @Override
    public Optional<JobRecord> find(TenantId tenant, String idempotencyKey) {
        return archive.find(tenant, idempotencyKey).map(ArchivedJob::record);
    }

    @Override
    public List<JobRecord> list(TenantId tenant, long before, int limit, Optional<JobState> state) {
        return archive.list(tenant, before, limit, state).stream()
                .map(ArchivedJob::record)
                .toList();
    }
}
