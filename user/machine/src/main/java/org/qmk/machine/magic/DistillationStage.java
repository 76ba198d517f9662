package org.qmk.machine.magic;

import java.util.Optional;
import java.util.OptionalDouble;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.PhysicalQubit;

/// A distillation unit on qubits of one kind.
///
/// @param distance of the logical qubits, or 1 for physical ones
/// @param cliffordError of an operation of those qubits
/// @param readoutError of their outcomes; none of logical qubits, whose readout is far better than
///     their operations
/// @param tError of a state that comes from outside
record DistillationStage(
        DistillationUnit unit,
        int distance,
        double cliffordError,
        double readoutError,
        double tError,
        Optional<DistillationUnit.Needs> first,
        Optional<DistillationUnit.Needs> later) {

    static DistillationStage physical(DistillationUnit unit, PhysicalQubit qubit) {
        return new DistillationStage(
                unit,
                1,
                qubit.cliffordError(),
                qubit.readoutError(),
                qubit.tGateError(),
                unit.physical().map(needs -> times(needs, 1, qubit.tGateNanos())),
                Optional.empty());
    }

    /// On logical qubits of a distance, or nothing where the profile has no rate for it.
    static Optional<DistillationStage> logical(
            DistillationUnit unit, CodeProfile profile, PhysicalQubit qubit, int distance) {
        OptionalDouble error = profile.errorPerCycle(qubit.error(), distance);
        if (error.isEmpty()) return Optional.empty();
        long qubits = profile.qubits(distance);
        long nanos = profile.cycleNanos(qubit, distance);
        return Optional.of(
                new DistillationStage(
                        unit,
                        distance,
                        error.getAsDouble(),
                        0,
                        qubit.tGateError(),
                        unit.logicalFirst()
                                .or(unit::logical)
                                .map(needs -> times(needs, qubits, nanos)),
                        unit.logical().map(needs -> times(needs, qubits, nanos))));
    }

    /// Physical qubits and nanoseconds.
    private static DistillationUnit.Needs times(
            DistillationUnit.Needs needs, long qubits, long nanos) {
        return new DistillationUnit.Needs(
                Math.multiplyExact(needs.qubits(), qubits),
                Math.multiplyExact(needs.cycles(), nanos));
    }

    /// Whether operations are good enough for the unit's formulas: they take the error of states to
    /// be the larger.
    boolean valid() {
        return cliffordError <= 0.1 * tError;
    }

    double failure(double inputError) {
        return unit.failure().value(inputError, cliffordError, readoutError);
    }

    double outputError(double inputError) {
        return unit.outputError().value(inputError, cliffordError, readoutError);
    }

    /// Physical qubits and nanoseconds of one copy in a round.
    DistillationUnit.Needs needs(int round) {
        return (round == 0 ? first : later).orElseThrow();
    }
}
