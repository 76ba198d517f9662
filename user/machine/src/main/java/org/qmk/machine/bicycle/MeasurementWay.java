package org.qmk.machine.bicycle;

import java.util.List;

/// How a module couples a product on its data qubits to its pivot.
///
/// @param base the measurement; it has a part on the pivot
/// @param rotations by a quarter turn, about the data parts of these, that come before it, and
///     again after, in either order
public record MeasurementWay(NativeMeasurement base, List<NativeMeasurement> rotations) {
    public MeasurementWay {
        rotations = List.copyOf(rotations);
    }
}
