package org.qmk.sim;

import org.qmk.qvm.Graph;

/// Runs shots of a graph. The outcome of shot s depends on the graph, the seed and s alone,
/// never on how shots are split into calls. A simulator has no state: calls may be made from
/// any thread.
public interface Simulator {

    /// `statevector` or `tableau`; never changes.
    String name();

    /// @param graph one that the verifier accepts and that this simulator was chosen for
    /// @throws IllegalArgumentException if this simulator cannot run the graph, with the message of
    ///     the refusal that `Simulators.named` gives
    ShotOutcomes run(Graph graph, Shots shots);
}
