/// How calls reach the server: HTTP, Unix-domain socket, gRPC.
///
/// Each endpoint turns bytes into messages and answers into bytes. Between it and the calls stands
/// the `Gateway`: who calls, how often he may, how much of the server he may take. Here is all
/// that a stranger can touch, so every length, number of connections and time is bounded, by
/// `ClientLimits`, before anything is read.
package org.qmk.server.edge;
