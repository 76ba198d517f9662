package org.qmk.runtime.client;

import java.time.Duration;
import java.util.Optional;

/// What a server says of one job, as it comes.
interface EventFeed extends AutoCloseable {

    /// The next event; nothing if none comes in that time.
    ///
    /// @throws TransportFailure also if the server ends the stream
    Optional<JobChange> poll(Duration patience) throws ServerRefusal, TransportFailure;

    @Override
    void close();
}
