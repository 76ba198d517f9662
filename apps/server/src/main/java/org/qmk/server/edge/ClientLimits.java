package org.qmk.server.edge;

import java.time.Duration;

/// What clients may take of the server, whatever they come over.
///
/// @param requestBytesMax the longest request
/// @param unfinishedBytesMax of all requests that are read or carried out at one time
/// @param connectionsMax over the Unix-domain socket, as many over HTTP, and as many over gRPC
/// @param streamsMax calls of one tenant that wait or watch at one time
/// @param idle how long a connection may be without a whole request, or not take its answer
public record ClientLimits(
        int requestBytesMax,
        long unfinishedBytesMax,
        int connectionsMax,
        int streamsMax,
        Duration idle) {}
