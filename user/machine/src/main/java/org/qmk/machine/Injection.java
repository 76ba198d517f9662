package org.qmk.machine;

import org.qmk.device.JobId;

/// A fault that a `FaultyDevice` put into an epoch.
///
/// @param subject number of the module, link or factory; of a lie, the place in `Lie`; else 0
/// @param job the wave that it befell, number 0 if it befell none
/// @param permille how bad it was
public record Injection(long epoch, FaultKind kind, int subject, JobId job, int permille) {}
