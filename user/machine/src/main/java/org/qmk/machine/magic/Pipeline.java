package org.qmk.machine.magic;

import java.util.List;

/// A factory of rounds of distillation: each round makes of many states fewer and better ones.
///
/// @param runNanos from the start of a run to its states
/// @param outputs states that a run gives, with the chance that the search asked for
/// @param outputError of one of them
/// @param qubits physical ones; rounds use the same, one after the other
public record Pipeline(
        List<Round> rounds, long qubits, long runNanos, long outputs, double outputError)
        implements StateFactory {

    /// Copies of one unit, side by side.
    ///
    /// @param distance of the logical qubits; 1 where the unit runs on physical ones
    /// @param qubits of all copies
    /// @param failure how often one copy gives nothing
    /// @param outputError of what the round makes
    public record Round(
            DistillationUnit unit,
            int distance,
            long copies,
            long qubits,
            long nanos,
            double failure,
            double outputError) {}

    public Pipeline {
        rounds = List.copyOf(rounds);
    }

    /// States that a run takes from outside.
    public long inputs() {
        Round first = rounds.getFirst();
        return first.copies * first.unit.inputs();
    }

    @Override
    public String name() {
        List<String> names = rounds.stream().map(round -> round.unit.name()).toList();
        return String.join(", ", names);
    }
}
