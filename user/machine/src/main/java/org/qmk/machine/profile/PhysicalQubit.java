package org.qmk.machine.profile;

/// A physical qubit: how long its operations take, in nanoseconds, and how often they fail.
///
/// The cases and their parts are those of Azure's `qubitParams`.
public sealed interface PhysicalQubit {

    /// What a measurement does wrong.
    ///
    /// @param process the probability that it disturbs the state
    /// @param readout the probability that it tells the wrong outcome
    record Measurement(double process, double readout) {}

    /// A qubit with gates.
    ///
    /// @param measurementNanos of one qubit
    record GateBased(
            String name,
            long measurementNanos,
            long oneQubitGateNanos,
            long twoQubitGateNanos,
            long tGateNanos,
            double measurementError,
            double oneQubitGateError,
            double twoQubitGateError,
            double tGateError,
            double idleError)
            implements PhysicalQubit {}

    /// A qubit with measurements of one and two qubits only.
    record Majorana(
            String name,
            long measurementNanos,
            long jointMeasurementNanos,
            long tGateNanos,
            Measurement measurementError,
            Measurement jointMeasurementError,
            double tGateError,
            double idleError)
            implements PhysicalQubit {}

    String name();

    long tGateNanos();

    double tGateError();

    default InstructionSet instructions() {
        return switch (this) {
            case GateBased _ -> InstructionSet.GATE_BASED;
            case Majorana _ -> InstructionSet.MAJORANA;
        };
    }

    /// The largest error of a Clifford operation.
    default double cliffordError() {
        return switch (this) {
            case GateBased q ->
                    Math.max(Math.max(q.oneQubitGateError, q.twoQubitGateError), q.idleError);
            case Majorana q ->
                    Math.max(
                            q.idleError,
                            Math.max(
                                    q.measurementError.process(),
                                    q.jointMeasurementError.process()));
        };
    }

    /// The largest error of an outcome.
    default double readoutError() {
        return switch (this) {
            case GateBased q -> q.measurementError;
            case Majorana q ->
                    Math.max(q.measurementError.readout(), q.jointMeasurementError.readout());
        };
    }

    /// The rate that laws of logical errors take: the larger of the two above.
    default double error() {
        return Math.max(cliffordError(), readoutError());
    }

    /// What stands for the variables of `InstructionSet.timeVariables`.
    default double[] timeValues(int distance) {
        return switch (this) {
            case GateBased q ->
                    new double[] {
                        distance, q.measurementNanos, q.oneQubitGateNanos, q.twoQubitGateNanos
                    };
            case Majorana q -> new double[] {distance, q.measurementNanos, q.jointMeasurementNanos};
        };
    }
}
