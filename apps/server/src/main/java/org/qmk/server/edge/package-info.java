/// How calls reach the server: HTTP, Unix-domain socket, gRPC; who calls, and how often he may.
package org.qmk.server.edge;
