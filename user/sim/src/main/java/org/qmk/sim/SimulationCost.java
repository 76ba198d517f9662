package org.qmk.sim;

/// What running a program is expected to take.
///
/// @param nanos time on one core, infinite if it cannot be told or past all bounds
/// @param bytes memory, `Long.MAX_VALUE` if past all bounds
record SimulationCost(double nanos, long bytes) {

    /// More than any machine has.
    static final SimulationCost UNBOUNDED =
            new SimulationCost(Double.POSITIVE_INFINITY, Long.MAX_VALUE);
}
