package org.qmk.server.edge;

import java.time.Duration;
import java.util.Optional;
import org.qmk.server.calls.JobWatch;
import org.qmk.wire.CallRefused;
import org.qmk.wire.v1.JobEvent;

/// A watch that counts among its tenant's streams until it is closed.
final class JobStream implements AutoCloseable {

    private final JobWatch watch;
    private final Quota quota;

    JobStream(JobWatch watch, Quota quota) {
        this.watch = watch;
        this.quota = quota;
    }

    Optional<JobEvent> next(Duration patience) throws InterruptedException, CallRefused {
        return watch.next(patience);
    }

    boolean over() {
        return watch.over();
    }

    @Override
    public void close() {
        watch.close();
        quota.give(1);
    }
}
