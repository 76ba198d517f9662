package org.qmk.optimizer;

import org.qmk.qvm.Graph;

/// A change of a program that keeps the distribution of its results.
///
/// Names, outputs, explicit edges, fences and regions stay, and so do nodes that an edge joins.
public interface GraphPass {

    /// How a report calls it.
    String title();

    /// @param graph one that the verifier accepts; it accepts the result too
    Graph apply(Graph graph);
}
