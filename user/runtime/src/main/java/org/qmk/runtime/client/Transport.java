package org.qmk.runtime.client;

import java.time.Duration;

/// Carries requests to a server and answers back. Any thread.
sealed interface Transport extends AutoCloseable permits HttpTransport, UnixTransport {

    /// Sends one request and waits for its answer.
    ///
    /// @param request one JSON object and a line feed
    /// @param patience how long to wait
    byte[] call(byte[] request, Duration patience) throws TransportFailure;

    /// Begins to listen to a job.
    ///
    /// @param request the call `q_watch`
    /// @param patience how long the server may take to begin
    EventFeed watch(RpcRequest request, long job, Duration patience) throws TransportFailure;

    @Override
    void close();
}
