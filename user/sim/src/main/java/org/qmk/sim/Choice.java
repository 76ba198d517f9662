package org.qmk.sim;

/// The answer to the question which simulator runs a graph.
public sealed interface Choice {

    /// @param reason one line: which simulator, why, and what it is expected to take
    record Chosen(Simulator simulator, String reason, Estimate estimate) implements Choice {}

    /// No simulator runs the graph, or not the one that was named.
    ///
    /// @param message what, where, what was expected, how to mend it
    record Refused(SimulatorRule rule, String message) implements Choice {
        public String code() {
            return rule.code();
        }
    }
}
