package org.qmk.simulation;

import org.qmk.machine.MachineModel;

/// A load that is to be made.
///
/// @param tenants 2 or more
/// @param epochs in which jobs come
/// @param loadPercent of the resource that most is asked of: what is asked of it, in per cent of
///     what there is
public record SharingRequest(
        MachineModel machine, int tenants, long epochs, int loadPercent, Arrivals arrivals) {}
