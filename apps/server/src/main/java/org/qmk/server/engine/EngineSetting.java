package org.qmk.server.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineModel;

/// What an engine is started with.
///
/// @param folder holds the journal and the audit log
/// @param origin names the audit log
/// @param epochAtLeast how long an epoch takes at least; zero for as fast as can be
/// @param queue requests that may wait for the kernel
/// @param fsync whether the journal is forced to the disk before anybody is told; without, it
///     survives a killed process and not a loss of power
/// @param spaceLeft bytes of the disk below which no new jobs are taken
public record EngineSetting(
        Path folder,
        String origin,
        MachineModel machine,
        Policy policy,
        Duration epochAtLeast,
        int queue,
        boolean fsync,
        long spaceLeft) {}
