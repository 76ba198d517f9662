/// What an operator sees of a server: metrics, traces, whether it is ready. Start at `Metrics`.
/// Everything here only looks: it never blocks the kernel, and never shows a key or one tenant's
/// things to another.
package org.qmk.server.telemetry;
