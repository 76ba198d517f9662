package org.qmk.server.edge;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.Semaphore;

/// Bounds the connections of gRPC: one too many is closed as soon as it is made.
final class ConnectionCount extends ServerTransportFilter {

    private static final Attributes.Key<Boolean> COUNTED = Attributes.Key.create("counted");

    private final Semaphore free;

    ConnectionCount(int connectionsMax) {
        free = new Semaphore(connectionsMax);
    }

    /// The library closes a connection whose filter throws.
    @Override
    public Attributes transportReady(Attributes attributes) {
        if (!free.tryAcquire()) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("the server has as many connections as it takes")
                    .asRuntimeException();
        }
        return attributes.toBuilder().set(COUNTED, true).build();
    }

    /// @param attributes null for a connection that was turned away
    @Override
    public void transportTerminated(Attributes attributes) {
        if (attributes != null && attributes.get(COUNTED) != null) free.release();
    }
}
