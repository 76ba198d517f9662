package org.qmk.optimizer;

/// A change of a list of gates that keeps its effect, up to a global phase.
///
/// A pass keeps no state between lists and leaves its argument alone. It takes gates only: no
/// measurements and no guards.
public interface GatePass {

    /// How a report calls it.
    String title();

    /// Gates on the same qubits that have the same effect.
    ///
    /// @throws IllegalArgumentException if the list has a measurement or a guard
    GateList apply(GateList gates);
}
