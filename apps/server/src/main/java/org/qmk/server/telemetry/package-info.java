/// What an operator sees of a server: metrics, traces of jobs, log lines, whether it is ready.
///
/// Start reading at `Metrics`, then at what it is told: `EngineProbe` and `Gateway.Observer`.
///
/// Labels come from closed sets, so the number of metrics is bounded. Nothing here blocks the
/// kernel, changes what is answered, shows a key, or names a tenant unless the operator wants it.
package org.qmk.server.telemetry;
