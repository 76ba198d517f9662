package org.qmk.runtime.client;

import java.time.Duration;
import java.util.Optional;

/// What becomes of one job, as it happens. For one thread at a time; closing may be another's.
///
/// A slow reader misses what lies between, never the end.
public final class JobEvents implements AutoCloseable {

    /// After so long a silence the server is asked how the job stands.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final EventFeed feed;
    private final QmkClient client;
    private final long job;
    private final Duration silence;
    private boolean over;

    JobEvents(EventFeed feed, QmkClient client, long job) {
        this(feed, client, job, SILENCE);
    }

    JobEvents(EventFeed feed, QmkClient client, long job, Duration silence) {
        this.feed = feed;
        this.client = client;
        this.job = job;
        this.silence = silence;
    }

    /// Waits for the next event; nothing after the job's end.
    ///
    /// @throws TransportFailure also if the server falls silent for ever: it does not answer then
    public Optional<JobChange> next() throws ServerRefusal, TransportFailure {
        while (!over) {
            Optional<JobChange> change = feed.poll(silence);
            if (change.isEmpty()) {
                RemoteJob now = client.status(job);
                if (!now.ended()) continue;
                change = Optional.of(new JobChange(now.endedEpoch().orElse(0), now));
            }
            over = change.get().job().ended();
            return change;
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        feed.close();
    }
}
