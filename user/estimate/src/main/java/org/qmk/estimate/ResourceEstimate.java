package org.qmk.estimate;

import java.util.Optional;
import java.util.OptionalLong;
import org.qmk.machine.magic.StateFactory;

/// Qubits and time of one program with one choice of code and factories.
///
/// @param tPerRotation nothing if there are no rotations
/// @param requiredError of a logical qubit in a cycle
/// @param magic nothing if no states are needed
public record ResourceEstimate(
        LogicalCounts counts,
        ErrorBudget budget,
        LogicalQubit qubit,
        long programCycles,
        long cycles,
        long tStates,
        OptionalLong tPerRotation,
        double requiredError,
        Optional<Magic> magic) {

    /// The code of the program's qubits.
    ///
    /// @param qubits physical ones of a patch or block
    /// @param logicalQubits in it
    /// @param error of it in a cycle
    public record LogicalQubit(
            int distance, long qubits, int logicalQubits, long cycleNanos, double error) {}

    /// Where the states come from.
    ///
    /// @param copies of the factory
    /// @param runs of all copies together
    /// @param requiredError of a state
    public record Magic(StateFactory factory, long copies, long runs, double requiredError) {
        public long qubits() {
            return Math.multiplyExact(copies, factory.qubits());
        }
    }

    /// Patches of the laid-out program.
    public long patches() {
        return counts.patches();
    }

    public long programQubits() {
        long blocks = Math.ceilDiv(patches(), qubit.logicalQubits());
        return Math.multiplyExact(blocks, qubit.qubits());
    }

    public long magicQubits() {
        return magic.map(Magic::qubits).orElse(0L);
    }

    public long physicalQubits() {
        return Math.addExact(programQubits(), magicQubits());
    }

    public long runtimeNanos() {
        return Math.multiplyExact(cycles, qubit.cycleNanos());
    }

    /// Logical cycles in a second.
    public double clockHertz() {
        return 1e9 / qubit.cycleNanos();
    }

    /// Reliable operations of logical qubits in a second.
    public long rqops() {
        return (long) Math.ceil(patches() * clockHertz());
    }
}
