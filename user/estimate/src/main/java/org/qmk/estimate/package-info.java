/// Qubits and time of a program on a fault-tolerant machine, in closed form: nobody else is there,
/// decoders keep up, magic states arrive smoothly.
///
/// Start at `Estimator`. It takes `LogicalCounts` (counted in a graph by `GraphCounts`, or given)
/// and `JobParameters` in the form of Azure's estimator, and gives each `ResourceEstimate` with
/// Azure's digits.
package org.qmk.estimate;
